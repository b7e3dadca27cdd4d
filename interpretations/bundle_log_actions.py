"""What the audit trail says of joint releases and exemptions (rule G2)."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

Words = Callable[[Mapping[str, Any]], str]


def register(actions: LogActionRegistry) -> None:
    """Make the steps known, each with its words."""
    for name, (label, words) in _ACTIONS.items():
        actions.register_action(f"interpretations.{name}")(_formatter(label, words))


def _formatter(label: str, words: Words) -> type[LogFormatter]:
    def format_message(self: LogFormatter, log_entry: BaseLogEntry) -> str:
        return words(log_entry.data)

    return type("Step", (LogFormatter,), {"label": label, "format_message": format_message})


def _pages(verb: str) -> Words:
    return lambda data: f"{verb}：{'、'.join(data.get('pages', []))}"


def _ended(data: Mapping[str, Any]) -> str:
    late = "（已逾期）" if data.get("late") else ""
    return f"解读“{data.get('title', '')}”已公布，暂缓解读结束{late}"


_ACTIONS: dict[str, tuple[str, Words]] = {
    "bundle_created": ("新建同步发布", _pages("新建，选了")),
    "bundle_changed": ("修改同步发布", _pages("修改，现在是")),
    "bundle_handed_in": ("同步发布送审", lambda data: "送审"),
    "bundle_step": ("同步发布审查", lambda data: "通过一步审查"),
    "bundle_approved": ("同步发布通过", lambda data: "全部通过"),
    "bundle_returned": ("退回同步发布", lambda data: f"退回：{data.get('reason', '')}"),
    "bundle_taken_back": ("收回同步发布", lambda data: "收回修改"),
    "bundle_revoked": ("撤销同步发布", lambda data: f"撤销：{data.get('reason', '')}"),
    "bundle_scheduled": ("同步发布定时", lambda data: f"定于{data.get('at', '')}发布"),
    "bundle_unscheduled": ("取消同步发布定时", lambda data: "取消定时"),
    "bundle_published": (
        "同步发布",
        lambda data: "按定时全部发布" if data.get("scheduled") else "全部发布",
    ),
    "bundle_failed": (
        "同步发布未成功",
        lambda data: f"到时间没有发布成功：{data.get('reason', '')}",
    ),
    "bundle_given_up": ("停止自动重试", lambda data: "一小时内没有成功，停止自动重试，等人处理"),
    "exemption_granted": (
        "暂缓解读",
        lambda data: f"暂缓解读，最迟{data.get('until', '')}公布，理由：{data.get('reason', '')}",
    ),
    "exemption_ended": ("暂缓解读结束", _ended),
}
