"""What the audit trail says of reviews."""

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry


def register(actions: LogActionRegistry) -> None:
    @actions.register_action("publishing.find_masked")
    class FindMasked(LogFormatter):
        label = "遮盖个人信息"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            data = log_entry.data
            return f"遮盖{data['label']}（{data['place']}）：{data['masked']}"

    @actions.register_action("publishing.find_kept")
    class FindKept(LogFormatter):
        label = "保留个人信息"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            data = log_entry.data
            return f"保留{data['label']}（{data['place']}）{data['masked']}，理由：{data['reason']}"
