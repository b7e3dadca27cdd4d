"""Lists of drafts: phases from the database, pages of twelve, the same number of queries always."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from consultation.models.draft_list import filled, public_drafts
from consultation.periods import last_overdue_closing
from publishing.models import HolidayDay, SiteProfile
from publishing.workdays import Holidays, add_workdays, load_shipped
from tests.factories.consultation import make_draft, make_home, make_index

pytestmark = pytest.mark.slow
SHIPPED = Holidays(load_shipped())


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(0, 40),
    st.sampled_from([SHIPPED, Holidays([])]),
)
def test_the_last_overdue_day_is_where_the_deadline_has_just_passed(
    today: date, workdays: int, calendar: Holidays
) -> None:
    last = last_overdue_closing(today, workdays, calendar)
    assert add_workdays(last, workdays, calendar) < today
    assert add_workdays(last + timedelta(days=1), workdays, calendar) >= today


@pytest.mark.django_db
def test_the_database_says_what_each_draft_says_of_itself() -> None:
    drafts = [make_draft(phase) for phase in Phase] + [make_draft(closing_in=0)]
    first = min(draft.opening_day for draft in drafts) - timedelta(days=1)
    last = max(draft.closing_day for draft in drafts) + timedelta(days=60)
    HolidayDay.objects.create(
        date=last - timedelta(days=50), name="测试节", kind=HolidayDay.Kind.HOLIDAY
    )
    day, seen = first, set()
    while day <= last:
        with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
            fresh = {draft.pk: draft for draft in DecisionDraftPage.objects.all()}
            rows = filled(public_drafts(make_home(), SiteProfile()), SiteProfile())
            assert [(row.pk, row.stage, row.phase, row.feedback_due) for row in rows] == [
                (row.pk, fresh[row.pk].phase, fresh[row.pk].phase, fresh[row.pk].feedback_due)
                for row in rows
            ]
            seen |= {row.stage for row in rows}
        day += timedelta(days=4)
    assert seen == set(Phase.values)


@pytest.mark.django_db
def test_thirty_drafts_take_no_more_queries_than_five(client: Client) -> None:
    phases = list(Phase)

    def queries(address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for phase in phases:
        make_draft(phase)
    addresses = [make_index().url, make_home().url, "/feed/"]
    few = [queries(address) for address in addresses]
    for number in range(25):
        make_draft(phases[number % len(phases)])
    assert [queries(address) for address in addresses] == few
    # The front page: drafts, events, policies and figures.
    assert max(few) <= 28


def listed(client: Client, query: str) -> tuple[list[str], list[str], str]:
    """The drafts' titles, the links to other pages, and the count."""
    response = client.get(make_index().url + query)
    assert response.status_code == 200
    page = response.content.decode()
    links = re.findall(r'class="pagination__link"[^>]* href="([^"]*)"', page)
    titles = re.findall(r'class="card__link" href="[^"]*">([^<]*)<', page)
    return titles, links, re.findall(r"共 \d+ 份草案", page)[0]


@pytest.mark.django_db
def test_pages_of_twelve_keep_the_filter(client: Client) -> None:
    for number in range(14):
        make_draft(Phase.OPEN, title=f"开着的{number}")
    for number in range(12):
        make_draft(Phase.CLOSED, title=f"结束的{number}")
    titles, links, count = listed(client, "?phase=open&page=2")
    assert (len(titles), count) == (2, "共 14 份草案")
    assert links == ["?phase=open&amp;page=1"] * 2 + ["?phase=open&amp;page=2"]
    assert all(title.startswith("开着的") for title in titles)
    titles, links, count = listed(client, "")
    assert (len(titles), count) == (12, "共 26 份草案")
    assert links == ["?page=1", "?page=2", "?page=3", "?page=2"]
    page = client.get(f"{make_index().url}?page=2").content.decode()
    navigation = page.partition('aria-label="翻页"')[2].partition("</nav>")[0]
    assert ("上一页" in navigation, "下一页" in navigation, "共 3 页" in navigation) == (True,) * 3
    assert "（第 2 页）" in page.partition("</title>")[0]


@pytest.mark.django_db
def test_a_page_that_is_not_there_shows_one_that_is(client: Client) -> None:
    for _number in range(13):
        make_draft(Phase.OPEN)
    asked = {"0": 1, "-1": 1, "99": 1, "x": 12, "": 12, "9" * 5000: 12, "1.5": 12}
    shown = {page: len(listed(client, f"?page={page}")[0]) for page in asked}
    assert shown == asked


@pytest.mark.django_db
def test_what_closes_first_stands_first_and_the_past_last(client: Client) -> None:
    make_draft(Phase.CLOSED, title="结束了")
    make_draft(Phase.UPCOMING, title="还没开始")
    make_draft(closing_in=20, title="还早")
    make_draft(closing_in=2, title="快了")
    make_draft(Phase.OVERDUE, title="早就结束了")
    assert listed(client, "")[0] == ["快了", "还早", "还没开始", "结束了", "早就结束了"]


@pytest.mark.django_db
def test_a_list_is_not_kept_past_midnight(client: Client) -> None:
    make_draft(closing_in=0)
    draft = DecisionDraftPage.objects.get()
    with time_machine.travel(draft.closes_at - timedelta(seconds=5), tick=False):
        for address in (make_index().url, make_home().url):
            answer = client.get(address)
            assert ("征集中" in answer.content.decode(), answer["Cache-Control"]) == (
                True,
                "public, max-age=5",
            )
