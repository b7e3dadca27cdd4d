"""What stands in the exports, as rows of text: masked unless said otherwise (rule G4)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from consultation.enums import Channel, Outcome, Review
from consultation.models import Clause, DecisionDraftPage, OpinionQuerySet
from consultation.services.results import count_opinions, response_table
from people.enums import ContactKind
from people.masking import mask_name, mask_text
from people.phones import display_phone
from publishing.sheets.table import Column, Sheet

CHUNK = 2000
NAMED = 200


_REGISTER = (
    Column("编号", 7, typed=False),
    Column("草案", 28),
    Column("条款", 16),
    Column("意见内容", 60),
    Column("反馈人", 12),
    Column("渠道", 10, typed=False),
    Column("收到日期", 12, typed=False),
    Column("回执编号", 17, typed=False),
    Column("状态", 12, typed=False),
    Column("归纳意见序号", 8, typed=False),
    Column("采纳情况", 12, typed=False),
    Column("理由", 40),
)
_CONTACT = (Column("联系电话", 16), Column("电子邮箱", 24), Column("村（社区）或地址", 24))
_FIELDS = (
    "number",
    "draft_id",
    "clause_id",
    "text",
    "submission__contact__kind",
    "submission__contact__name",
    "submission__channel",
    "submission__received_on",
    "submission__receipt__number",
    "review",
    "withdrawn_at",
    "undone_at",
    "split_at",
    "response__number",
    "response__outcome",
    "response__reason",
)
_CONTACT_FIELDS = tuple(f"submission__contact__{name}" for name in ("phone", "email", "address"))
_SUMMARY = (
    Column("序号", 6),
    Column("反馈人", 16),
    Column("意见内容", 60),
    Column("是否采纳", 12),
    Column("理由", 50),
)


def register(*, opinions: OpinionQuerySet, unmasked: bool = False) -> Sheet:
    """Every opinion with all that the desk knows of it, by draft and number.

    Unmasked, names are whole, texts as they were written, and contact details are added.
    """
    columns = [*_REGISTER, *(_CONTACT if unmasked else ())]
    made = f"导出时间：{timezone.localtime():%Y年%m月%d日 %H:%M}"
    note = "含完整联系方式，请妥善保管，用后及时删除。" if unmasked else "姓名和联系方式已隐去。"
    return Sheet("意见登记表", columns, _register_rows(opinions, unmasked), (f"{made}　{note}",))


def _register_rows(opinions: OpinionQuerySet, unmasked: bool) -> Iterator[list[str]]:
    """Rows without model instances: on 100,000 of them those alone would take the time twice."""
    drafts = DecisionDraftPage.objects.filter(pk__in=opinions.order_by().values("draft"))
    titles = dict(drafts.values_list("pk", "title"))
    clauses = Clause.objects.filter(draft__in=titles).only("label", "heading", "text", "removed_in")
    names: dict[int | None, str] = {clause.pk: clause.short_name for clause in clauses}
    channels = {value: str(label) for value, label in Channel.choices}
    outcomes = {value: str(label) for value, label in Outcome.choices} | {"": "", None: ""}
    reviews = {value: str(label) for value, label in Review.choices}
    fields = [*_FIELDS, *(_CONTACT_FIELDS if unmasked else ())]
    hide = _as_written if unmasked else mask_text
    rows = opinions.order_by("draft", "number").values_list(*fields)
    for row in rows.iterator(chunk_size=CHUNK):
        number, draft, clause, text, kind, name, channel, received, receipt = row[:9]
        group, outcome, reason = row[13:16]
        yield [
            str(number),
            titles[draft],
            names.get(clause, "整体意见"),
            hide(text),
            name if unmasked else mask_name(name, organisation=kind == ContactKind.ORGANISATION),
            channels[channel],
            received.isoformat(),
            receipt,
            _stage(reviews[row[9]], *row[10:14]),
            str(group or ""),
            outcomes[outcome],
            hide(reason or ""),
            *_contact(*row[16:]),
        ]


def _stage(review: str, withdrawn: Any, undone: Any, split: Any, group: int | None) -> str:
    """As ``Opinion.stage``, from the fields; of a grouped one also that it is withheld."""
    if withdrawn:
        return "已撤回"
    if undone:
        return "已撤销拆分"
    if split:
        return "已拆分"
    if group:
        return f"已归入（{review}）" if review == Review.WITHHELD.label else "已归入"
    return review


def _contact(phone: str = "", *others: str) -> list[str]:
    """What an unmasked row ends with, the phone as people dial it; a masked row has none of it."""
    return [display_phone(phone), *others] if others else []


def _as_written(text: str) -> str:
    return text


def summary(*, draft: DecisionDraftPage) -> Sheet:
    """意见采纳情况汇总表, in the form used locally: period and figures, then five columns."""
    figures = count_opinions(draft=draft)
    counts = [f"{outcome.label}{figures[outcome]}条" for outcome in Outcome]
    more = [("撤回", figures["withdrawn"]), ("尚未办理", figures["open"])]
    counts += [f"{label}{count}条" for label, count in more if count]
    above = [
        f"草案：{draft.title}",
        f"征求意见期限：{_day(draft.opening_day)}至{_day(draft.closing_day)}",
        f"共收到意见{figures['received']}条，其中{'、'.join(counts)}。",
    ]
    rows = (
        [
            str(row["number"]),
            _people(row["people"]),
            row["summary"],
            row["outcome_label"],
            "\n".join(filter(None, (row["reason"], row["wording"]))),
        ]
        for row in response_table(draft=draft)
    )
    return Sheet("意见采纳情况汇总表", _SUMMARY, rows, above)


def _people(names: Sequence[str]) -> str:
    """The masked names; of a crowd the first of them and how many there are."""
    shown = "、".join(names[:NAMED])
    return f"{shown}等{len(names)}人" if len(names) > NAMED else shown


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"
