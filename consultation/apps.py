from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Decisions in the open: drafts, opinions, responses, adoption results."""

    name = "consultation"
    verbose_name = _("决策公开")
