"""场次与名额: figures as bars and words, computed times, refusals beside their fields, moves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notify.models import Message
from openday.desk_reading import glance
from openday.enums import SeatMethod, State
from openday.models import Audience, EventPage, Registration, SeatGroup, Session
from openday.session_times import default_times
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event, make_group, make_registration, make_session
from tests.openday.desk import furnish

pytestmark = pytest.mark.django_db
DERIVED = ("registration_opens_at", "registration_closes_at", "cancel_until", "offers_until")


@pytest.fixture
def event(db: None) -> EventPage:
    return make_event(unit=make_office("党政办"))


@pytest.fixture
def desk(event: EventPage) -> Client:
    return signed_in(make_officer(event.unit, Role.EDITOR))


def written(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def nine(days: int) -> datetime:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def typed(session: Session | None = None, **changed: Any) -> dict[str, Any]:
    """What the form sends for the session as it is, but for what is changed."""
    names = ("starts_at", "ends_at", *DERIVED)
    times = {name: written(getattr(session, name)) for name in names} if session else {}
    base: dict[str, Any] = {"title": "", "place": "", "capacity": 10, "offer_hours": 24, **times}
    if session:
        base |= {"capacity": session.capacity, "computed_from": written(session.starts_at)}
    return {**base, **changed}


def test_a_new_session_has_its_times_computed_from_the_start(
    desk: Client, event: EventPage
) -> None:
    start = nine(60)
    data = typed(starts_at=written(start), ends_at=written(start + timedelta(hours=3)))
    reply = desk.post(reverse("seats:add_session", args=[event.pk]), data)
    session = event.sessions.get()
    assert reply["Location"] == reverse("seats:add_group", args=[session.pk])
    assert {name: getattr(session, name) for name in DERIVED} == default_times(start)
    assert session.registration_opens_at == nine(30)


@pytest.mark.parametrize("hours", [2, 20, 30, 80, 100, 24 * 20, 24 * 90])
def test_computed_times_are_in_order_however_near_the_start(hours: int) -> None:
    now = timezone.now()
    start = now + timedelta(hours=hours)
    times = default_times(start, now)
    assert times["registration_opens_at"] < times["registration_closes_at"]
    assert times["registration_closes_at"] <= times["offers_until"] <= start
    assert times["cancel_until"] <= start


def test_a_time_that_was_changed_by_hand_does_not_move_with_the_start(desk: Client, event) -> None:
    start = nine(60)
    session = make_session(event, starts_at=start, **default_times(start))
    by_hand = start - timedelta(days=5)
    later = start + timedelta(days=10)
    data = typed(
        session,
        starts_at=written(later),
        ends_at=written(later + timedelta(hours=3)),
        registration_closes_at=written(by_hand),
    )
    desk.post(reverse("seats:change_session", args=[session.pk]), data)
    session.refresh_from_db()
    assert session.registration_closes_at == by_hand
    assert session.offers_until == default_times(later)["offers_until"]


def test_the_button_computes_and_saves_nothing(desk: Client, event: EventPage) -> None:
    start = nine(60)
    data = typed(starts_at=written(start), title="上午场", fill="1")
    page = desk.post(reverse("seats:add_session", args=[event.pk]), data)
    words = page.content.decode()
    assert (page.status_code, event.sessions.count()) == (200, 0)
    times = [written(moment) for moment in default_times(start).values()]
    assert [time for time in [*times, "上午场"] if time not in words] == []


@pytest.mark.parametrize(
    ("field", "days", "words"),
    [
        ("ends_at", -1, "结束时间必须晚于开始时间"),
        ("registration_closes_at", -200, "报名截止必须晚于报名开始"),
        ("cancel_until", 1, "不能晚于开始时间"),
        ("offers_until", 1, "不能晚于开始时间"),
    ],
)
def test_times_in_the_wrong_order_are_told_beside_the_field(
    desk: Client, event: EventPage, field: str, days: int, words: str
) -> None:
    start = nine(60)
    moments = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
    moments[field] = start + timedelta(days=days)
    data = typed(title="上午场", **{name: written(moment) for name, moment in moments.items()})
    page = desk.post(reverse("seats:add_session", args=[event.pk]), data)
    form = page.context["form"]
    assert (page.status_code, words in str(form.errors[field])) == (422, True)
    assert form["title"].value() == "上午场"


def test_fewer_seats_than_are_held_are_refused_with_the_number(desk: Client, event) -> None:
    session = make_session(event, capacity=5)
    group = make_group(session)
    for _n in range(3):
        make_registration(group)
    page = desk.post(reverse("seats:change_session", args=[session.pk]), typed(session, capacity=2))
    assert "已有3个名额被占用" in str(page.context["form"].errors["capacity"])
    assert page.context["form"]["capacity"].value() == "2"


def test_a_move_asks_until_when_to_confirm_and_says_how_many_are_told(desk, event) -> None:
    session = make_session(event)
    row = make_registration(make_group(session))
    address = reverse("seats:change_session", args=[session.pk])
    moved = typed(session, place="测试镇礼堂")
    page = desk.post(address, moved)
    assert "保存后1位报名人都会收到通知" in str(page.context["form"].errors["reconfirm_by"])
    assert Message.objects.filter(kind="openday_moved").count() == 0
    by = session.starts_at - timedelta(days=2)
    desk.post(address, {**moved, "reconfirm_by": written(by)})
    row.refresh_from_db()
    assert row.reconfirm_by == by
    assert Message.objects.filter(kind="openday_moved").count() == 1


def test_what_moves_nobody_asks_nobody(desk: Client, event: EventPage) -> None:
    session = make_session(event)
    row = make_registration(make_group(session))
    data = typed(session, capacity=12, reconfirm_by=written(nine(3)))
    desk.post(reverse("seats:change_session", args=[session.pk]), data)
    row.refresh_from_db()
    session.refresh_from_db()
    assert (session.capacity, session.moved_at, row.reconfirm_by) == (12, None, None)


def test_a_session_is_called_off_with_a_reason_after_asking(desk: Client, event) -> None:
    session = make_session(event)
    row = make_registration(make_group(session))
    address = reverse("seats:cancel_session", args=[session.pk])
    assert "将通知1位报名人" in desk.get(address).content.decode()
    page = desk.post(address, {"reason": " "})
    assert "请写明取消原因" in str(page.context["form"].errors["reason"])
    desk.post(address, {"reason": "停电"})
    row.refresh_from_db()
    assert row.state == State.REVOKED
    assert desk.get(address).status_code == 404


def group_data(audience: Audience, **changed: Any) -> dict[str, Any]:
    base = {"audience": audience.pk, "method": "first_come", "quota": 5, "minimum": 0}
    return {**base, "sort_order": 0, **changed}


def test_groups_are_added_and_a_named_one_shows_its_code(desk: Client, event: EventPage) -> None:
    session = make_session(event)
    data = group_data(Audience.objects.create(name="老干部"), method="invited")
    reply = desk.post(reverse("seats:add_group", args=[session.pk]), {**data, "then-next": "1"})
    assert reply["Location"] == reverse("seats:add_group", args=[session.pk])
    code = SeatGroup.objects.get(session=session).invitation_code
    assert len(code) == 8
    assert code in desk.get(reverse("seats:event", args=[event.pk])).content.decode()


def test_a_new_group_stands_behind_the_others(group: SeatGroup, desk: Client) -> None:
    SeatGroup.objects.filter(pk=group.pk).update(sort_order=7)
    page = desk.get(reverse("seats:add_group", args=[group.session_id]))
    assert page.context["form"]["sort_order"].value() == 8


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"minimum": 6}, "minimum", "不能超过最多名额"),
        ({"quota": 0}, "quota", "1"),
        ({"quota": 40, "minimum": 30}, "minimum", "超过总名额"),
        ({"method": "draw"}, "decided_by", "公布日期"),
        ({"method": "draw", "decided_by": "2030-01-01"}, "method", "必须在报名开始前公布"),
    ],
)
def test_a_groups_refusals_stand_beside_their_fields(
    desk: Client, event: EventPage, changed: dict[str, Any], field: str, words: str
) -> None:
    session = make_session(event)
    data = group_data(Audience.objects.create(name="老干部"), waiting_limit=7, **changed)
    page = desk.post(reverse("seats:add_group", args=[session.pk]), data)
    form = page.context["form"]
    assert (page.status_code, words in str(form.errors[field])) == (422, True)
    assert (form["waiting_limit"].value(), session.groups.count()) == ("7", 0)


def test_one_audience_has_one_group_in_a_session(desk: Client, event: EventPage) -> None:
    group = make_group(make_session(event))
    data = group_data(group.audience)
    page = desk.post(reverse("seats:add_group", args=[group.session_id]), data)
    assert "已经有这个类别" in str(page.context["form"].errors["audience"])


def test_the_method_of_a_group_stays(desk: Client, event: EventPage) -> None:
    group = make_group(make_session(event))
    data = group_data(group.audience, method="review", quota=7)
    desk.post(reverse("seats:change_group", args=[group.pk]), data)
    group.refresh_from_db()
    assert (group.method, group.quota) == (SeatMethod.FIRST_COME, 7)


def test_a_quota_below_the_held_seats_is_refused(desk: Client, event: EventPage) -> None:
    group = make_group(make_session(event))
    for _n in range(2):
        make_registration(group)
    data = group_data(group.audience, quota=1)
    page = desk.post(reverse("seats:change_group", args=[group.pk]), data)
    assert "已有2个名额被占用" in str(page.context["form"].errors["quota"])


def test_a_group_goes_only_while_nobody_registered(desk: Client, event: EventPage) -> None:
    session = make_session(event)
    empty, taken = make_group(session), make_group(session)
    make_registration(taken)
    for group in (empty, taken):
        desk.post(reverse("seats:remove_group", args=[group.pk]))
    assert list(session.groups.all()) == [taken]


def test_figures_stand_in_bars_and_in_words() -> None:
    office = furnish()
    seen = {row.group.pk: row for row in glance([office.session])[0].groups}
    first = seen[office.group.pk]
    assert (first.taken, first.offered, first.waiting, first.free) == (1, 0, 1, 0)
    assert [(part.kind, part.width) for part in first.parts] == [("taken", 50), ("waiting", 50)]
    assert seen[office.review.pk].open == 2
    page = office.client().get(reverse("seats:event", args=[office.event.pk])).content.decode()
    assert "已定1，待确认0，候补1；最多1，现余0" in page
    assert 'class="seats-taken" x="0.00" y="0" width="50.00"' in page
    assert "style=" not in page.partition("<main")[2].partition("</main")[0]


def test_a_kept_minimum_and_a_lapsed_offer_are_seen_as_they_are(event: EventPage) -> None:
    session = make_session(event, capacity=3)
    group = make_group(session, quota=2, minimum=2)
    row = make_registration(group)
    Registration.objects.filter(pk=row.pk).update(
        state=State.OFFERED, offer_expires_at=timezone.now() + timedelta(hours=1)
    )
    now = glance([session])[0].groups[0]
    assert (now.offered, now.kept) == (1, 1)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        later = glance([session])[0].groups[0]
    assert (later.offered, later.kept) == (0, 2)


def test_many_sessions_ask_as_few_queries_as_one(desk: Client, event: EventPage) -> None:
    def asked(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    make_registration(make_group(make_session(event)))
    addresses = [reverse("seats:event", args=[event.pk]), reverse("session:index")]
    once = [asked(address) for address in addresses]
    for _n in range(3):
        make_registration(make_group(make_session(event)))
    assert [asked(address) for address in addresses] == once
