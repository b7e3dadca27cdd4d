"""Exports: what stands in them, masked or not, and that no text can break or arm them."""

import io
import zipfile
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document
from wagtail.models import PageLogEntry

from consultation.enums import Outcome, Phase, Review
from consultation.exports.docx import write_docx
from consultation.exports.rows import register, summary
from consultation.models import DecisionDraftPage, Opinion
from consultation.services.opinions import review_opinions
from consultation.services.responses import Decision, decide_response
from publishing.enums import Role
from publishing.models import Unit
from publishing.sheets.table import Column, Sheet
from publishing.sheets.xlsx import write_xlsx
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1＋1",
    "\t=1",
    "before\x0bafter\ufffe\x00",
    "<script>alert(1)</script> & ]]>",
    "\u202egnp.exe",
    "𠮷👨‍👩‍👧",
    "第一行\r\n第二行",
]


def sheet_of(*texts: str) -> Sheet:
    return Sheet("意见登记表", [Column("意见内容", 20)], [[text] for text in texts], ["=above"])


def xlsx(sheet: Sheet) -> Any:
    file = io.BytesIO()
    write_xlsx(sheet, file)
    return openpyxl.load_workbook(file)


def table(sheet: Sheet) -> list[list[str]]:
    """The rows below the headings, as a spreadsheet reads them."""
    page = xlsx(sheet).active
    first = len(sheet.above) + 3
    return [[cell.value or "" for cell in row] for row in page.iter_rows(min_row=first)]


def docx_table(sheet: Sheet) -> list[list[str]]:
    file = io.BytesIO()
    write_docx(sheet, file)
    rows = Document(file).tables[0].rows
    return [[cell.text for cell in row.cells] for row in rows[1:]]


@pytest.fixture
def draft(unit: Unit) -> DecisionDraftPage:
    return make_draft(Phase.CLOSED, unit=unit, title="停车管理办法（征求意见稿）")


def test_hostile_texts_are_cells_of_text_and_never_formulas() -> None:
    page = xlsx(sheet_of(*HOSTILE)).active
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    values = [row[0].value for row in page.iter_rows(min_row=4)]
    assert values[:6] == HOSTILE[:6]
    assert values[6] == "beforeafter"
    assert values[9] == HOSTILE[9]
    armed = [row[0].quotePrefix for row in page.iter_rows(min_row=4, max_row=10)]
    assert armed == [True, True, True, True, True, True, False]


def test_a_text_longer_than_a_cell_goes_on_below_and_is_not_cut() -> None:
    long = "长" * 40_000 + "𠮷" * 20_000
    cells = [row[0] for row in table(sheet_of(long, "下一条"))]
    assert "".join(cells[:-1]) == long
    assert cells[-1] == "下一条"
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767


def test_hostile_texts_stand_in_a_word_table() -> None:
    file = io.BytesIO()
    write_docx(sheet_of(*HOSTILE), file)
    ElementTree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))  # noqa: S314 - our own
    texts = [row[0] for row in docx_table(sheet_of(*HOSTILE))]
    assert texts[7] == HOSTILE[7]
    assert texts[9] == HOSTILE[9]
    assert texts[10] == "第一行\n第二行"
    assert Document(file).paragraphs[0].text == "意见登记表"


def test_an_empty_register_is_a_file_too() -> None:
    sheet = register(opinions=Opinion.objects.none())
    assert (table(sheet), docx_table(sheet)) == ([], [])


def test_the_register_is_masked(draft, editor) -> None:
    opinion = make_opinion(draft, "请打13800001234", name="朱小明", phone="13900005678")
    make_opinion(draft, "第二条", clauses=[None], name="", phone="13900005678")
    make_response([opinion], outcome=Outcome.PARTLY, reason="已电话13800001234联系")
    rows = table(register(opinions=Opinion.objects.all()))
    received = opinion.submission.received_on.isoformat()
    numbers = [row.submission.receipt.number for row in Opinion.objects.order_by("number")]
    assert rows == [
        [
            "1",
            draft.title,
            "第1条",
            "请打138****1234",
            "朱**",
            "网上提交",
            received,
            numbers[0],
            "已归入",
            "1",
            "部分采纳",
            "已电话138****1234联系",
        ],
        [
            *("2", draft.title, "整体意见", "第二条", "匿名", "网上提交", received, numbers[1]),
            *("待审核", "", "", ""),
        ],
    ]


def test_unmasked_it_has_everything(draft) -> None:
    make_opinion(
        draft, "请打13800001234", name="朱小明", phone="13900005678", email="z@example.com"
    )
    (row,) = docx_table(register(opinions=Opinion.objects.all(), unmasked=True))
    assert (row[3], row[4], row[12:]) == (
        "请打13800001234",
        "朱小明",
        ["13900005678", "z@example.com", ""],
    )


