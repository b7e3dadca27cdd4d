from publishing.models.clause_page import ClausePage
from publishing.models.frozen import FrozenText, HeldFile
from publishing.models.holiday import HolidayDay
from publishing.models.page_parts import OfficeContact, PublishedFile
from publishing.models.pages import BasePage, ColumnPage
from publishing.models.site_profile import SiteProfile
from publishing.models.unit import Unit, UnitQuerySet
from publishing.models.user import User

__all__ = [
    "BasePage",
    "ClausePage",
    "ColumnPage",
    "FrozenText",
    "HeldFile",
    "HolidayDay",
    "OfficeContact",
    "PublishedFile",
    "SiteProfile",
    "Unit",
    "UnitQuerySet",
    "User",
]
