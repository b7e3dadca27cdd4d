"""What the audit trail says of each step with opinions (rule G2)."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from consultation.enums import Outcome, Review

_LABELS = dict(Review.choices) | dict(Outcome.choices)
_FIELDS = {"summary": "归纳意见", "outcome": "采纳情况", "reason": "理由", "wording": "修改情况"}


def register(actions: LogActionRegistry) -> None:
    """Make the steps known, each with its words."""
    for name, (label, words) in _ACTIONS.items():
        actions.register_action(f"consultation.{name}")(_formatter(label, words))


def changes_of(data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What a decision changed: field in Chinese, before, after."""
    before, after = data.get("before") or {}, data.get("after") or {}
    return [
        (label, _shown(before.get(field)), _shown(after.get(field)))
        for field, label in _FIELDS.items()
        if before.get(field) != after.get(field)
    ]


def _formatter(label: str, words: Callable[[Mapping[str, Any]], str]) -> type[LogFormatter]:
    def format_message(self: LogFormatter, log_entry: BaseLogEntry) -> str:
        return words(log_entry.data)

    return type("Step", (LogFormatter,), {"label": label, "format_message": format_message})


def _shown(value: Any) -> str:
    return str(_LABELS.get(value, value or "（空）"))


def _reviewed(data: Mapping[str, Any]) -> str:
    note = f"（理由：{data['note']}）" if data.get("note") else ""
    return f"审核：{_shown(data.get('before'))} → {_shown(data.get('after'))}{note}"


def _numbers(numbers: Any) -> str:
    return "、".join(f"{number}号" for number in numbers or ())


def _decided(data: Mapping[str, Any]) -> str:
    changes = [f"{label}：{before} → {after}" for label, before, after in changes_of(data)]
    return "办理：" + "；".join(changes) if changes else "办理：内容没有变化"


def _ungrouped(data: Mapping[str, Any]) -> str:
    numbers = data.get("opinions") or [data.get("opinion")]
    return f"移出{_numbers(numbers)}意见"


def _withdrawn(data: Mapping[str, Any]) -> str:
    group = data.get("response")
    return f"提交人撤回意见，移出归纳意见{group}" if group else "提交人撤回意见"


def _exported(data: Mapping[str, Any]) -> str:
    what = f"导出{data.get('what', '')}，共{data.get('rows', 0)}条"
    if data.get("unmasked"):
        return f"{what}，含完整联系方式（用途：{data.get('reason', '')}）"
    return f"{what}，联系方式已隐去"


_ACTIONS: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "submit": ("登记意见", lambda data: f"登记{_numbers(data.get('opinions'))}意见"),
    "withdraw": ("撤回意见", _withdrawn),
    "review": ("审核意见", _reviewed),
    "split": ("拆分意见", lambda data: f"拆分为{_numbers(data.get('parts'))}意见"),
    "undo_split": ("撤销拆分", lambda data: "撤销拆分"),
    "group": ("归纳意见", lambda data: f"归入{_numbers(data.get('opinions'))}意见"),
    "ungroup": ("移出归纳", _ungrouped),
    "decide": ("办理意见", _decided),
    "result": (
        "公布采纳情况",
        lambda data: f"公布采纳情况：收到{data.get('received', 0)}条，告知{data.get('told', 0)}人",
    ),
    "remove": ("删除归纳意见", lambda data: "删除没有意见的归纳意见"),
    "export": ("导出意见", _exported),
}
