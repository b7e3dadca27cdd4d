"""What the audit trail says of each step with videos (rule G2)."""

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry


def register(actions: LogActionRegistry) -> None:
    """Make the steps known, each with its words."""

    @actions.register_action("interpretations.video_retry")
    class Retry(LogFormatter):
        label = "重新处理视频"
        message = "重新处理视频"

    @actions.register_action("interpretations.captions")
    class Captions(LogFormatter):
        label = "视频字幕"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            language = log_entry.data.get("language", "")
            if log_entry.data.get("removed"):
                return f"删除{language}字幕"
            return f"上传{language}字幕，共{log_entry.data.get('lines', 0)}条"
