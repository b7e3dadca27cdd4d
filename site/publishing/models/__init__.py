from publishing.models.holiday import HolidayDay
from publishing.models.pages import BasePage, ColumnPage
from publishing.models.site_profile import SiteProfile
from publishing.models.unit import Unit, UnitQuerySet
from publishing.models.user import User

__all__ = [
    "BasePage",
    "ColumnPage",
    "HolidayDay",
    "SiteProfile",
    "Unit",
    "UnitQuerySet",
    "User",
]
