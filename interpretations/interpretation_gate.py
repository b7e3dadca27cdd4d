"""What an interpretation lacks before it may be published (rules P2, P3)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interpretations.blocks.body import lacking_in
from interpretations.blocks.clause_choice import clause_id
from interpretations.blocks.lacking import is_empty
from interpretations.enums import Element
from interpretations.mentions import mentions_in
from interpretations.together import companion
from publishing.gates import Blocker

if TYPE_CHECKING:
    from interpretations.models.interpretation_page import InterpretationPage

EXPLAINED = {"interpretations.PolicyPage", "consultation.DecisionDraftPage"}


def missing(page: "InterpretationPage") -> list[Blocker]:
    """Everything that is missing or doesn't fit, in the order of the editor's tabs."""
    return [
        *_missing_text(page),
        *_wrong_subjects(page),
        *(Blocker("body", message) for message in lacking_in(page.body)),
        *_lost_clauses(page),
        *_missing_elements(page),
        *_wrong_changes(page),
    ]


def _missing_text(page: "InterpretationPage") -> Iterator[Blocker]:
    if is_empty(page.summary):
        yield Blocker("summary", "缺少一句话说明。")
    if page.unit_id is None:
        yield Blocker("unit", "请选择责任单位。")
    if not page.forms:
        message = "还没有解读内容：漫画、问答、事例、短视频、图解至少要有一种。"
        yield Blocker("body", message)


def _wrong_subjects(page: "InterpretationPage") -> Iterator[Blocker]:
    """The chooser offers the right kinds only; what programs write is looked at here."""
    rows = list(page.subjects.all())
    if not rows:
        yield Blocker("subjects", "请选择所解读的政策文件或草案，至少一份。")
    if len({row.subject_id for row in rows}) < len(rows):
        yield Blocker("subjects", "同一份文件选了两次。")
    for row in rows:
        kind = row.subject.specific_class
        if kind is None or kind._meta.label not in EXPLAINED:
            yield Blocker("subjects", "解读的只能是政策文件或决策草案，请重新选择。")
        elif row.subject.live or companion(row.subject_id):
            continue
        elif getattr(row.subject.specific, "unit_id", 0) != page.unit_id:
            yield Blocker("subjects", "所选的文件是别的单位还没有公布的页面，请等它公布后再选。")
        else:
            message = (
                f"所解读的“{row.subject.title}”还没有公布：请先公布文件，或用“同步发布”一起公布。"
            )
            yield Blocker("subjects", message)


def _lost_clauses(page: "InterpretationPage") -> Iterator[Blocker]:
    """References to clauses that the explained texts don't have."""
    known = {clause.id for row in page.subjects.all() for clause in _clauses(row.subject)}
    for mention in mentions_in(page.body.raw_data):
        if mention.clause not in known:
            message = f"“{mention.title}”引用的条款在所解读的文件中找不到，请重新选择。"
            yield Blocker("body", message)
    for number, row in enumerate(page.changes.all(), 1):
        if row.clause and clause_id(row.clause) not in known:
            message = f"新旧差异第{number}行引用的条款在所解读的文件中找不到，请重新选择。"
            yield Blocker("changes", message)


def _clauses(subject: object) -> list:
    """The clauses of what is public of it, or will be, if both go public together."""
    page = companion(subject.pk) or subject.specific  # type: ignore[attr-defined] # a page
    return getattr(page, "clauses", [])


def _missing_elements(page: "InterpretationPage") -> Iterator[Blocker]:
    for element in Element:
        has_text = not is_empty(page.element(element))
        if element is Element.DIFFERENCES:
            has_text = has_text or page.changes.exists()
        why_not = not is_empty(page.why_not(element))
        if not has_text and not why_not:
            message = f"六项要素缺少“{element.label}”：请写文字，或写明不涉及的理由。"
            yield Blocker(element.value, message)
        elif has_text and why_not:
            message = f"“{element.label}”既写了内容，又写了不涉及的理由，请删去一个。"
            yield Blocker(element.value, message)


def _wrong_changes(page: "InterpretationPage") -> Iterator[Blocker]:
    for number, row in enumerate(page.changes.all(), 1):
        if is_empty(row.after) or is_empty(row.before):
            message = f"新旧差异第{number}行没有写全：以前没有规定的，“以前”写“没有规定”。"
            yield Blocker("changes", message)
