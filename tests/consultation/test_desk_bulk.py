"""What is done to many opinions or responses at once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultation.enums import Phase, Review
from consultation.models import Opinion, ReasonTemplate, Response
from consultation.services.opinions import review_opinions
from tests.factories.consultation import make_draft, make_opinion, make_response

pytestmark = pytest.mark.django_db
INDEX = "opinion:index"


def bulk(action: str, model: str = "opinion") -> str:
    return reverse("wagtail_bulk_action", args=["consultation", model, action])


def confirm(desk: Client, address: str, **typed: object) -> list[str]:
    """Open the confirmation, send it with what is typed; returns what the next page tells."""
    form = desk.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    reply = desk.post(address, {**hidden, **typed}, follow=True)
    told = [str(message).strip() for message in reply.context.get("messages") or ()]
    return told or [error for errors in reply.context["form"].errors.values() for error in errors]


def test_all_in_the_listing_means_all_that_the_filters_show(desk, draft) -> None:
    make_opinion(draft, "修路")
    make_opinion(draft, "修桥")
    make_opinion(draft, "种树")
    told = confirm(desk, f"{bulk('review')}?id=all&q=修&draft={draft.pk}")
    assert told == ["已审核通过2条意见。"]
    reviewed = Opinion.objects.filter(review=Review.REVIEWED).order_by("number")
    assert [row.text for row in reviewed] == ["修路", "修桥"]


def test_what_came_after_the_confirmation_was_shown_is_left_alone(desk, draft) -> None:
    make_opinion(draft)
    address = f"{bulk('review')}?id=all"
    upto = desk.get(address).context["form"].initial["upto"]
    later = make_opinion(draft)
    desk.post(address, {"upto": upto})
    assert Opinion.objects.get(pk=later.pk).review == Review.PENDING
    assert Opinion.objects.get(number=1).review == Review.REVIEWED


def test_withholding_many_needs_a_reason(desk, draft) -> None:
    one, two = make_opinion(draft), make_opinion(draft)
    address = f"{bulk('withhold')}?id={one.pk}&id={two.pk}"
    assert confirm(desk, address, note=" ") == ["不予公开必须填写理由。"]
    assert confirm(desk, address, note="涉及隐私") == ["已将2条意见设为不予公开。"]
    assert set(Opinion.objects.values_list("review_note", flat=True)) == {"涉及隐私"}


def test_a_review_of_many_is_taken_back(desk, draft, editor) -> None:
    rows = [make_opinion(draft) for _ in range(4)]
    review_opinions(opinions=rows[:2], review=Review.REVIEWED, user=editor)
    make_response([rows[3]])
    told = confirm(desk, f"{bulk('unreview')}?id=all&draft={draft.pk}")
    assert told == ["已将2条意见退回待审核；另有2条没有处理。"]
    states = list(Opinion.objects.order_by("number").values_list("review", flat=True))
    assert states == ["pending", "pending", "pending", "reviewed"]


def test_grouping_names_what_can_not_be_grouped_and_groups_the_rest(desk, draft, editor) -> None:
    one, two, pending = [make_opinion(draft) for _ in range(3)]
    review_opinions(opinions=[one, two], review=Review.REVIEWED, user=editor)
    address = f"{bulk('group')}?id={one.pk}&id={two.pk}&id={pending.pk}"
    assert "3号意见还没有审核，请先审核。" in desk.get(address).content.decode()
    told = confirm(desk, address, summary="增加窗口")
    assert told == ["已把2条意见归入归纳意见1；另有1条没有处理。"]
    response = Response.objects.get()
    assert (response.summary, response.opinions.count()) == ("增加窗口", 2)


def test_grouping_into_a_response_that_is_there(desk, draft, editor) -> None:
    response = make_response([make_opinion(draft)], outcome="")
    more = make_opinion(draft)
    review_opinions(opinions=[more], review=Review.REVIEWED, user=editor)
    confirm(desk, f"{bulk('group')}?id={more.pk}", response=response.pk, summary="")
    assert Opinion.objects.get(pk=more.pk).response == response


def test_opinions_of_two_drafts_are_not_grouped_and_the_typed_words_stay(desk, unit, draft, editor):
    one, two = make_opinion(draft), make_opinion(make_draft(Phase.CLOSED, unit=unit))
    review_opinions(opinions=[one, two], review=Review.REVIEWED, user=editor)
    address = f"{bulk('group')}?id={one.pk}&id={two.pk}"
    reply = desk.post(address, {"upto": two.pk, "summary": "写了很久的归纳"})
    page = reply.content.decode()
    assert ("只能把同一份草案的意见归纳在一起" in page, "写了很久的归纳" in page) == (True, True)
    assert Response.objects.count() == 0


def test_deciding_one_by_one_from_a_template(desk, draft, editor) -> None:
    opinions = [make_opinion(draft), make_opinion(draft)]
    review_opinions(opinions=opinions, review=Review.REVIEWED, user=editor)
    template = ReasonTemplate.objects.create(outcome="invalid", title="无关", text="与草案无关。")
    address = f"{bulk('decide')}?id={opinions[0].pk}&id={opinions[1].pk}"
    assert confirm(desk, address) == ["请选择采纳情况。"]
    assert confirm(desk, address, outcome="adopted") == ["请填写理由。"]
    assert confirm(desk, address, template=template.pk) == ["已办理2条意见。"]
    rows = Response.objects.order_by("number").values_list("outcome", "reason")
    assert list(rows) == [("invalid", "与草案无关。")] * 2


def test_taking_out_of_a_response(desk, draft) -> None:
    grouped, loose = make_opinion(draft), make_opinion(draft)
    make_response([grouped], outcome="")
    told = confirm(desk, f"{bulk('ungroup')}?id={grouped.pk}&id={loose.pk}")
    assert told == ["已移出1条意见；另有1条没有处理。"]
    assert Response.objects.count() == 0


def test_deciding_several_responses_leaves_a_changed_one_alone(desk, draft) -> None:
    one, two = (make_response([make_opinion(draft)], outcome="") for _ in range(2))
    address = f"{bulk('decide', 'response')}?id={one.pk}&id={two.pk}"
    seen = desk.get(address).context["form"].initial["seen"]
    Response.objects.filter(pk=one.pk).update(summary="别人改过", revision=2)
    typed = {"seen": seen, "outcome": "adopted", "reason": "已采纳。"}
    reply = desk.post(address, typed, follow=True)
    told = [str(message).strip() for message in reply.context["messages"]]
    assert told == [
        "归纳意见1没有办理：这条归纳意见刚刚被他人修改过，请看过现在的内容后再保存。",
        "已办理1条归纳意见。",
    ]
    rows = Response.objects.order_by("number").values_list("outcome", flat=True)
    assert list(rows) == ["", "adopted"]


@pytest.mark.parametrize("seen", ["", "x", "1", "1:x", "1:1,2"])
def test_a_broken_list_of_what_was_seen_is_refused(desk, draft, seen) -> None:
    response = make_response([make_opinion(draft)], outcome="")
    typed = {"seen": seen, "outcome": "adopted", "reason": "好"}
    desk.post(f"{bulk('decide', 'response')}?id={response.pk}", typed)
    assert Response.objects.get().outcome == ""


def test_the_number_of_queries_of_a_bulk_action_is_fixed(desk, draft) -> None:
    opinions = [make_opinion(draft) for _ in range(5)]

    def queries(chosen: list[Opinion]) -> int:
        ids = "&".join(f"id={row.pk}" for row in chosen)
        with CaptureQueriesContext(connection) as seen:
            desk.post(f"{bulk('review')}?{ids}", {"upto": opinions[-1].pk})
        return len(seen)

    queries(opinions[:1])
    assert queries(opinions[1:2]) == queries(opinions[2:])
