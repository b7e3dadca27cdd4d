"""From a hearing's words to its opinion, and from an event to its public report, in a browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from consultation.enums import Phase
from consultation.models import Opinion
from openday.models import EventPage, EventReportPage, HearingStatement, Session, Suggestion
from openday.services import hearings
from publishing.enums import Role
from publishing.models import Unit, User
from publishing.services import equip_unit
from tests.browser.test_desk import enter
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_draft
from tests.factories.openday import make_event_index
from tests.openday.hearings import RECORD, during, make_hearing, make_statement
from tests.openday.reporting import make_past_event

NewPage = Callable[..., Page]
LONG_AGO = timedelta(days=60)


@pytest.fixture
def unit(django_db_serialized_rollback: None, live_server: Any) -> Unit:
    return equip_unit(unit=make_office("党政办"), column=make_event_index())


@pytest.fixture
def editor(unit: Unit) -> User:
    return make_officer(unit, Role.EDITOR)


def make_past(unit: Unit) -> EventPage:
    """Announced two months ago, held last month."""
    with time_machine.travel(timezone.now() - LONG_AGO):
        return make_past_event(unit, came=3, absent=1)


def make_past_hearing(unit: Unit) -> Session:
    """Held last month on a draft that is open still, its record written, one statement signed."""
    draft = make_draft(Phase.OPEN, unit=unit, closing_in=20)
    with time_machine.travel(timezone.now() - LONG_AGO):
        session = make_hearing("张三", "李四", unit=unit, subjects=(draft,))
        officer = make_officer(unit, Role.REVIEWER)
        hearings.publish_participants(session=session, user=officer)
    with during(session) as (first, second):
        hearings.write_record(session=session, user=officer, **RECORD)
        make_statement(session, first, "建议周日也开放。", signed=True)
        make_statement(session, second, "建议增加窗口。")
    return session


def violations(page: Page) -> list[str]:
    """What axe finds in the desk's own part of the page; the frame around it is Wagtail's."""
    found = Axe().run(page, context="#main").response["violations"]
    return [f"{row['id']}: {node['html']}" for row in found for node in row["nodes"]]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("() => document.documentElement.scrollWidth > innerWidth"))


def test_a_statement_becomes_an_opinion_by_one_click(
    new_page: NewPage, unit: Unit, editor: User, live_server: Any
) -> None:
    session = make_past_hearing(unit)
    page = enter(new_page(), editor, live_server)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(reverse("hearing:show", args=[session.pk]))
        assert (violations(page), sideways(page)) == ([], False)
    page.get_by_label("发言针对").select_option(label="整份草案")
    page.get_by_role("button", name="转入意见登记").click()
    expect(page.get_by_text("已转入意见登记：1号意见。").first).to_be_visible()
    assert Opinion.objects.get().text == "建议周日也开放。"
    assert HearingStatement.objects.filter(opinion_number=1).count() == 1


def test_typed_words_of_the_record_are_not_lost_unasked(
    new_page: NewPage, unit: Unit, editor: User, live_server: Any
) -> None:
    """Another form of the screen is sent: the browser asks before what isn't saved goes."""
    session = make_past_hearing(unit)
    page = enter(new_page(), editor, live_server)
    page.goto(reverse("hearing:show", args=[session.pk]))
    expect(page.locator("form[data-controller='w-unsaved']")).to_have_count(2)
    page.wait_for_timeout(3000)  # Wagtail notes what the form held a while after loading,
    page.get_by_label("四、辩论").fill("双方就开放时间辩论。")
    page.wait_for_timeout(2000)  # and what changed a moment after typing.
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="转入意见登记").click()
    expect(page.get_by_label("四、辩论")).to_have_value("双方就开放时间辩论。")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="保存笔录").click()
    expect(page.get_by_text("笔录已保存。")).to_be_visible()
    assert asked == ["beforeunload"]


def test_from_a_suggestion_to_the_report(
    new_page: NewPage, unit: Unit, editor: User, live_server: Any
) -> None:
    event = make_past(unit)
    page = enter(new_page(360), editor, live_server)
    page.goto(f"{reverse('hearing:suggest')}?event={event.pk}")
    assert violations(page) == []
    page.get_by_label("建议内容").fill("周日上午也开放一个窗口。")
    page.get_by_label("承办单位").select_option(label=unit.name)
    page.get_by_label("办理期限").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name="1号", exact=True).click()
    page.get_by_label("答复").fill("十二月起周日上午开放。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("cell", name="已答复")).to_be_visible()
    assert Suggestion.objects.get().answered_by == editor
    page.goto(reverse("hearing:report", args=[event.pk]))
    assert (violations(page), sideways(page)) == ([], False)
    page.get_by_role("button", name="生成总结").click()
    expect(page.get_by_text("已生成活动总结的草稿").first).to_be_visible()
    assert EventReportPage.objects.get().live is False


def test_the_sheet_prints_without_the_admins_frame(
    new_page: NewPage, unit: Unit, editor: User, live_server: Any
) -> None:
    session = make_past_hearing(unit)
    page = enter(new_page(), editor, live_server)
    page.goto(reverse("hearing:sheet", args=[session.pk]))
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".desk-noprint")).to_be_hidden()
    expect(page.get_by_role("heading", name="五、参加人确认签字")).to_be_visible()
