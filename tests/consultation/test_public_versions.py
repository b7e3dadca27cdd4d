"""Versions, redline, poster, feed."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.test import Client

from consultation.enums import Phase
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText, Row, fresh_id
from tests.factories.consultation import make_clauses, make_draft, publish_again

pytestmark = pytest.mark.django_db


def test_the_redline_shows_what_came_and_what_went(client: Client) -> None:
    clauses = make_clauses(4)
    draft = make_draft(clauses=clauses)
    changed = replace(clauses[1], text=clauses[1].text.replace("每周六", "每周日"))
    added = ClauseText(id=fresh_id(), kind="clause", label="第五条", text="新的一条。", level=2)
    publish_again(draft, body=raw_stream([clauses[0], changed, *clauses[3:], added]))
    page = client.get(f"{draft.url}versions/2/").content.decode()
    assert "有修改 1 处，新增 1 处，删去 1 处，未变 4 处" in page
    assert re.findall(r"<(ins|del)>([^<]*)<", page)[2:4] == [("del", "六"), ("ins", "日")]
    assert '<span class="change__kind">删去</span>' in page
    assert "change--same" not in page
    assert "change--same" in client.get(f"{draft.url}versions/2/?all=1").content.decode()


def test_of_a_table_the_rows_that_changed_are_shown(client: Client) -> None:
    *clauses, table = make_clauses(1)
    rows = (*table.rows, Row(("补证", "5日")), table.rows[0], Row(("年审", "7日")))
    draft = make_draft(clauses=[*clauses, replace(table, rows=rows)])
    fewer = tuple(Row(("补证", "4日")) if row.cells[0] == "补证" else row for row in rows)
    publish_again(draft, body=raw_stream([*clauses, replace(table, rows=fewer)]))
    page = client.get(f"{draft.url}versions/2/").content.decode()
    assert re.findall("<td>(事项|换证|补证|年审)", page) == ["事项", "补证"]
    whole = client.get(f"{draft.url}versions/2/?all=1").content.decode()
    assert re.findall("<td>(事项|换证|补证|年审)", whole) == [
        "事项",
        "换证",
        "补证",
        "事项",
        "年审",
    ]


def test_the_first_version_is_shown_whole(client: Client) -> None:
    draft = make_draft()
    page = client.get(f"{draft.url}versions/1/").content.decode()
    assert "<ins>" not in page
    assert "测试条款3" in page


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_there_is_no_other_version(client: Client, number: int) -> None:
    draft = make_draft()
    assert client.get(f"{draft.url}versions/{number}/").status_code == 404


def test_the_list_names_every_version(client: Client) -> None:
    draft = make_draft()
    publish_again(draft, title="改过的标题")
    page = client.get(f"{draft.url}versions/").content.decode()
    assert re.findall(r"第 (\d) 版", page) == ["2", "1"]
    assert f"当时的标题：{draft.title}" in page


def test_the_poster_holds_a_code_without_inline_styles(client: Client) -> None:
    draft = make_draft()
    page = client.get(f"{draft.url}poster/").content.decode()
    assert '<path stroke="#000"' in page
    assert "style=" not in page
    assert draft.full_url in page


def test_the_feed_lists_drafts_newest_first(client: Client) -> None:
    first = make_draft(Phase.CLOSED, title="先公布的")
    second = make_draft(title="后公布的\x0b", summary="提要 <b> & 其他")
    hidden = make_draft(title="没有公布的", live=False)
    response = client.get("/feed/")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own output
    titles = [item.findtext("title") for item in feed.iter("item")]
    assert titles == ["后公布的", "先公布的"]
    assert hidden.title not in titles
    item = next(feed.iter("item"))
    closing = second.closing_day
    assert item.findtext("description") == (
        f"截止日期：{closing.year}年{closing.month}月{closing.day}日。提要 <b> & 其他"
    )
    assert item.findtext("link").endswith(second.url)
    assert first.url != second.url


def test_the_calendar_holds_what_is_still_to_close(client: Client) -> None:
    make_draft(Phase.CLOSED)
    draft = make_draft(title="停车管理办法，含“收费；时段”" + "长" * 60)
    response = client.get("/deadlines.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert unfolded.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{draft.closing_day:%Y%m%d}" in unfolded
    assert f"URL:{draft.full_url}" in unfolded
    title = draft.title.replace(";", "\\;")
    assert f"SUMMARY:征求意见今天截止：{title}" in unfolded


def test_a_calendar_line_cannot_be_smuggled_in(client: Client) -> None:
    make_draft(title="甲;乙,丙\\丁")
    page = client.get("/deadlines.ics").content.decode()
    assert "SUMMARY:征求意见今天截止：甲\\;乙\\,丙\\\\丁\r\n" in page
