"""The door of a session that runs now, and what a member of staff does there."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from openday.models import Registration, Session
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event, make_group, make_session

ANSWER = "[data-door-answer]"


def make_door() -> Session:
    """A session of an office, with a group; it begins when the door is entered."""
    row = make_session(make_event(unit=make_office("党政办"), title="便民中心开放日"))
    make_group(row, name="群众代表")
    return row


def make_doorkeeper(session: Session) -> User:
    """Somebody of the front desk of its unit."""
    unit = session.event.unit
    assert unit is not None
    return make_officer(unit, Role.FRONT_DESK)


def begin(session: Session) -> None:
    """It began ten minutes ago; whoever registers has done so before."""
    starts = timezone.now() - timedelta(minutes=10)
    Session.objects.filter(pk=session.pk).update(
        registration_closes_at=starts - timedelta(days=7),
        cancel_until=starts - timedelta(days=1),
        offers_until=starts - timedelta(hours=12),
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
    )


def enter(page: Page, user: User, live_server: Any, session: Session) -> Page:
    """Let the browser in as the user, and show the door."""
    begin(session)
    key = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    page.goto(reverse("check_in:door", args=[session.pk]))
    return page


def answered(page: Page, word: str) -> None:
    expect(page.locator(ANSWER).locator("[data-door-part=word]")).to_have_text(word)


def type_in(page: Page, number: str) -> None:
    page.get_by_label("报名编号或后六位").fill(number)
    page.keyboard.press("Enter")


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state
