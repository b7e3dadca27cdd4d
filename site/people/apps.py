from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The ground room of people: contact details, consent, receipts, captcha, limits, retention."""

    name = "people"
    verbose_name = _("个人信息")
