"""What registrations hold of people goes after its time, wholly; numbers and figures stay."""

import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notify.models import Message
from notify.services import empty_messages
from openday.enums import State
from openday.models import EventPage, Registration, SeatGroup, Session
from openday.refusals import SeatRefused
from openday.report_gate import missing
from openday.services.answering import cancel
from openday.services.checking_in import check_in, undo_check_in
from openday.services.registering import Applicant, register
from openday.services.reminding import remind
from openday.services.reports import create_report, figures_of
from openday.services.retention import purge_registrations, set_purge_days
from openday.services.sweeping import sweep
from people.models import Contact
from people.retention import purge
from publishing.models import SiteProfile
from tests.factories.consultation import make_notice
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)

pytestmark = pytest.mark.django_db

PERSON = Applicant(
    name="欧阳测试",
    phone="13899998888",
    email="ouyang@example.com",
    address="测试村八组",
    access_needs="需要轮椅坡道",
    transport="自驾电动三轮",
    photo_consent=True,
)


@pytest.fixture
def person(group: SeatGroup) -> Registration:
    key = "7b0f1f4c-9f3b-4c86-a4a3-4b7f2ce0c001"
    return register(group=group, applicant=PERSON, idempotency_key=key, notice=make_notice())


def last_day(session: Session) -> date:
    return timezone.localdate(session.ends_at) + timedelta(days=90)


def noon(day: date) -> time_machine.travel:
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    return time_machine.travel(moment, tick=False)


def all_purges() -> tuple[int, int, int]:
    return purge_registrations(), purge(), empty_messages()


