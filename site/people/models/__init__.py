from people.models.burnt_challenge import BurntChallenge
from people.models.consent import Consent
from people.models.contact import Contact
from people.models.privacy_notice import PrivacyNotice, PrivacyNoticeQuerySet
from people.models.receipt import Receipt

__all__ = [
    "BurntChallenge",
    "Consent",
    "Contact",
    "PrivacyNotice",
    "PrivacyNoticeQuerySet",
    "Receipt",
]
