"""The page of one opinion: what it shows, the steps taken there, the way to the next one."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from consultation.enums import Outcome, Phase, Review
from consultation.models import Opinion, Response, SubmissionAttachment
from consultation.services.opinions import review_opinions
from publishing.clauses.blocks import raw_stream
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_opinion,
    make_response,
    make_result,
    make_submission,
    publish_again,
)

pytestmark = pytest.mark.django_db


def address(opinion: Opinion, step: str = "", query: str = "") -> str:
    name, args = ("desk:step", [opinion.pk, step]) if step else ("desk:opinion", [opinion.pk])
    return reverse(name, args=args) + query


def shown(desk: Client, opinion: Opinion) -> str:
    return desk.get(address(opinion)).content.decode()


def test_a_clause_that_stands_is_shown_once(desk, draft) -> None:
    page = shown(desk, make_opinion(draft))
    assert ("测试条款1" in page, "这一条至今没有修改" in page) == (True, True)


def test_a_table_is_shown_as_a_table(desk, draft) -> None:
    table = next(row for row in draft.clauses if row.rows)
    page = shown(desk, make_opinion(draft, clauses=[table.id]))
    assert "办理时限表<table" in page
    assert '<th scope="col">事项</th><th scope="col">时限</th>' in page
    assert "<td>换证</td><td>3日</td>" in page


def test_a_clause_that_changed_is_shown_as_it_was_and_as_a_redline(desk, unit) -> None:
    clauses = make_clauses()
    draft = make_draft(unit=unit, clauses=clauses)
    opinion = make_opinion(draft)
    changed = replace(clauses[1], text=clauses[1].text.replace("周六", "周日"))
    publish_again(draft, body=raw_stream([clauses[0], changed, *clauses[2:]]))
    page = shown(desk, opinion)
    assert "提出意见时的条文（第1版）" in page
    assert ("<del>六</del>" in page, "<ins>日</ins>" in page) == (True, True)


def test_a_clause_that_is_gone_is_said_to_be_gone(desk, unit) -> None:
    clauses = make_clauses()
    draft = make_draft(unit=unit, clauses=clauses)
    opinion = make_opinion(draft)
    publish_again(draft, body=raw_stream([clauses[0], *clauses[2:]]))
    page = shown(desk, opinion)
    assert ("测试条款1" in page, "这一条在第2版中已删除" in page) == (True, True)


def test_the_others_on_the_same_clause_are_at_hand(desk, draft) -> None:
    first, second = [row.id for row in draft.clauses if row.commentable][:2]
    here = make_opinion(draft, "本条", clauses=[first])
    make_opinion(draft, "同一条的另一条意见", clauses=[first])
    make_opinion(draft, "别的条款的意见", clauses=[second])
    page = shown(desk, here)
    assert ("同一条的另一条意见" in page, "别的条款的意见" in page) == (True, False)


def test_the_contact_is_masked_until_it_is_revealed_and_that_is_logged(desk, draft, editor) -> None:
    opinion = make_opinion(draft, name="朱小明", phone="13800001234", email="zhu@example.com")
    page = shown(desk, opinion)
    masked = ("朱**" in page, "138****1234" in page, "朱小明" in page, "00001234" in page)
    assert masked == (True, True, False, False)
    revealed = desk.post(reverse("desk:reveal", args=[opinion.pk])).content.decode()
    assert ("朱小明" in revealed, "zhu@example.com" in revealed) == (True, True)
    assert "<dd>13800001234</dd>" in revealed
    entry = ModelLogEntry.objects.get(action="people.reveal")
    assert (entry.user, entry.data) == (editor, {"about": f"{draft.title} 1号意见"})


def test_revealing_by_get_is_refused(desk, draft) -> None:
    opinion = make_opinion(draft)
    assert desk.get(reverse("desk:reveal", args=[opinion.pk])).status_code == 405
    assert desk.get(address(opinion, "review")).status_code == 405
    assert Opinion.objects.get().review == Review.PENDING


def test_a_file_is_handed_out_as_an_attachment_that_nothing_runs(desk, draft) -> None:
    submission = make_submission(draft)
    file = SubmissionAttachment.objects.create(
        submission=submission,
        name="现场照片.jpg",
        content_type="image/jpeg",
        size=4,
        sha256="0" * 64,
        file=ContentFile(b"\xff\xd8\xff\xd9", name="x.jpg"),
    )
    reply = desk.get(reverse("desk:file", args=[file.pk]))
    assert b"".join(reply.streaming_content) == b"\xff\xd8\xff\xd9"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "no-store" in reply["Cache-Control"]


def test_passing_withholding_and_taking_back(desk, draft) -> None:
    opinion = make_opinion(draft)
    desk.post(address(opinion, "review"))
    assert Opinion.objects.get().review == Review.REVIEWED
    desk.post(address(opinion, "withhold"), {"withhold-note": "涉及隐私"})
    assert Opinion.objects.get().review_note == "涉及隐私"
    desk.post(address(opinion, "unreview"))
    assert Opinion.objects.get().review == Review.PENDING


def test_a_refused_step_gives_back_what_was_typed(desk, draft) -> None:
    opinion = make_opinion(draft)
    reply = desk.post(address(opinion, "split"), {"split-texts": "只有一段写了很久的话"})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert ("拆分后至少要有两条意见" in page, "只有一段写了很久的话" in page) == (True, True)
    empty = desk.post(address(opinion, "withhold"), {"withhold-note": ""})
    assert "不予公开必须填写理由" in empty.content.decode()


def test_splitting_at_blank_lines_and_undoing_it(desk, draft) -> None:
    opinion = make_opinion(draft, "路要修。灯要亮。")
    desk.post(address(opinion, "split"), {"split-texts": "路要修。\n\n灯要亮。\n还要多。"})
    parts = Opinion.objects.filter(part_of=opinion).order_by("number")
    assert [part.text for part in parts] == ["路要修。", "灯要亮。\n还要多。"]
    page = shown(desk, opinion)
    assert "由拆分出的意见代替它计数和办理" in page
    desk.post(address(opinion, "undo-split"))
    assert Opinion.objects.get(pk=opinion.pk).split_at is None


def test_grouping_and_taking_out(desk, draft, editor) -> None:
    response = make_response([make_opinion(draft)], outcome="")
    opinion = make_opinion(draft)
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=editor)
    desk.post(address(opinion, "group"), {"group-response": response.pk})
    assert Opinion.objects.get(pk=opinion.pk).response == response
    desk.post(address(opinion, "ungroup"))
    desk.post(address(opinion, "group"), {"group-response": "", "group-summary": "新的归纳"})
    assert Response.objects.get(summary="新的归纳").opinions.get() == opinion


def test_a_response_of_another_draft_is_not_offered(desk, unit, draft, editor) -> None:
    other = make_response([make_opinion(make_draft(Phase.CLOSED, unit=unit))], outcome="")
    opinion = make_opinion(draft)
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=editor)
    reply = desk.post(address(opinion, "group"), {"group-response": other.pk})
    assert (reply.status_code, Opinion.objects.get(pk=opinion.pk).response) == (422, None)


def test_the_next_and_the_previous_are_those_of_the_list(desk, draft) -> None:
    road, _tree, bridge = (make_opinion(draft, text) for text in ("修路", "种树", "修桥"))
    page = desk.get(address(bridge, query="?q=修"))
    assert page.context["beside"] == {"newer": None, "older": road.pk}
    assert f'href="{address(road, query="?q=%E4%BF%AE")}"' in page.content.decode()
    back = desk.get(address(road, query="?q=修")).context["beside"]
    assert back == {"newer": bridge.pk, "older": None}


def test_passing_can_lead_on_to_the_next(desk, draft) -> None:
    road, bridge = make_opinion(draft, "修路"), make_opinion(draft, "修桥")
    query = "?stage=pending"
    reply = desk.post(address(bridge, "review", query), {"then-next": "1"})
    assert reply["Location"] == address(road, query=query)
    last = desk.post(address(road, "review", query), {"then-next": "1"})
    assert last["Location"] == address(road, query=query)


def test_grouping_can_lead_on_to_the_next(desk, draft, editor) -> None:
    road, bridge = make_opinion(draft, "修路"), make_opinion(draft, "修桥")
    review_opinions(opinions=[road, bridge], review=Review.REVIEWED, user=editor)
    query = "?stage=reviewed"
    assert "归入，看下一条" in desk.get(address(bridge, query=query)).content.decode()
    reply = desk.post(address(bridge, "group", query), {"then-next": "1"})
    assert reply["Location"] == address(road, query=query)


def test_the_history_tells_who_did_what(desk, draft, editor) -> None:
    editor.last_name, editor.first_name = "林", "小溪"
    editor.save()
    opinion = make_opinion(draft)
    desk.post(address(opinion, "review"))
    desk.post(address(opinion, "group"))
    steps = desk.get(address(opinion)).context["history"]
    assert [(step.who, step.what) for step in steps] == [
        ("林小溪", "归入1号意见"),
        ("林小溪", "审核：待审核 → 已审核"),
    ]


def test_after_the_result_nothing_can_be_grouped(desk, draft) -> None:
    opinion = make_opinion(draft)
    make_response([opinion], outcome=Outcome.ADOPTED)
    make_result(draft)
    page = shown(desk, opinion)
    assert "意见采纳情况已经公布" in page
    assert address(opinion, "ungroup") not in page
    reply = desk.post(address(opinion, "ungroup"))
    assert "意见采纳情况已经公布，不能再改。" in reply.content.decode()


def test_hostile_text_is_shown_as_text(desk, draft) -> None:
    page = shown(desk, make_opinion(draft, "<script>alert(1)</script>\u202e"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_unknown_step_is_not_there(desk, draft) -> None:
    opinion = make_opinion(draft)
    assert desk.post(f"{address(opinion)}delete/").status_code == 404


def test_an_opinion_is_split_into_no_more_than_people_can_handle(desk, draft) -> None:
    opinion = make_opinion(draft)
    address = reverse("desk:step", args=[opinion.pk, "split"])
    reply = desk.post(address, {"split-texts": "\n\n".join("甲" * 60)})
    assert "一次最多拆成50条，现在有60段" in reply.content.decode()
    assert draft.opinions.count() == 1
