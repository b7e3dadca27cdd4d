from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    """The outbox: what is told to whom, over which channel, and who must be phoned instead."""

    name = "notify"
    verbose_name = _("通知")
