from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from notify.viewsets import CallListViewSet, PhonedBulkAction

hooks.register("register_bulk_action", PhonedBulkAction)


@hooks.register("register_admin_viewset")
def call_list() -> CallListViewSet:
    """The menu item 电话告知 and what is behind it."""
    return CallListViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the audit trail says about messages."""
    actions.register_action("notify.phoned", _("电话告知"), _("已电话告知"))
    actions.register_action("notify.unphoned", _("撤销电话告知"), _("撤销电话告知的记录"))
