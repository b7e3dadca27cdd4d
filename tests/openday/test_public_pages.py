"""The event's page and its column: what is shown in each phase, for how long, at what cost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from openday.enums import EventKind, SeatMethod
from openday.models import (
    EventPage,
    EventReportPage,
    EventSubject,
    PlannedEvent,
    ProgrammeItem,
    Registration,
    SeatGroup,
    Session,
)
from openday.models.event_list import filled, public_events
from openday.services.sessions import cancel_session
from tests.factories.consultation import make_draft
from tests.factories.openday import (
    make_drawn_group,
    make_event,
    make_event_index,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)
from tests.factories.speaking import html_of

pytestmark = pytest.mark.django_db


def public_event(**fields: Any) -> EventPage:
    """A public event with one session of two seats."""
    event = make_event(**fields)
    make_group(make_session(event, capacity=2))
    return publish(event)


def main_of(response: Any) -> str:
    assert response.status_code == 200
    return html_of(response).partition("<main")[2].partition("</main>")[0]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def phase_in(html: str) -> str:
    found = re.search(r'class="status status--[a-z]+">([^<]+)<', html)
    return found[1] if found else ""


def full(session: Session) -> None:
    for _seat in range(2):
        make_registration(session.groups.get())


def called_off(session: Session) -> None:
    cancel_session(session=session, user=make_officer_of(session.event), reason="暴雨")


def reported(session: Session) -> None:
    report = EventReportPage(title="总结", slug="report", live=True, narrative="<p>好。</p>")
    session.event.add_child(instance=report)


def nothing(_session: Session) -> None:
    """The clock alone does it."""


@pytest.mark.parametrize(
    ("name", "shift", "happens", "phase", "words"),
    [
        ("registration_opens_at", -1, nothing, "未开始报名", "起报名"),
        ("registration_opens_at", 0, nothing, "报名中", "报名截止"),
        ("registration_opens_at", 9e5, full, "名额已满可候补", "报名截止"),
        ("registration_closes_at", 0, nothing, "报名已截止", "举行"),
        ("starts_at", 0, nothing, "进行中", "结束"),
        ("ends_at", 0, nothing, "待总结", "举行"),
        ("ends_at", 0, reported, "已总结", "举行"),
        ("starts_at", -1, called_off, "已取消", "已取消"),
    ],
)
def test_each_phase_is_told_by_a_word_and_a_date(
    client: Client,
    name: str,
    shift: float,
    happens: Callable[[Session], None],
    phase: str,
    words: str,
) -> None:
    event = public_event()
    session = event.sessions.get()
    with time_machine.travel(getattr(session, name) + timedelta(seconds=shift), tick=False):
        happens(session)
        cache.clear()
        page = main_of(client.get(event.url))
    standing = page.partition("</section>")[0]
    assert (phase_in(page), words in words_of(standing)) == (phase, True)
    assert (f"register/{session.pk}/" in page) == (phase in {"报名中", "名额已满可候补"})


@pytest.mark.parametrize("seconds", [7, 300])
def test_pages_are_kept_without_cookies_and_turn_with_the_clock(
    client: Client, seconds: int
) -> None:
    event = public_event()
    session = event.sessions.get()
    column = make_event_index().url
    turn = session.registration_closes_at - timedelta(seconds=seconds)
    addresses = [event.url, f"{event.url}poster/", column, f"{column}feed/", f"{column}calendar/"]
    with time_machine.travel(turn, tick=False):
        answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [answer["Cache-Control"] for answer in answers] == [
        f"public, max-age={min(30, seconds)}"
    ] * 5
    assert [bool(answer.cookies or "Cookie" in answer.get("Vary", "")) for answer in answers] == [
        False
    ] * 5


def test_a_change_of_seats_is_seen_at_once(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    event = public_event()
    assert phase_in(main_of(client.get(event.url))) == "报名中"
    with django_capture_on_commit_callbacks(execute=True):
        called_off(event.sessions.get())
    page = main_of(client.get(event.url))
    assert (phase_in(page), "暴雨" in page) == ("已取消", True)


def test_the_page_shows_seats_and_how_they_are_given(client: Client) -> None:
    event = make_event()
    session = make_session(event, capacity=6)
    make_group(session, quota=3, minimum=2, name="人大代表")
    make_group(session, method=SeatMethod.REVIEW, quota=2, name="老干部")
    drawn = make_drawn_group(session, quota=4, name="群众代表")
    make_group(session, method=SeatMethod.INVITED, quota=1, name="特邀代表")
    event = publish(event)
    make_registration(session.groups.first())
    page = main_of(client.get(event.url))
    words = words_of(page)
    for expected in ("先到先得", "审核确定", "抽签确定", "邀请，凭邀请码登记", "至少保留 2 个"):
        assert expected in words
    assert "还有 2 个名额" in words
    assert drawn.run.commitment in page
    assert drawn.run.seed not in page
    assert session.groups.get(method=SeatMethod.INVITED).invitation_code not in page


def test_only_live_subjects_are_linked(client: Client) -> None:
    event, live = public_event(), make_draft()
    hidden = make_draft(unit=event.unit)
    hidden.unpublish()
    event.subjects = [EventSubject(subject=live), EventSubject(subject=hidden)]
    event.programme = [ProgrammeItem(time="9:00", content="参观")]
    event = publish(event)
    page = main_of(client.get(event.url))
    assert [live.title in page, hidden.title in page, "参观" in page] == [True, False, True]


def test_the_editor_previews_what_is_not_saved_yet() -> None:
    column = make_event_index()
    page = EventPage(title="草稿", slug="draft", theme="主题", place="一楼")
    page.path, page.depth = f"{column.path}0009", column.depth + 1
    page.set_url_path(column)
    for draft in (page, make_event()):
        assert "场次还没有公布" in main_of(draft.make_preview_request())


def test_hostile_words_are_only_words(client: Client) -> None:
    event = public_event(title="<script>x</script>", theme="]]><b>", place="一楼\u000b,;")
    column = make_event_index().url
    pages = [html_of(client.get(address)) for address in (event.url, column, f"{event.url}poster/")]
    assert [page.count("<script>x") for page in pages] == [0, 0, 0]
    feed = html_of(client.get(f"{column}feed/"))
    assert "&lt;script&gt;" in feed
    [entry] = Calendar.from_ical(client.get(f"{column}calendar/").content).walk("VEVENT")
    assert str(entry["location"]) == "一楼,;"


def test_the_column_lists_what_comes_and_what_was_by_kind(client: Client) -> None:
    coming = public_event(title="将来的")
    hearing = public_event(title="将来的听证", kind=EventKind.HEARING)
    past = public_event(title="过去的")
    Session.objects.filter(event=past).update(
        **{
            name: getattr(past.sessions.get(), name) - timedelta(days=60)
            for name in (
                *("registration_opens_at", "registration_closes_at", "cancel_until"),
                *("offers_until", "starts_at", "ends_at"),
            )
        }
    )
    column = make_event_index().url
    shown = {
        query: [
            event.title
            for event in (coming, hearing, past)
            if f">{event.title}</a>" in main_of(client.get(f"{column}{query}"))
        ]
        for query in ("", "?kind=hearing", "?when=past", "?kind=%27x", "?page=99")
    }
    assert shown == {
        "": ["将来的", "将来的听证"],
        "?kind=hearing": ["将来的听证"],
        "?when=past": ["过去的"],
        "?kind=%27x": ["将来的", "将来的听证"],
        "?page=99": ["将来的", "将来的听证"],
    }


def test_twelve_a_page_for_a_fixed_number_of_queries(client: Client) -> None:
    column, numbers = make_event_index(), []
    for more in (1, 12):
        for _event in range(more):
            make_registration(public_event().sessions.get().groups.get())
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = main_of(client.get(column.url))
        numbers.append((len(queries), page.count("card__link")))
    assert [shown for _queries, shown in numbers] == [1, 12]
    assert numbers[0][0] + 1 >= numbers[1][0]


def test_phases_of_many_events_need_no_query_of_their_own() -> None:
    for _event in range(3):
        event = public_event()
        make_registration(event.sessions.get().groups.get())
    rows = filled(public_events(make_event_index()))
    with CaptureQueriesContext(connection) as queries:
        assert [row.phase.label for row in rows] == ["报名中"] * 3
        assert [row.milestone.words for row in rows if row.milestone] == ["报名截止"] * 3
    assert len(queries) == 0


def test_the_plan_links_what_is_announced(client: Client) -> None:
    column, event = make_event_index(), public_event(title="已公告的活动")
    hidden = make_event(title="还没公布的活动")
    year = timezone.localdate().year
    for month, theme, page in ((9, "秋天", None), (3, "春天", event), (5, "夏天", hidden)):
        PlannedEvent.objects.create(
            page=column, year=year, month=month, kind="open_day", theme=theme, event=page
        )
    PlannedEvent.objects.create(page=column, year=year - 1, month=1, kind="hearing", theme="去年")
    page = main_of(client.get(column.url)).partition("年度计划")[2]
    assert re.findall(r"春天|夏天|秋天|去年", page) == ["春天", "夏天", "秋天", "去年"]
    assert [f'"{event.url}"' in page, f'"{hidden.url}"' in page] == [True, False]


def test_cancelled_sessions_stay_in_the_calendar_as_cancelled(client: Client) -> None:
    event = public_event()
    called_off(event.sessions.get())
    calendar = Calendar.from_ical(client.get(f"{make_event_index().url}calendar/").content)
    assert [str(entry["status"]) for entry in calendar.walk("VEVENT")] == ["CANCELLED"]


def test_private_events_are_nowhere(client: Client) -> None:
    make_group(make_session(make_event(title="未公布的")))
    column = make_event_index().url
    pages = [html_of(client.get(f"{column}{below}")) for below in ("", "feed/", "calendar/")]
    assert ["未公布的" in page for page in pages] == [False] * 3


def test_home_search_and_sitemap_know_events(client: Client) -> None:
    event = public_event(title="便民中心开放日")
    assert ">便民中心开放日</a>" in html_of(client.get("/"))
    assert event.url in html_of(client.get("/search/?q=便民中心"))
    assert event.url in html_of(client.get("/sitemap/"))
    assert event.url in html_of(client.get("/sitemap.xml"))
    session = event.sessions.get()
    cache.clear()
    with time_machine.travel(session.registration_closes_at):
        assert ">便民中心开放日</a>" not in html_of(client.get("/"))


def test_reading_changes_nothing(client: Client, group: SeatGroup) -> None:
    event = publish(group.session.event)
    column = make_event_index().url
    before = (Registration.objects.count(), Session.objects.values_list("pk", "sequence")[0])
    for address in (event.url, f"{event.url}register/{group.session_id}/", column, "/"):
        client.get(f"{address}?group={group.pk}&confirmed=1&name=x")
    after = (Registration.objects.count(), Session.objects.values_list("pk", "sequence")[0])
    assert before == after
