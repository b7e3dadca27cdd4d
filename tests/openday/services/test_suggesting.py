"""Suggestions: numbered within their event, given to an office, answered, with what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from openday.log_actions import _handled
from openday.models import EventPage, SeatGroup, Suggestion
from openday.refusals import SeatRefused
from openday.services.suggesting import add_suggestion, handle_suggestion
from publishing.models import Unit, User
from tests.factories.consultation import make_unit
from tests.factories.openday import make_event, make_officer_of, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(event: EventPage) -> User:
    return make_officer_of(event)


def add(event: EventPage, text: str = "修路", **more: object) -> Suggestion:
    return add_suggestion(event=event, text=text, user=make_officer_of(event), **more)  # type: ignore[arg-type] # of this test


def test_numbers_count_within_the_event(event: EventPage) -> None:
    other = make_event()
    made = [add(event), add(other), add(event)]
    assert [row.number for row in made] == [1, 1, 2]
    assert str(made[2]) == "2号建议"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_said_is_refused(event: EventPage, text: str) -> None:
    with pytest.raises(SeatRefused) as refusal:
        add(event, text)
    assert (refusal.value.field, Suggestion.objects.count()) == ("text", 0)


def test_who_made_it_belongs_to_the_event(group: SeatGroup) -> None:
    row = make_registration(group)
    assert add(group.session.event, registration=row).registration == row
    with pytest.raises(SeatRefused, match="不是这个活动"):
        add(make_event(), registration=row)


def test_an_answer_has_its_time_and_author(event: EventPage, officer: User) -> None:
    row = add(event)
    row.answer = "  已列入计划。 "
    row = handle_suggestion(suggestion=row, user=officer, seen_answer="")
    assert (row.answer, row.answered_by) == ("已列入计划。", officer)
    assert row.answered_at is not None
    first = row.answered_at
    row.due_on = timezone.localdate() + timedelta(days=30)
    assert handle_suggestion(suggestion=row, user=officer).answered_at == first


def test_an_answer_that_is_taken_back_has_none(event: EventPage, officer: User) -> None:
    row = add(event)
    row.answer = "已列入计划。"
    row = handle_suggestion(suggestion=row, user=officer)
    row.answer = ""
    assert handle_suggestion(suggestion=row, user=officer).answered_at is None


def test_of_two_answers_the_second_sees_the_first(event: EventPage, officer: User) -> None:
    row = add(event)
    mine, yours = (Suggestion.objects.get(pk=row.pk) for _ in range(2))
    mine.answer = "已列入计划。"
    handle_suggestion(suggestion=mine, user=officer, seen_answer="")
    yours.answer = "不办。"
    with pytest.raises(SeatRefused, match="刚刚改过答复"):
        handle_suggestion(suggestion=yours, user=officer, seen_answer="")
    assert Suggestion.objects.get().answer == "已列入计划。"


def test_before_and_after_are_in_the_log(event: EventPage, officer: User) -> None:
    unit: Unit = make_unit("农业办")
    row = add(event)
    row.unit, row.is_public, row.text = unit, False, "修村路"
    handle_suggestion(suggestion=row, user=officer)
    entry = ModelLogEntry.objects.get(action="openday.handle")
    assert _handled(entry.data) == (
        "办理建议：内容：修路 → 修村路；承办单位：（空） → 农业办；写入总结：是 → 否"
    )
