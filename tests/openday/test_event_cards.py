"""The card of an event names the day of its next session, and the deadline of just that one."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from openday.models import EventPage
from openday.services.sessions import cancel_session
from tests.factories.consultation import make_home
from tests.factories.openday import (
    make_event,
    make_event_index,
    make_group,
    make_officer_of,
    make_session,
    publish,
)
from tests.factories.speaking import html_of
from tests.openday.test_public_pages import words_of

pytestmark = pytest.mark.django_db
TODAY = datetime.fromisoformat("2030-05-01T08:00+08:00")


def day(number: int, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"2030-05-{number:02}T{clock}+08:00")


@pytest.fixture
def event() -> EventPage:
    """Two sessions, on the 20th and the 30th; each can be registered for until a week before."""
    with time_machine.travel(TODAY):
        page = make_event(title="便民中心开放日")
        for number in (20, 30):
            start = day(number)
            opens = {"registration_opens_at": day(2)}
            make_group(make_session(page, starts_at=start, **opens))
        return publish(page)


FIRST, SECOND = "5月20日（星期一）09:00", "5月30日（星期四）09:00"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (TODAY, [f"下一场 {FIRST}（另有 1 场）", "5月2日（星期四）09:00 起报名"]),
        (day(3), [f"下一场 {FIRST}（另有 1 场）", "5月13日（星期一）09:00 报名截止"]),
        (day(14), [f"下一场 {SECOND}（另有 1 场）", "5月23日（星期四）09:00 报名截止"]),
        (day(20, "10:00"), [f"下一场 {SECOND}（另有 1 场）", "5月23日（星期四）09:00 报名截止"]),
        (day(21), [f"{SECOND} 举行", "5月23日（星期四）09:00 报名截止"]),
        (day(24), [f"{SECOND} 举行"]),
        (day(30, "10:00"), [f"{SECOND} 举行", "5月30日（星期四）12:00 结束"]),
        (day(31), [f"{SECOND} 举行"]),
    ],
)
def test_day_and_deadline_belong_to_one_session(
    client: Client, event: EventPage, now: datetime, said: list[str]
) -> None:
    with time_machine.travel(now):
        cache.clear()
        past = "?when=past" if now >= day(31) else ""
        assert dates_in(html_of(client.get(f"{make_event_index().url}{past}"))) == said


def dates_in(page: str) -> list[str]:
    card = page.partition("card__foot")[2].partition("</article>")[0]
    lines = re.findall(r'<p class="countdown [a-z_]+">(.*?)</p>', card, flags=re.S)
    return [words_of(line).replace(" （", "（") for line in lines]


def test_the_home_page_names_the_same(client: Client, event: EventPage) -> None:
    with time_machine.travel(day(3)):
        cache.clear()
        page = html_of(client.get(make_home().url)).partition("可以报名的活动")[2]
    assert dates_in(page) == [
        f"下一场 {FIRST}（另有 1 场）",
        "5月13日（星期一）09:00 报名截止",
    ]


def test_a_session_that_runs_while_another_is_closed(event: EventPage) -> None:
    event.sessions.filter(starts_at=day(30)).update(registration_closes_at=day(19))
    with time_machine.travel(day(20, "10:00")):
        found = [(date.lead, date.words, timezone.localtime(date.at)) for date in event.dates]
    assert found == [("", "举行（另有 1 场）", day(20)), ("", "结束", day(20, "12:00"))]


def test_what_is_cancelled_says_when_it_was_to_be(client: Client, event: EventPage) -> None:
    with time_machine.travel(day(3)):
        for session in event.sessions.all():
            cancel_session(session=session, user=make_officer_of(event), reason="暴雨")
        assert dates_in(html_of(client.get(make_event_index().url))) == [f"原定 {FIRST} 举行"]


def test_another_year_is_named(event: EventPage) -> None:
    with time_machine.travel(TODAY - timedelta(days=150)):
        assert event.dates[0].day == f"2030年{FIRST}"


def test_one_session_is_simply_named() -> None:
    event = make_event()
    start = timezone.now() + timedelta(days=30)
    make_group(make_session(event, starts_at=start))
    assert [(date.lead, date.words) for date in event.dates] == [("", "举行"), ("", "报名截止")]
