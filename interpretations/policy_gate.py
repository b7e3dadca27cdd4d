"""What a policy lacks before it may be published (rules S4, D11)."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from interpretations.enums import Validity
from publishing.gates import Blocker
from publishing.text import clean_text

if TYPE_CHECKING:
    from interpretations.models.policy_page import PolicyPage

# Links to the other features are by name only.
DRAFT = "consultation.DecisionDraftPage"
RESULT = "consultation.AdoptionResultPage"

_WORDS = {
    "index_number": "缺少索引号：请按本地政府信息公开的编号规则填写。",
    "issuer": "缺少发文机关。",
    "document_number": "缺少发文字号：没有文号的填“无”。",
}


def missing(policy: "PolicyPage") -> list[Blocker]:
    """Everything that is missing or doesn't fit, in the order of the editor's tabs."""
    return [
        *_missing_text(policy),
        *_missing_fields(policy),
        *_wrong_validity(policy),
        *_wrong_links(policy),
    ]


def _missing_text(policy: "PolicyPage") -> list[Blocker]:
    found = []
    if policy.unit_id is None:
        found.append(Blocker("unit", "请选择责任单位。"))
    if not any(clause.commentable for clause in policy.clauses):
        found.append(Blocker("body", "缺少文件正文：请导入文档，或添加至少一条条款。"))
    return found


def _missing_fields(policy: "PolicyPage") -> list[Blocker]:
    found = []
    if policy.topic_id is None:
        found.append(Blocker("topic", "请选择主题分类。"))
    for name, message in _WORDS.items():
        if not clean_text(getattr(policy, name)).strip():
            found.append(Blocker(name, message))
    found += _wrong_days(policy)
    others = type(policy).objects.live().exclude(pk=policy.pk)
    if policy.index_number and others.filter(index_number=policy.index_number.strip()).exists():
        found.append(Blocker("index_number", "索引号已被另一份公布的文件使用，请核对。"))
    return found


def _wrong_days(policy: "PolicyPage") -> list[Blocker]:
    written, released, today = policy.written_on, policy.released_on, timezone.localdate()
    if written is None:
        return [Blocker("written_on", "缺少成文日期。")]
    found = []
    if written > today:
        found.append(Blocker("written_on", "成文日期不能晚于今天。"))
    if released and (released < written or released > today):
        message = "发布日期不能早于成文日期，也不能晚于今天。"
        found.append(Blocker("released_on", message))
    return found


def _wrong_validity(policy: "PolicyPage") -> list[Blocker]:
    found = []
    successor, day = policy.successor, policy.validity_changed_on
    if policy.validity == Validity.VALID:
        if successor or day:
            message = "有效的文件不填修改或废止日期，也不选替代文件：请清空，或改有效性。"
            found.append(Blocker("validity", message))
        return found
    if day is None:
        found.append(Blocker("validity_changed_on", "请填写修改或废止的日期。"))
    elif policy.written_on and day < policy.written_on:
        message = "修改或废止的日期不能早于成文日期。"
        found.append(Blocker("validity_changed_on", message))
    if policy.validity == Validity.AMENDED and successor is None:
        found.append(Blocker("successor", "已修改的文件，请选择修改它的文件。"))
    if successor and _leads_back(policy):
        message = "所选的替代文件又被本文件替代，请核对两份文件的有效性。"
        found.append(Blocker("successor", message))
    if successor and not successor.live and successor.unit_id != policy.unit_id:
        message = "所选的替代文件是别的单位还没有公布的页面，请等它公布后再选。"
        found.append(Blocker("successor", message))
    return found


def _leads_back(policy: "PolicyPage") -> bool:
    """Whether following the successors comes back to this one."""
    seen, at = {policy.pk}, policy.successor
    while at is not None:
        if at.pk in seen:
            return True
        seen.add(at.pk)
        at = at.successor
    return False


def _wrong_links(policy: "PolicyPage") -> list[Blocker]:
    """The choosers offer the right kinds only; what programs write is looked at here. Another
    unit's page is named once it is public, not before."""
    found = []
    for name, kind, words in (("draft", DRAFT, "决策草案"), ("result", RESULT, "采纳情况反馈")):
        page = getattr(policy, name)
        if page is None:
            continue
        if page.specific_class is None or page.specific_class._meta.label != kind:
            found.append(Blocker(name, f"“{words}”选错了页面类型，请重新选择。"))
        elif not page.live and _unit_of(page) != policy.unit_id:
            message = f"所选的{words}是别的单位还没有公布的页面，请等它公布后再选。"
            found.append(Blocker(name, message))
    draft, result = policy.draft, policy.result
    if draft and result and not result.is_child_of(draft):
        found.append(Blocker("result", "所选的采纳情况反馈不是这份草案的，请重新选择。"))
    return found


def _unit_of(page: Any) -> Any:
    """A draft's unit; a result has that of its draft."""
    specific = page.specific
    if hasattr(specific, "unit_id"):
        return specific.unit_id
    return getattr(page.get_parent().specific, "unit_id", None)