def dump() -> str:
    """Every row of every table, as a backup holds it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the tables' own names
            rows += cursor.fetchall()
    return repr(rows)


def stored(row: Registration) -> list[str]:
    """What the database holds of the person, as it is stored."""
    columns = {
        "people_contact": ("name", "phone", "email", "address", "person_key"),
        "openday_registration": ("person_key", "access_needs", "transport"),
        "notify_message": ("body", "short", "secret", "calendar"),
    }
    keys = {
        "people_contact": ("id", row.contact_id),
        "openday_registration": ("id", row.pk),
        "notify_message": ("contact_id", row.contact_id),
    }
    found = []
    with connection.cursor() as cursor:
        for table, names in columns.items():
            column, key = keys[table]
            cursor.execute(
                f"SELECT {', '.join(names)} FROM {table} WHERE {column} = %s",  # noqa: S608 - names of this test
                [key],
            )
            found += [value for values in cursor.fetchall() for value in values if value]
    return found


def test_nothing_readable_is_left_in_a_dump(person: Registration) -> None:
    before, secrets = dump(), stored(person)
    assert [secret in before for secret in secrets] == [True] * len(secrets)
    assert len(secrets) >= 11
    with noon(last_day(person.session) + timedelta(days=1)):
        assert all_purges() == (1, 1, 1)
        after = dump()
    plain = [PERSON.name, PERSON.phone, PERSON.email, PERSON.address, PERSON.access_needs]
    left = [word for word in [*plain, PERSON.transport, *secrets] if word in after]
    assert (left, stored(person)) == ([], [])


def test_what_staff_wrote_of_a_person_goes_too(person: Registration) -> None:
    officer, words = make_officer_of(person.session.event), "欧阳来电：电话改为13899990000"
    with time_machine.travel(person.session.starts_at, tick=False):
        number, nonce = person.receipt.number, person.idempotency_key
        check_in(session=person.session, number=number, user=officer, nonce=nonce)
        undo_check_in(registration=person, user=officer, reason=words)
        cancel(registration=person, user=officer, reason=words)
    with noon(last_day(person.session) + timedelta(days=1)):
        assert (purge_registrations(), words in dump()) == (1, False)
        assert purge_registrations() == 0
    assert list(person.transitions.exclude(reason="")) == []


@pytest.mark.parametrize(("days", "emptied"), [(0, 0), (1, 1)])
def test_it_is_kept_to_the_end_of_its_last_day(
    person: Registration, days: int, emptied: int
) -> None:
    with noon(last_day(person.session) + timedelta(days=days)):
        assert purge_registrations() == emptied


def test_the_sites_own_period_holds(person: Registration) -> None:
    SiteProfile.objects.update(event_retention_days=7)
    with noon(timezone.localdate(person.session.ends_at) + timedelta(days=8)):
        assert purge_registrations() == 1


def test_a_second_run_changes_and_logs_nothing(person: Registration) -> None:
    with noon(last_day(person.session) + timedelta(days=1)):
        all_purges()
        entries, before = ModelLogEntry.objects.count(), dump()
        assert all_purges() == (0, 0, 0)
        assert (ModelLogEntry.objects.count(), dump()) == (entries, before)


def test_it_is_logged_by_number_alone(person: Registration) -> None:
    with noon(last_day(person.session) + timedelta(days=1)):
        purge_registrations()
    entry = ModelLogEntry.objects.get(action="openday.purge")
    assert (entry.data, entry.message) == ({"count": 1}, "按保存期限清除1人的报名信息")


def test_in_whichever_order_the_tasks_run(person: Registration) -> None:
    with noon(last_day(person.session) + timedelta(days=1)):
        set_purge_days(event=person.session.event)
        assert (purge(), empty_messages(), purge_registrations()) == (1, 1, 1)
    assert stored(person) == []


def test_needs_go_with_or_without_a_key(person: Registration) -> None:
    """Somebody without a key of their own: what they need is personal all the same."""
    Registration.objects.update(person_key="")
    with noon(last_day(person.session) + timedelta(days=1)):
        assert purge_registrations() == 1
        assert purge_registrations() == 0
    row = Registration.objects.get()
    assert (row.access_needs, row.transport) == ("", "")


def test_a_later_session_of_the_event_keeps_its_people(group: SeatGroup) -> None:
    early = make_registration(group)
    session = group.session
    begins = session.starts_at + timedelta(days=100)
    later = make_session(session.event, starts_at=begins, registration_opens_at=timezone.now())
    kept = make_registration(make_group(later))
    with noon(last_day(session) + timedelta(days=1)):
        assert all_purges()[:2] == (1, 1)
    known = dict(Registration.objects.values_list("pk", "person_key"))
    assert (known[early.pk], bool(known[kept.pk])) == ("", True)


def test_a_session_that_moved_is_counted_from_its_new_end(person: Registration) -> None:
    session = person.session
    old = last_day(session)
    with noon(timezone.localdate(session.ends_at) + timedelta(days=1)):
        purge_registrations()
        Session.objects.update(
            starts_at=session.starts_at + timedelta(days=5),
            ends_at=session.ends_at + timedelta(days=5),
        )
        set_purge_days(event=EventPage.objects.get())
    assert Contact.objects.get(pk=person.contact_id).purge_after == old + timedelta(days=5)


def test_figures_and_numbers_stay(person: Registration) -> None:
    session = person.session
    officer = make_officer_of(session.event)
    with time_machine.travel(session.starts_at, tick=False):
        check_in(
            session=session,
            number=person.receipt.number,
            user=officer,
            nonce=person.idempotency_key,
        )
    before = figures_of(session.event)
    with noon(last_day(session) + timedelta(days=1)):
        all_purges()
    row = Registration.objects.get()
    assert figures_of(session.event) == before
    assert (row.state, row.receipt.number) == (State.ATTENDED, person.receipt.number)
    assert (row.contact.masked_name, row.contact.masked_phone) == ("匿名", "")


def test_what_runs_afterwards_does_not_fail() -> None:
    """The report was never published: the purge came first, and it can still be made."""
    event = make_event()
    session = make_session(event)
    row = make_registration(make_group(session), email="a@example.com")
    publish(event)
    officer = make_officer_of(event)
    with time_machine.travel(session.starts_at, tick=False):
        number, nonce = row.receipt.number, row.idempotency_key
        check_in(session=session, number=number, user=officer, nonce=nonce)
    with noon(last_day(session) + timedelta(days=1)):
        all_purges()
        assert (remind(), sweep()) == (0, 0)
        with pytest.raises(SeatRefused, match="已经签到"):
            check_in(session=session, number=number, user=officer, nonce=uuid.uuid4())
        report = create_report(event=EventPage.objects.get(pk=event.pk), user=officer)
        report.narrative = "<p>看了大厅。</p>"
        assert missing(report) == []
        told = Message.objects.count()
        publish(report)
    assert report.versions.get().figures["came"] == 1
    assert Message.objects.count() == told
