from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry
from wagtail.snippets.models import register_snippet

from people.viewsets import PrivacyNoticeViewSet

register_snippet(PrivacyNoticeViewSet)


@hooks.register("register_permissions")
def reveal_permission() -> models.QuerySet[Permission]:
    """Lets administrators give groups the right to see full contact details."""
    return Permission.objects.filter(content_type__app_label="people", codename="reveal_contact")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the audit trail says about contact details."""

    @actions.register_action("people.reveal")
    class Reveal(LogFormatter):
        label = _("查看完整联系方式")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _t("查看完整联系方式（%(about)s）") % {"about": log_entry.data.get("about", "")}

    @actions.register_action("people.purge")
    class Purge(LogFormatter):
        label = _("清除到期的个人信息")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _t("清除到期的个人信息 %(count)s 条") % {"count": log_entry.data.get("count", 0)}
