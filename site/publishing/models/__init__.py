from publishing.models.clause_page import ClausePage
from publishing.models.frozen import FrozenText, HeldFile
from publishing.models.holiday import HolidayDay
from publishing.models.page_parts import OfficeContact, PublishedFile
from publishing.models.pages import BasePage, ColumnPage
from publishing.models.review import (
    FindDecision,
    PrivacyTask,
    PrivacyTaskState,
    ReviewRule,
    SecrecyTask,
    SecrecyTaskState,
)
from publishing.models.site_profile import SiteProfile
from publishing.models.unit import Unit, UnitQuerySet
from publishing.models.user import User

__all__ = [
    "BasePage",
    "ClausePage",
    "ColumnPage",
    "FindDecision",
    "FrozenText",
    "HeldFile",
    "HolidayDay",
    "OfficeContact",
    "PrivacyTask",
    "PrivacyTaskState",
    "PublishedFile",
    "ReviewRule",
    "SecrecyTask",
    "SecrecyTaskState",
    "SiteProfile",
    "Unit",
    "UnitQuerySet",
    "User",
]