def test_the_summary_has_the_period_the_figures_and_the_local_columns(draft, editor) -> None:
    opinions = [make_opinion(draft, name=name) for name in ("朱小明", "李四")]
    response = make_response(opinions, outcome="")
    review_opinions(opinions=[make_opinion(draft)], review=Review.REVIEWED, user=editor)
    decision = Decision("增加窗口", Outcome.ADOPTED, "合理。", "改为三个窗口。")
    decide_response(response=response, decision=decision, user=editor, seen_revision=1)
    sheet = summary(draft=draft)
    assert [column.heading for column in sheet.columns] == [
        "序号",
        "反馈人",
        "意见内容",
        "是否采纳",
        "理由",
    ]
    opening, closing = draft.opening_day, draft.closing_day
    assert list(sheet.above) == [
        f"草案：{draft.title}",
        f"征求意见期限：{opening.year}年{opening.month}月{opening.day}日"
        f"至{closing.year}年{closing.month}月{closing.day}日",
        "共收到意见3条，其中采纳2条、部分采纳0条、未采纳0条、不属于本次征求范围0条、无效0条、"
        "尚未办理1条。",
    ]
    assert docx_table(sheet) == [["1", "朱**、李**", "增加窗口", "采纳", "合理。\n改为三个窗口。"]]


def export(client: Client, query: str = "", **typed: str) -> HttpResponse:
    data = {"what": "register", "kind": "xlsx", **typed}
    return client.post(f"{reverse('desk:export')}?{query}", data)


def body(reply: Any) -> bytes:
    """The client closes the reply at the end of the content; once more would end the connection."""
    return b"".join(reply.streaming_content)


def test_the_file_is_an_attachment_with_a_chinese_name(draft, editor) -> None:
    make_opinion(draft)
    reply = export(signed_in(editor), f"draft={draft.pk}", kind="docx")
    name = unquote(reply["Content-Disposition"].partition("filename*=utf-8''")[2])
    assert name.startswith("意见登记表（停车管理办法（征求意见稿））")
    assert name.endswith(".docx")
    assert "no-store" in reply["Cache-Control"]
    assert len(Document(io.BytesIO(body(reply))).tables[0].rows) == 2


def test_an_export_follows_the_filters_and_is_logged(draft, editor) -> None:
    make_opinion(draft, "修路")
    make_opinion(draft, "种树")
    reply = export(signed_in(editor), "q=修路")
    page = openpyxl.load_workbook(io.BytesIO(body(reply))).active
    assert [row[3].value for row in page.iter_rows(min_row=4)] == ["修路"]
    entry = PageLogEntry.objects.get(action="consultation.export")
    assert (entry.page_id, entry.user) == (draft.pk, editor)
    assert entry.data == {"what": "意见登记表", "rows": 1, "unmasked": False, "reason": ""}


def test_contact_details_need_a_reason_and_it_is_logged(draft, editor) -> None:
    make_opinion(draft, name="朱小明")
    client = signed_in(editor)
    refused = export(client, unmasked="on")
    assert "请说明导出完整联系方式的用途" in refused.content.decode()
    assert PageLogEntry.objects.filter(action="consultation.export").count() == 0
    reply = export(client, unmasked="on", reason="逐户回访")
    assert "朱小明" in str(list(openpyxl.load_workbook(io.BytesIO(body(reply))).active.values))
    entry = PageLogEntry.objects.get(action="consultation.export")
    assert (entry.data["unmasked"], entry.data["reason"]) == (True, "逐户回访")


def test_without_the_right_to_reveal_the_tick_does_nothing(draft, editor) -> None:
    make_opinion(draft, name="朱小明")
    group = editor.groups.get()
    group.permissions.remove(group.permissions.get(codename="reveal_contact"))
    reply = export(signed_in(editor), unmasked="on", reason="逐户回访")
    assert "朱小明" not in str(list(openpyxl.load_workbook(io.BytesIO(body(reply))).active.values))


def test_a_right_to_reveal_in_one_unit_does_not_reach_another(draft, editor) -> None:
    other = make_office("农业办")
    make_opinion(make_draft(Phase.CLOSED, unit=other), name="王小红")
    group = make_officer(other, Role.EDITOR).groups.get()
    group.permissions.remove(group.permissions.get(codename="reveal_contact"))
    editor.groups.add(group)
    make_opinion(draft, name="朱小明")
    reply = export(signed_in(editor), unmasked="on", reason="逐户回访")
    assert "有些单位的联系方式您无权查看" in reply.content.decode()
    own = export(signed_in(editor), f"draft={draft.pk}", unmasked="on", reason="逐户回访")
    assert own["Content-Disposition"].startswith("attachment")


def test_the_summary_is_for_one_draft(draft, editor) -> None:
    make_response([make_opinion(draft)])
    client = signed_in(editor)
    assert "text/html" in export(client, what="summary")["Content-Type"]
    reply = export(client, f"draft={draft.pk}", what="summary")
    page = openpyxl.load_workbook(io.BytesIO(body(reply))).active
    assert page.title == "意见采纳情况汇总表"


def test_looking_at_the_form_exports_nothing(draft, editor) -> None:
    make_opinion(draft)
    page = signed_in(editor).get(f"{reverse('desk:export')}?draft={draft.pk}")
    assert "共1条意见" in page.content.decode()
    assert PageLogEntry.objects.filter(action="consultation.export").count() == 0
