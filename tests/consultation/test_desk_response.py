"""Deciding a response: from a template, over somebody else's change, back again."""

import pytest
from django.urls import reverse

from consultation.enums import Outcome
from consultation.models import DecisionDraftPage, Opinion, ReasonTemplate, Response
from consultation.services.responses import Decision, decide_response
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_opinion, make_response, make_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(draft: DecisionDraftPage) -> Response:
    return make_response([make_opinion(draft), make_opinion(draft)], outcome="")


def address(row: Response, name: str = "response") -> str:
    return reverse(f"desk:{name}", args=[row.pk])


def typed(**more: object) -> dict[str, object]:
    return {
        "seen_revision": 1,
        "summary": "增加办理窗口",
        "outcome": "adopted",
        "reason": "已写入第一条。",
        "wording": "增设两个窗口。",
        **more,
    }


def test_a_decision_is_saved(desk, row, editor) -> None:
    reply = desk.post(address(row), typed())
    saved = Response.objects.get()
    assert reply["Location"] == address(row)
    assert (saved.outcome, saved.reason, saved.wording, saved.decided_by, saved.revision) == (
        Outcome.ADOPTED,
        "已写入第一条。",
        "增设两个窗口。",
        editor,
        2,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"summary": ""}, "请填写归纳意见"),
        ({"reason": " "}, "请填写理由"),
        ({"outcome": "maybe"}, "maybe"),
        ({"reason": "长" * 2001}, "2001"),
    ],
)
def test_what_is_wrong_is_told_and_kept(desk, row, change, message) -> None:
    reply = desk.post(address(row), typed(**change))
    page = reply.content.decode()
    assert (reply.status_code, message in page, "增设两个窗口" in page) == (422, True, True)
    assert Response.objects.get().revision == 1


def test_a_template_fills_the_reason_without_a_script(desk, row, unit) -> None:
    own = ReasonTemplate.objects.create(
        outcome="invalid", title="无关", text="与草案无关。", unit=unit
    )
    other = ReasonTemplate.objects.create(
        outcome="invalid", title="别单位的", text="无", unit=make_office("农业办")
    )
    page = desk.get(address(row)).content.decode()
    assert (own.title in page, other.title in page) == (True, False)
    data = typed(template=own.pk, outcome="", reason="", fill="1")
    form = desk.post(address(row), data).context["form"]
    assert (form["reason"].value(), form["outcome"].value()) == ("与草案无关。", "invalid")
    assert form["summary"].value() == "增加办理窗口"
    more = desk.post(address(row), typed(template=own.pk, fill="1")).context["form"]
    assert more["reason"].value() == "已写入第一条。\n与草案无关。"
    assert Response.objects.get().revision == 1


def test_a_template_alone_is_enough(desk, row) -> None:
    template = ReasonTemplate.objects.create(outcome="partly", title="部分", text="部分可行。")
    desk.post(address(row), typed(template=template.pk, outcome="", reason=""))
    saved = Response.objects.get()
    assert (saved.outcome, saved.reason) == (Outcome.PARTLY, "部分可行。")


def test_a_change_by_somebody_else_is_shown_beside_what_was_typed(desk, row, unit) -> None:
    colleague = make_officer(unit, Role.REVIEWER)
    theirs = Decision(summary="同事的归纳", outcome=Outcome.NOT_ADOPTED, reason="人手不足。")
    decide_response(response=row, decision=theirs, user=colleague, seen_revision=1)
    reply = desk.post(address(row), typed())
    page = reply.content.decode()
    assert reply.status_code == 409
    assert ("同事的归纳" in page, "人手不足。" in page) == (True, True)
    assert ("增加办理窗口" in page, "增设两个窗口" in page) == (True, True)
    assert Response.objects.get().summary == "同事的归纳"
    form = reply.context["form"]
    assert (form["seen_revision"].value(), form["changed"].value()) == ("2", "1")

    unconfirmed = desk.post(address(row), typed(seen_revision=2, changed="1"))
    assert unconfirmed.status_code == 422
    assert "请看过现在的内容后勾选" in unconfirmed.content.decode()
    assert Response.objects.get().summary == "同事的归纳"

    desk.post(address(row), typed(seen_revision=2, changed="1", confirmed="on"))
    assert Response.objects.get().summary == "增加办理窗口"


