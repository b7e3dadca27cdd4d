from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDayConfig(AppConfig):
    """Open days and seats: announce, register, select, check in, report."""

    name = "openday"
    verbose_name = _("开放日与席位")
