from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from people.models import PrivacyNotice


class PrivacyNoticeViewSet(SnippetViewSet):
    """The versions of the privacy notice. One in force can neither change nor, once used, go."""

    model = PrivacyNotice
    icon = "lock"
    menu_label = _("隐私声明")
    list_display = ["__str__", "version", "in_force_from"]
    ordering = ["-version"]