def test_undo_brings_the_last_decision_back_and_forth(desk, row) -> None:
    desk.post(address(row), typed())
    desk.post(address(row, "undo"), {"seen_revision": 2})
    assert Response.objects.get().outcome == ""
    desk.post(address(row, "undo"), {"seen_revision": 3})
    assert Response.objects.get().outcome == Outcome.ADOPTED


@pytest.mark.parametrize("seen", ["", "x", "1"])
def test_undo_of_what_one_has_not_seen_is_refused(desk, row, seen) -> None:
    desk.post(address(row), typed())
    desk.post(address(row, "undo"), {"seen_revision": seen})
    assert Response.objects.get().outcome == Outcome.ADOPTED


def test_ticked_opinions_are_taken_out(desk, row) -> None:
    first, second = row.opinions.order_by("number")
    desk.post(address(row, "ungroup"), {"opinion": [first.pk, "x"]})
    assert list(row.opinions.all()) == [second]
    reply = desk.post(address(row, "ungroup"), {"opinion": [second.pk]})
    assert (reply["Location"], Response.objects.count()) == (reverse("response:index"), 0)


def test_an_opinion_of_another_response_is_not_taken_out(desk, draft, row) -> None:
    other = make_opinion(draft)
    make_response([other])
    desk.post(address(row, "ungroup"), {"opinion": [other.pk]})
    assert Opinion.objects.get(pk=other.pk).response is not None


def test_save_and_next_leads_to_the_next_undecided(desk, draft, row) -> None:
    later = make_response([make_opinion(draft)], outcome="")
    reply = desk.post(address(row), typed(**{"then-next": "1"}))
    assert reply["Location"] == address(later)
    done = desk.post(address(later), typed(**{"then-next": "1"}))
    assert done["Location"] == f"{reverse('response:index')}?draft={draft.pk}"


def test_the_lists_filters_stay_until_one_is_back(desk, draft, row) -> None:
    others = [make_response([make_opinion(draft)], outcome=outcome) for outcome in ("invalid", "")]
    query = "?outcome=undecided"
    shown = desk.get(reverse("response:index") + query).content.decode()
    assert f'href="{address(row)}{query}"' in shown
    page = desk.get(address(row) + query)
    assert page.context["beside"] == {"before": None, "after": others[1].pk}
    assert f'href="{reverse("response:index")}{query}"' in page.content.decode()
    then_next = typed(**{"then-next": "1"})
    assert desk.post(address(row) + query, then_next)["Location"] == address(others[1]) + query
    last = desk.post(address(others[1]) + query, then_next)
    assert last["Location"] == reverse("response:index") + query
    undo = desk.post(address(row, "undo") + query, {"seen_revision": 2})
    assert undo["Location"] == address(row) + query


def test_an_empty_response_can_be_removed(desk, row) -> None:
    desk.post(address(row), typed())
    desk.post(address(row, "remove"))
    assert Response.objects.count() == 1
    desk.post(address(row, "ungroup"), {"opinion": [each.pk for each in row.opinions.all()]})
    desk.post(address(row, "remove"))
    assert Response.objects.count() == 0


def test_a_published_result_freezes_the_page(desk, draft, row) -> None:
    desk.post(address(row), typed())
    make_result(draft)
    page = desk.get(address(row)).content.decode()
    assert ("已经公布，不能再改" in page, "<textarea" in page) == (True, False)
    refused = desk.post(address(row), typed(seen_revision=2, reason="改掉"))
    assert "已经公布，不能再改" in refused.content.decode()
    assert Response.objects.get().reason == "已写入第一条。"
