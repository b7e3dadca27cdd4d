"""An event with everything on its pages, and the ways that a citizen takes through them."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from playwright.sync_api import Page, expect

from consultation.models import DecisionDraftPage
from openday.enums import SeatMethod, State
from openday.models import (
    EventCondition,
    EventIndexPage,
    EventPage,
    EventReportPage,
    PlannedEvent,
    ProgrammeItem,
    Registration,
    SeatGroup,
    Session,
)
from openday.services.answering import cancel
from openday.services.drawing import freeze_list, run_draw
from openday.services.hearings import publish_participants
from openday.services.sessions import change_session
from people.throttle import reset_limits
from tests.factories.consultation import make_notice
from tests.factories.openday import (
    make_drawn_group,
    make_event,
    make_event_index,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    next_phone,
    publish,
)
from tests.openday.hearings import make_hearing, page_of
from tests.openday.reporting import (
    after,
    make_past_event,
    make_photo,
    make_report,
    make_suggestion,
)

Way = Callable[[Page, str, SeatGroup], None]


def make_open_event() -> SeatGroup:
    """Two seats for the people, of an event with everything on its page."""
    reset_limits()
    make_notice()
    event = make_event(
        title="便民服务中心开放日",
        directions="坐 1 路公交到镇政府站，从东门进。",
        access_notes="有轮椅坡道和电梯，有方言翻译。",
    )
    event.programme = [ProgrammeItem(time="9:00–9:30", content="参观办事大厅")]
    event.conditions = [EventCondition(text="年满18周岁"), EventCondition(text="住在本镇")]
    session = make_session(event, capacity=8, title="上午场")
    people = make_group(session, quota=2, minimum=1, name="群众代表")
    make_group(session, method=SeatMethod.REVIEW, quota=3, name="老干部")
    make_group(session, method=SeatMethod.INVITED, quota=1, name="特邀代表")
    make_drawn_group(session, quota=2, waiting_limit=1, name="妇女代表")
    publish(event)
    people.session = Session.objects.get(pk=session.pk)
    plan_of(people.session.event)
    return people


def make_hearing_about(draft: DecisionDraftPage) -> EventPage:
    """A hearing whose list of participants is public; the draft's page shows it."""
    session = make_hearing(subjects=(draft,))
    publish_participants(session=session, user=make_officer_of(session.event))
    return page_of(session)


def make_reported_event() -> EventReportPage:
    """A report with a photo, and suggestions of which one stays unpublished."""
    event = make_past_event()
    with after(event):
        make_suggestion(event)
        make_suggestion(event, "不公开的建议", is_public=False)
        return make_report(event, photos=[make_photo()])


def fill_in(page: Page, phone: str) -> None:
    page.get_by_label("群众代表").check(force=True)
    page.get_by_label("姓名").fill("李四")
    page.get_by_label("联系电话").fill(phone)
    page.locator('label[for="id_conditions"]').click()
    page.locator('label[for="id_consent"]').click()


def look_up(page: Page, row: Registration, prefix: str = "") -> None:
    page.goto(f"{prefix}/registrations/")
    page.get_by_label("报名编号").fill(row.receipt.number)
    page.get_by_label("查询码").fill(row.receipt.code)
    page.get_by_role("button", name="查询").click()


def plan_of(event: EventPage) -> None:
    column = EventIndexPage.objects.get(pk=make_event_index().pk)
    year = event.sessions.all()[0].starts_at.year
    for number, month in enumerate((3, 9)):
        PlannedEvent.objects.create(
            page=column,
            year=year - number,
            month=month,
            kind="open_day",
            theme="看办事流程",
            event=event if not number else None,
            unit=event.unit,
        )


def event_addresses(seats: SeatGroup) -> dict[str, str]:
    """What is reached by its address alone."""
    event, session = seats.session.event, seats.session
    column = make_event_index().url
    draw = session.groups.get(method=SeatMethod.DRAW)
    return {
        "events": column,
        "events, none": f"{column}?when=past",
        "event": event.url,
        "registering": f"{event.url}register/{session.pk}/",
        "event's poster": f"{event.url}poster/",
        "draw": f"{event.url}draws/{draw.pk}/",
        "registrations' look-up": "/registrations/",
    }


