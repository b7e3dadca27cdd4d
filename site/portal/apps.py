from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The roof: puts the rooms together and adds home page, search, dashboard and demo."""

    name = "portal"
    verbose_name = _("平台")
