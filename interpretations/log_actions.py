"""What the audit trail says of interpretations (rule G2)."""

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry


def register(actions: LogActionRegistry) -> None:
    """Make the steps known, each with its words."""

    @actions.register_action("interpretations.stale_confirmed")
    class StaleConfirmed(LogFormatter):
        label = "确认解读仍然正确"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            data = log_entry.data
            return f"确认内容仍然正确（按文件第{data.get('version')}版）：{data.get('item')}"

    @actions.register_action("interpretations.leaflet_made")
    class LeafletMade(LogFormatter):
        label = "制作宣传单页"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            data = log_entry.data
            return f"制作宣传单页第{data.get('number')}版，共{data.get('pages')}页"
