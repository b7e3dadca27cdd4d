from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterpretationsConfig(AppConfig):
    """Policies and what explains them: comics, answers, stories, short videos."""

    name = "interpretations"
    verbose_name = _("政策与解读")