def show_form(page: Page, prefix: str, seats: SeatGroup) -> None:
    page.goto(f"{prefix}{seats.session.event.url}register/{seats.session_id}/")


def send(page: Page) -> None:
    expect(page.get_by_text("验证已通过")).to_be_visible()
    page.get_by_role("button", name="提交报名").click()


def refused(page: Page, prefix: str, seats: SeatGroup) -> None:
    show_form(page, prefix, seats)
    page.get_by_role("button", name="提交报名").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def registered(page: Page, prefix: str, seats: SeatGroup) -> None:
    show_form(page, prefix, seats)
    fill_in(page, next_phone())
    send(page)
    expect(page.locator("#receipt-number")).to_be_visible()


def looked_up(page: Page, prefix: str, seats: SeatGroup) -> None:
    look_up(page, Registration.objects.latest("pk"), prefix)
    expect(page.get_by_role("heading", name="我的报名")).to_be_visible()


def giving_up(page: Page, prefix: str, seats: SeatGroup) -> None:
    looked_up(page, prefix, seats)
    page.get_by_role("button", name="取消报名").click()
    expect(page.get_by_role("button", name="确定取消")).to_be_visible()


def given_up(page: Page, prefix: str, seats: SeatGroup) -> None:
    giving_up(page, prefix, seats)
    page.get_by_role("button", name="确定取消").click()
    expect(page.locator(".notice--success")).to_be_visible()


def offered(page: Page, prefix: str, seats: SeatGroup) -> None:
    holders = [make_registration(seats) for _person in range(3)]
    cancel(registration=holders[0])
    look_up(page, holders[-1], prefix)
    expect(page.get_by_role("button", name="确认参加")).to_be_visible()


def too_late(page: Page, prefix: str, seats: SeatGroup) -> None:
    show_form(page, prefix, seats)
    fill_in(page, next_phone())
    with time_machine.travel(seats.session.registration_closes_at + timedelta(minutes=1)):
        page.get_by_role("button", name="提交报名").click()
        expect(page.get_by_text("您填写的内容")).to_be_visible()


def listed_for_the_draw(page: Page, prefix: str, seats: SeatGroup) -> None:
    group = seats.session.groups.get(method=SeatMethod.DRAW)
    for _person in range(4):
        make_registration(group)
    with time_machine.travel(seats.session.registration_closes_at + timedelta(minutes=1)):
        freeze_list(group=group, user=make_officer_of(seats.session.event))
    page.goto(f"{prefix}{seats.session.event.url}draws/{group.pk}/?frozen")
    expect(page.get_by_role("heading", name="参加抽签的名单")).to_be_visible()


def drawn(page: Page, prefix: str, seats: SeatGroup) -> None:
    group = seats.session.groups.get(method=SeatMethod.DRAW)
    officer = make_officer_of(seats.session.event)
    with time_machine.travel(seats.session.registration_closes_at + timedelta(minutes=2)):
        run_draw(group=group, user=officer, digits="135246", witness="测试镇纪委")
    page.goto(f"{prefix}{seats.session.event.url}draws/{group.pk}/?drawn")
    expect(page.get_by_text("全部相符")).to_be_visible()


def asked_again(page: Page, prefix: str, seats: SeatGroup) -> None:
    """The session was moved to another place: who had a seat says once more that they come."""
    session = Session.objects.get(pk=seats.session.pk)
    holder = session.registrations.filter(state=State.CONFIRMED).latest("pk")
    session.place = "镇文化站"
    change_session(
        session=session,
        user=make_officer_of(session.event),
        reconfirm_by=session.starts_at - timedelta(days=1),
    )
    look_up(page, holder, prefix)
    expect(page.get_by_role("button", name="我仍会参加")).to_be_visible()


EVENT_WAYS: dict[str, Way] = {
    "registering, refused": refused,
    "registered": registered,
    "own registration": looked_up,
    "giving up": giving_up,
    "given up": given_up,
    "offered": offered,
    "registered too late": too_late,
    "listed for the draw": listed_for_the_draw,
    "drawn": drawn,
    "asked again": asked_again,
}
