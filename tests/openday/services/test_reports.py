"""The report: one page an event, frozen when it is published, told once to who came."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from notify.models import Message
from openday.enums import EventPhase, State
from openday.models import EventPage, EventReportPage, Registration
from openday.report_gate import missing
from openday.services.reports import create_report, figures_of, shown_report, suggestions_of
from openday.services.sessions import cancel_session
from openday.services.suggesting import handle_suggestion
from publishing.gates import PublishBlocked
from tests.factories.openday import make_group, make_officer_of, make_registration, make_session
from tests.factories.openday import publish as publish_page
from tests.openday.reporting import (
    after,
    make_past_event,
    make_photo,
    make_report,
    make_suggestion,
)

pytestmark = pytest.mark.django_db
THANKS = Message.objects.filter(kind="openday_thanks").order_by("pk")


@pytest.fixture
def event() -> EventPage:
    return make_past_event(came=2, absent=1)


def blocked(report: EventReportPage) -> list[str]:
    return [blocker.field for blocker in missing(report)]


def test_figures_count_by_audience_over_all_sessions(event: EventPage) -> None:
    second = make_session(event)
    make_registration(make_group(second, name="人大代表"))
    off = make_session(event)
    make_registration(make_group(off, name="党员代表"))
    cancel_session(session=off, user=make_officer_of(event), reason="暴雨")
    figures = figures_of(event)
    groups = {row["name"]: (row["registered"], row["came"]) for row in figures["groups"]}
    assert groups == {"群众代表": (3, 2), "人大代表": (1, 0)}
    assert (figures["registered"], figures["came"], figures["sessions"]) == (4, 2, 2)


def test_two_clicks_make_one_report(event: EventPage) -> None:
    officer = make_officer_of(event)
    made = [create_report(event=event, user=officer).pk for _ in range(2)]
    assert (made[0], EventReportPage.objects.count()) == (made[1], 1)
    report = EventReportPage.objects.get()
    assert (report.live, report.title, report.owner) == (False, "便民服务开放日活动总结", officer)


def test_it_is_not_public_before_the_end(event: EventPage) -> None:
    with pytest.raises(PublishBlocked, match="活动还没有结束"):
        make_report(event)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"answer": ""}, "suggestions"),
        ({"unit": None}, "suggestions"),
        ({"due_on": None}, "suggestions"),
    ],
)
def test_every_suggestion_has_office_day_and_answer(
    event: EventPage, more: dict[str, None], field: str
) -> None:
    make_suggestion(event, is_public=False, **more)
    with after(event):
        assert blocked(make_report(event, live=False)) == [field]


def test_a_photo_wants_words_and_leave(event: EventPage) -> None:
    with after(event):
        report = make_report(event, live=False)
        report.photos = [make_photo(alt=" "), make_photo(consented=False), make_photo()]
        assert blocked(report) == ["photos", "photos"]


def test_a_report_without_words_says_nothing(event: EventPage) -> None:
    with after(event):
        assert blocked(make_report(event, live=False, narrative="<p>&nbsp;</p>")) == ["narrative"]


def test_what_was_published_is_frozen(event: EventPage) -> None:
    row = make_suggestion(event)
    with after(event):
        report = make_report(event)
        row.answer = "改了。"
        handle_suggestion(suggestion=row, user=make_officer_of(event))
        Registration.objects.filter(state=State.ATTENDED).update(state=State.NO_SHOW)
        shown = shown_report(report=EventReportPage.objects.get())
    assert (shown["figures"]["came"], shown["suggestions"][0]["answer"]) == (2, "已列入计划。")
    assert shown["suggestions"][0]["due_on"] == row.due_on
    assert report.versions.count() == 1


def test_publishing_again_makes_a_version_only_of_what_changed(event: EventPage) -> None:
    row = make_suggestion(event)
    with after(event):
        report = make_report(event)
        publish_page(report)
        assert report.versions.count() == 1
        row.answer = "已经修好。"
        handle_suggestion(suggestion=row, user=make_officer_of(event))
        publish_page(EventReportPage.objects.get())
    answers = [version.suggestions[0]["answer"] for version in report.versions.all()]
    assert answers == ["已列入计划。", "已经修好。"]


def test_before_publication_the_preview_shows_what_is_there_now(event: EventPage) -> None:
    with after(event):
        report = make_report(event, live=False)
        make_suggestion(event)
        assert [row["number"] for row in shown_report(report=report)["suggestions"]] == [1]


def test_the_unpublished_are_counted_and_their_words_kept_back(event: EventPage) -> None:
    make_suggestion(event, "修路")
    make_suggestion(event, "说了一件私事", is_public=False)
    with after(event):
        shown = shown_report(report=make_report(event))
    assert ([row["text"] for row in shown["suggestions"]], shown["unpublished"]) == (["修路"], 1)


def test_numbers_of_people_are_masked(event: EventPage) -> None:
    make_suggestion(event, "请打13812345678", answer="已联系13812345678。")
    (row,) = suggestions_of(event)
    assert (row["text"], row["answer"]) == ("请打138****5678", "已联系138****5678。")


def test_who_came_is_thanked_once_with_the_address(event: EventPage) -> None:
    with after(event):
        report = make_report(event)
        publish_page(report)
        row = make_suggestion(event)
        row.answer = "已经修好。"
        publish_page(EventReportPage.objects.get())
    came = Registration.objects.filter(state=State.ATTENDED).order_by("pk")
    assert [message.contact_id for message in THANKS] == [row.contact_id for row in came]
    assert [report.full_url in message.body for message in THANKS] == [True, True]


def test_the_event_is_reported_then(event: EventPage) -> None:
    with after(event):
        assert EventPage.objects.get().phase == EventPhase.UNREPORTED
        make_report(event)
        assert EventPage.objects.get().phase == EventPhase.REPORTED


def test_people_are_kept_from_the_end_not_from_the_report(event: EventPage) -> None:
    with after(event, days=30):
        make_report(event)
    row = Registration.objects.select_related("contact", "session").first()
    assert row is not None
    assert row.contact.purge_after is not None
    with time_machine.travel(row.session.ends_at, tick=False):
        last = row.session.ends_at.date() + timedelta(days=90)
    assert row.contact.purge_after == last


def test_a_session_still_to_come_wins_over_the_report() -> None:
    event = make_past_event()
    with after(event):
        make_report(event)
        assert EventPage.objects.get().phase == EventPhase.REPORTED
        later = make_session(event, starts_at=timezone.now() + timedelta(days=30))
        make_group(later, name="村民代表")
        assert EventPage.objects.get().phase == EventPhase.OPEN
        assert "已总结" not in Client().get(event.url).content.decode()
