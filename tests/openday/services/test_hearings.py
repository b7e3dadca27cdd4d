"""Before, during and after a hearing: what 713 art. 16 and 17 ask for, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from openday.enums import EventKind
from openday.hearing_reading import is_ready, latest_delivery, obstacles, public_hearings
from openday.models import EventPage, Hearing, HearingStatement, Session
from openday.refusals import ChangedMeanwhile, SeatRefused
from openday.services import hearings
from openday.services.answering import cancel
from openday.services.sessions import change_session
from publishing.models import User
from tests.factories.openday import (
    make_group,
    make_officer_of,
    make_registration,
    make_session,
)
from tests.openday.hearings import (
    RECORD,
    during,
    fresh,
    latest_day,
    make_hearing,
    make_statement,
    page_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return make_hearing()


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer_of(session.event)


def prepare(session: Session, user: User) -> Hearing:
    """All that must be there before, done on the last day for it."""
    hearings.publish_participants(session=session, user=user)
    noon = timezone.make_aware(
        timezone.datetime.combine(latest_day(session), timezone.datetime.min.time())
    )
    with time_machine.travel(noon + timedelta(hours=12), tick=False):
        hearings.record_materials(session=session, day=latest_day(session), user=user)
        return hearings.mark_ready(session=session, user=user)


def test_the_list_is_published_masked_and_frozen(session: Session, officer: User) -> None:
    hearings.publish_participants(session=session, user=officer)
    make_registration(session.groups.get(), name="王五")
    (shown,) = public_hearings(page_of(session))
    assert shown.participants == [
        {"name": "张**", "audience": "群众代表"},
        {"name": "李**", "audience": "群众代表"},
    ]


def test_a_list_is_public_only_once_it_is_published(session: Session) -> None:
    assert public_hearings(page_of(session)) == []


def test_nobody_to_publish_is_refused() -> None:
    session = make_hearing()
    for row in session.registrations.all():
        cancel(registration=row)
    with pytest.raises(SeatRefused, match="还没有人确定参加"):
        hearings.publish_participants(session=session, user=make_officer_of(session.event))


def test_a_list_needs_a_public_announcement(session: Session, officer: User) -> None:
    page_of(session).unpublish()
    with pytest.raises(SeatRefused, match="公告还没有发布"):
        hearings.publish_participants(session=session, user=officer)


def test_other_events_have_no_hearing() -> None:
    session = make_session()
    make_registration(make_group(session))
    with pytest.raises(SeatRefused, match="不是听证会"):
        hearings.publish_participants(session=session, user=make_officer_of(session.event))


def test_a_hearing_is_ready_when_all_is_there(session: Session, officer: User) -> None:
    hearing = prepare(session, officer)
    assert (hearing.ready_by, is_ready(hearing), obstacles(hearing)) == (officer, True, [])


def test_what_is_missing_is_named(session: Session, officer: User) -> None:
    with pytest.raises(SeatRefused) as refusal:
        hearings.mark_ready(session=session, user=officer)
    last = latest_day(session)
    assert refusal.value.message == (
        "还不能确认准备就绪：听证参加人名单还没有公布。"
        f"还没有记录材料送达：须在会前7日，即{last.year}年{last.month}月{last.day}日以前送达。"
    )


@pytest.mark.parametrize("name", ["matters", "selection_method"])
def test_matters_and_method_must_stand_on_the_live_page(
    session: Session, officer: User, name: str
) -> None:
    """A draft of the page that has them is not enough; here the gate was passed by."""
    EventPage.objects.filter(pk=session.event_id).update(**{name: " "})
    with pytest.raises(SeatRefused, match="公告中没有"):
        prepare(session, officer)


@pytest.mark.parametrize(("late", "ready"), [(0, True), (1, False)])
def test_materials_reach_people_seven_days_before(
    session: Session, officer: User, late: int, ready: bool
) -> None:
    hearings.publish_participants(session=session, user=officer)
    day = latest_day(session) + timedelta(days=late)
    with time_machine.travel(session.starts_at - timedelta(days=2), tick=False):
        hearings.record_materials(session=session, day=day, user=officer)
        if ready:
            assert hearings.mark_ready(session=session, user=officer).ready_at
            return
        last = latest_delivery(session)
        with pytest.raises(SeatRefused, match=f"最迟应在{last.year}年{last.month}月{last.day}日"):
            hearings.mark_ready(session=session, user=officer)


def test_a_delivery_to_come_is_refused(session: Session, officer: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(SeatRefused) as refusal:
        hearings.record_materials(session=session, day=tomorrow, user=officer)
    assert refusal.value.field == "day"


def test_another_list_takes_the_readiness_back(session: Session, officer: User) -> None:
    prepare(session, officer)
    hearings.publish_participants(session=session, user=officer)
    assert Hearing.objects.get().ready_at is not None
    make_registration(session.groups.get(), name="王五")
    assert hearings.publish_participants(session=session, user=officer).ready_at is None


def test_a_hearing_that_is_moved_to_an_earlier_day_is_no_longer_ready(
    session: Session, officer: User
) -> None:
    hearing = prepare(session, officer)
    moved = fresh(session)
    for name in ("starts_at", "ends_at", "offers_until", "cancel_until", "registration_closes_at"):
        setattr(moved, name, getattr(moved, name) - timedelta(days=1))
    change_session(session=moved, user=officer)
    hearing.session = fresh(session)
    assert (is_ready(hearing), len(obstacles(hearing))) == (False, 1)


def test_after_the_beginning_nothing_before_it_changes(session: Session, officer: User) -> None:
    with during(session):
        for step in (hearings.publish_participants, hearings.mark_ready):
            with pytest.raises(SeatRefused, match="已经开始"):
                step(session=session, user=officer)


def test_before_the_beginning_there_is_no_record(session: Session, officer: User) -> None:
    with pytest.raises(SeatRefused, match="还没有开始"):
        hearings.write_record(session=session, user=officer, **RECORD)


def test_only_who_came_has_spoken(session: Session, officer: User) -> None:
    absent = make_registration(session.groups.get(), name="王五")
    with during(session):
        pass
    with time_machine.travel(session.starts_at + timedelta(hours=1), tick=False):
        absent = type(absent).objects.get(pk=absent.pk)
        type(absent).objects.filter(pk=absent.pk).update(state="no_show")
        with pytest.raises(SeatRefused, match="还没有签到"):
            make_statement(session, absent)


def test_a_participant_of_another_session_has_not_spoken_here(session: Session) -> None:
    other = make_session(session.event)
    stranger = make_registration(make_group(other, name="人大代表"))
    with during(session), pytest.raises(SeatRefused, match="不是这一场"):
        make_statement(session, stranger)


def test_the_record_closes_when_all_who_came_have_signed_or_it_says_why_not(
    session: Session, officer: User
) -> None:
    with during(session) as (first, second):
        hearings.write_record(session=session, user=officer, **RECORD)
        make_statement(session, first, signed=True)
        with pytest.raises(SeatRefused, match="还有1位到场的参加人没有发言记录"):
            hearings.close_record(session=session, user=officer)
        (silent,) = hearings.note_silent(session=session, user=officer)
        assert (silent.registration, silent.is_silent) == (second, True)
        assert hearings.note_silent(session=session, user=officer) == []
        with pytest.raises(SeatRefused, match="还有1条发言没有本人签字日期"):
            hearings.close_record(session=session, user=officer)
        silent.remark = "提前离场。"
        hearings.change_statement(statement=silent, user=officer)
        assert hearings.close_record(session=session, user=officer).closed_at == timezone.now()


def test_a_record_lacks_no_step(session: Session, officer: User) -> None:
    with during(session) as (first, _second):
        make_statement(session, first, signed=True)
        hearings.write_record(session=session, user=officer, **{**RECORD, "debate": "  "})
        with pytest.raises(SeatRefused, match="笔录还缺：辩论。"):
            hearings.close_record(session=session, user=officer)


def test_a_record_without_statements_does_not_close(session: Session, officer: User) -> None:
    with during(session):
        hearings.write_record(session=session, user=officer, **RECORD)
        with pytest.raises(SeatRefused, match="还没有登记参加人的发言"):
            hearings.close_record(session=session, user=officer)


def test_a_closed_record_holds_still(session: Session, officer: User) -> None:
    with during(session) as (first, second):
        hearings.write_record(session=session, user=officer, **RECORD)
        said = make_statement(session, first, signed=True)
        make_statement(session, second, signed=True)
        hearings.close_record(session=session, user=officer)
        with pytest.raises(ChangedMeanwhile):
            hearings.write_record(session=session, user=officer, **RECORD)
        with pytest.raises(ChangedMeanwhile):
            make_statement(session, second)
        with pytest.raises(ChangedMeanwhile):
            hearings.change_statement(statement=said, user=officer)
        with pytest.raises(ChangedMeanwhile):
            hearings.remove_statement(statement=said, user=officer)
        with pytest.raises(ChangedMeanwhile):
            hearings.close_record(session=session, user=officer)


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (1, False)])
def test_a_statement_is_signed_on_the_day_or_later(
    session: Session, officer: User, days: int, taken: bool
) -> None:
    with during(session) as (first, _second):
        said = make_statement(session, first)
        said.confirmed_on = timezone.localdate() + timedelta(days=days)
        if taken:
            assert hearings.change_statement(statement=said, user=officer).confirmed_on
            return
        with pytest.raises(SeatRefused) as refusal:
            hearings.change_statement(statement=said, user=officer)
        assert refusal.value.field == "confirmed_on"


def test_what_was_noted_by_mistake_is_taken_out(session: Session, officer: User) -> None:
    with during(session) as (first, _second):
        said = make_statement(session, first, "记错了。")
        hearings.remove_statement(statement=said, user=officer)
    assert HearingStatement.objects.count() == 0
    entries = ModelLogEntry.objects.filter(action="openday.statement").order_by("-pk")
    assert entries[0].data == {"removed": "记错了。"}


def test_words_in_the_register_are_not_changed_nor_removed(session: Session, officer: User) -> None:
    with during(session) as (first, _second):
        said = make_statement(session, first)
        HearingStatement.objects.update(opinion_number=3)
        said.text = "别的话。"
        with pytest.raises(SeatRefused, match="已转入意见登记"):
            hearings.change_statement(statement=said, user=officer)
        with pytest.raises(SeatRefused, match="已转入意见登记"):
            hearings.remove_statement(statement=said, user=officer)


def test_each_step_is_in_the_audit_trail(session: Session, officer: User) -> None:
    prepare(session, officer)
    with during(session) as (first, _second):
        hearings.write_record(session=session, user=officer, **RECORD)
        make_statement(session, first, signed=True)
        for silent in hearings.note_silent(session=session, user=officer):
            silent.remark = "提前离场。"
            hearings.change_statement(statement=silent, user=officer)
        hearings.close_record(session=session, user=officer)
    kinds = ("Hearing", "HearingStatement")
    entries = ModelLogEntry.objects.filter(content_type__model__in=[k.lower() for k in kinds])
    steps = [entry.action.partition(".")[2] for entry in entries.order_by("pk")]
    assert steps == [
        *("participants", "materials", "ready", "record", *["statement"] * 4, "closed")
    ]
    assert entries.filter(user=None).count() == 0


def test_hearings_alone_are_asked_for(django_assert_num_queries: object) -> None:
    event = make_session().event
    assert event.kind == EventKind.OPEN_DAY
    with django_assert_num_queries(0):  # type: ignore[operator] # a pytest-django fixture
        assert public_hearings(event) == []
