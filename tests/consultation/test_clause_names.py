"""What a clause is called where it is chosen, remembered, and answered."""

import pytest
from django.test import Client

from consultation.forms.opinions import clause_choices
from consultation.models import Clause
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText, Row, fresh_id
from tests.factories.consultation import make_draft, publish_again

pytestmark = pytest.mark.django_db


def clause(**fields: object) -> ClauseText:
    defaults = {"id": fresh_id(), "kind": "clause", "commentable": True, "level": 2}
    return ClauseText(**{**defaults, **fields})  # type: ignore[arg-type] # plain fields


CLAUSES = [
    ClauseText(id=fresh_id(), kind="heading", label="一、", heading="总体要求", level=1),
    clause(label="（一）", heading="指导思想。", text="坚持便民。"),
    ClauseText(id=fresh_id(), kind="heading", label="二、", heading="主要任务", level=1),
    clause(label="（一）", text="每天清运一次，雨天顺延，节假日照常，由各村安排专人负责到户收集。"),
    clause(label="4.", level=3),
    clause(kind="table", level=0, rows=(Row(("序号", "区域"), header=True), Row(("1", "集镇")))),
    clause(label="第三条", text="本办法自公布之日起施行。"),
]


def test_nothing_is_called_by_a_bare_number() -> None:
    draft = make_draft(clauses=CLAUSES)
    rows = list(draft.clause_rows.all())
    assert [row.short_name for row in rows] == [
        "一、（一）指导思想",
        "二、（一）每天清运一次，雨天顺延，节假日照…",
        "4.表格：序号、区域",
        "表格：序号、区域",
        "第三条",
    ]
    assert [name for _value, name in clause_choices(draft)] == [
        "整份草案",
        "一、（一）指导思想。坚持便民。",
        "二、（一）每天清运一次，雨天顺延，节假日照常，由各村…",
        "4.表格：序号、区域",
        "表格：序号、区域",
        "第三条　本办法自公布之日起施行。",
    ]


def test_what_was_deleted_says_so() -> None:
    draft = make_draft(clauses=CLAUSES)
    publish_again(draft, body=raw_stream(CLAUSES[:4]))
    gone = Clause.objects.filter(draft=draft).exclude(removed_in=None)
    assert [row.short_name for row in gone] == [
        "4.表格：序号、区域（已删除）",
        "表格：序号、区域（已删除）",
        "第三条（已删除）",
    ]


def test_the_page_calls_a_table_by_its_columns(client: Client) -> None:
    page = client.get(make_draft(clauses=CLAUSES).url).content.decode()
    assert 'role="region" tabindex="0" aria-label="表格：序号、区域"' in page
    assert '<span class="visually-hidden">：4.表格：序号、区域</span>' in page
    assert "<caption" not in page
