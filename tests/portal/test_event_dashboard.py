"""What waits about events and seats: by unit, with the right numbers, in few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openday.models import EventPage, EventReportPage
from openday.services.answering import cancel
from openday.services.sessions import cancel_session
from portal.event_dashboard import seat_figures, sessions_soon, unreported_events
from publishing.enums import Role
from publishing.models import User
from tests.factories.openday import make_session, publish
from tests.openday.desk import Office, furnish, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return furnish()


def counts(user: User) -> dict[str, int]:
    return {figure.label: figure.count for figure in seat_figures(user)}


def test_figures_are_those_of_the_own_unit(office: Office) -> None:
    cancel(registration=office.confirmed)
    stranger = furnish("农业办").staff
    assert counts(office.staff[Role.EDITOR]) == {"待审核报名": 2, "递补待确认": 1}
    assert counts(office.staff[Role.FRONT_DESK]) == {"递补待确认": 1}
    assert counts(stranger[Role.EDITOR]) == {"待审核报名": 2, "递补待确认": 0}
    assert counts(User.objects.create_user("nobody", is_staff=True)) == {}


def test_sessions_of_the_next_seven_days_are_named(office: Office) -> None:
    soon = make_session(office.event, starts_at=timezone.now() + timedelta(days=6))
    off = make_session(office.event, starts_at=timezone.now() + timedelta(days=5))
    cancel_session(session=off, user=office.staff[Role.EDITOR], reason="停电")
    make_session(furnish("农业办").event, starts_at=timezone.now() + timedelta(days=2))
    assert sessions_soon(office.staff[Role.EDITOR]) == [soon]


def test_an_event_that_is_over_waits_for_its_report(office: Office) -> None:
    user = office.staff[Role.EDITOR]
    event = publish(office.event)
    publish(furnish("农业办").event)
    assert unreported_events(user) == []
    with time_machine.travel(office.session.ends_at + timedelta(hours=1)):
        named = [(due.title, due.day) for due in unreported_events(user)]
        assert named == [(event.title, timezone.localdate())]
        report = EventReportPage(title="总结", narrative="<p>看了办事流程。</p>", live=False)
        publish(EventPage.objects.get(pk=event.pk).add_child(instance=report))
        assert unreported_events(user) == []


def test_the_home_page_asks_the_same_number_of_queries(office: Office) -> None:
    client = signed_in(office.staff[Role.EDITOR])

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "七日内的场次" in page
        return len(queries)

    make_session(office.event, starts_at=timezone.now() + timedelta(days=6))
    client.get(reverse("wagtailadmin_home"))
    once = asked()
    for days in (1, 2, 3):
        make_session(office.event, starts_at=timezone.now() + timedelta(days=days))
    assert asked() == once
