from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """The ground room of pages: bases, units, settings, clauses, gates, search, working days."""

    name = "publishing"
    verbose_name = _("内容发布")
