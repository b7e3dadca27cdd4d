"""What the audit trail says of each step with events and seats (rule G2)."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

_FIELDS = {
    "text": "内容",
    "unit": "承办单位",
    "due_on": "办理期限",
    "answer": "答复",
    "is_public": "写入总结",
}


def register(actions: LogActionRegistry) -> None:
    """Make the steps known, each with its words."""
    for name, (label, words) in _ACTIONS.items():
        actions.register_action(f"openday.{name}")(_formatter(label, words))


def _formatter(label: str, words: Callable[[Mapping[str, Any]], str]) -> type[LogFormatter]:
    def format_message(self: LogFormatter, log_entry: BaseLogEntry) -> str:
        return words(log_entry.data)

    return type("Step", (LogFormatter,), {"label": label, "format_message": format_message})


def _handled(data: Mapping[str, Any]) -> str:
    before, after = data.get("before") or {}, data.get("after") or {}
    changes = [
        f"{label}：{_shown(before.get(field))} → {_shown(after.get(field))}"
        for field, label in _FIELDS.items()
        if before.get(field) != after.get(field)
    ]
    return "办理建议：" + ("；".join(changes) or "内容没有变化")


def _shown(value: Any) -> str:
    return {True: "是", False: "否"}.get(value) or str(value or "（空）")


def _exported(data: Mapping[str, Any]) -> str:
    what = f"导出{data.get('what', '报名名单')}，共{data.get('rows', 0)}条"
    if data.get("unmasked"):
        return f"{what}，含完整联系方式（用途：{data.get('reason', '')}）"
    return f"{what}，联系方式已隐去"


_ACTIONS: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "session": (
        "设置场次",
        lambda data: "改动时间或地点，通知报名人" if data.get("moved") else "设置场次",
    ),
    "cancel_session": ("取消场次", lambda data: f"取消场次：{data.get('reason', '')}"),
    "group": ("设置名额组", lambda data: f"设置名额组：{data.get('group', '')}"),
    "group_removed": ("删除名额组", lambda data: f"删除名额组：{data.get('group', '')}"),
    "freeze": ("冻结抽签名单", lambda data: f"冻结并公布抽签名单，共{data.get('entries', 0)}人"),
    "draw": ("抽签", lambda data: f"抽签确定{data.get('places', 0)}个名额"),
    "suggestion": ("登记建议", lambda data: "登记建议"),
    "handle": ("办理建议", _handled),
    "import": (
        "导入名单",
        lambda data: f"导入名单：登记{data.get('taken', 0)}人，未登记{data.get('refused', 0)}行",
    ),
    "verify": ("核验报名人", lambda data: f"核验报名{data.get('number', '')}：是本人报名"),
    "export": ("导出报名名单", _exported),
    "participants": (
        "公布听证参加人名单",
        lambda data: f"公布听证参加人名单，共{data.get('people', 0)}人",
    ),
    "materials": ("记录材料送达", lambda data: f"材料于{data.get('day', '')}送达参加人"),
    "ready": ("听证准备就绪", lambda data: "听证准备就绪"),
    "record": ("填写听证笔录", lambda data: "填写听证笔录"),
    "closed": ("听证笔录定稿", lambda data: "听证笔录定稿"),
    "statement": (
        "登记听证发言",
        lambda data: "删除听证发言" if data.get("removed") else "登记听证发言",
    ),
    "handed_over": (
        "转入意见登记",
        lambda data: f"转入意见登记，编号{data.get('number', '')}",
    ),
    "purge": (
        "清除报名人信息",
        lambda data: f"按保存期限清除{data.get('count', 0)}人的报名信息",
    ),
}
