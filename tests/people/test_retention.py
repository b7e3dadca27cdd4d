from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from people import retention
from people.models import BurntChallenge, Contact
from people.retention import purge
from people.services import create_contact

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False) as clock:
        yield clock


def contact(purge_after):
    made = create_contact(name="测试人", phone="13800001234", email="a@example.com", address="某村")
    Contact.objects.filter(pk=made.pk).update(purge_after=purge_after)
    return made.pk


def columns(pk):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, phone, email, address, person_key FROM people_contact WHERE id = %s", [pk]
        )
        return cursor.fetchone()


def test_whose_time_is_over_is_emptied_and_the_others_stay():
    over, last_day, unlimited = (contact(day) for day in (TODAY - timedelta(days=1), TODAY, None))
    assert purge() == 1
    assert columns(over) == ("", "", "", "", "")
    assert Contact.objects.get(pk=over).purged_at == timezone.now()
    for kept in (last_day, unlimited):
        assert Contact.objects.get(pk=kept).name == "测试人"
        assert Contact.objects.get(pk=kept).purged_at is None
    assert Contact.objects.count() == 3


def test_the_day_is_that_of_shanghai(noon):
    pk = contact(TODAY)
    noon.move_to(datetime(2026, 11, 22, 15, 59, tzinfo=UTC))
    assert purge() == 0
    noon.move_to(datetime(2026, 11, 22, 16, 1, tzinfo=UTC))
    assert purge() == 1
    assert columns(pk) == ("", "", "", "", "")


def test_a_second_run_changes_and_logs_nothing(noon):
    pk = contact(TODAY - timedelta(days=1))
    purge()
    first = Contact.objects.values().get(pk=pk)
    noon.shift(timedelta(hours=6))
    assert purge() == 0
    assert Contact.objects.values().get(pk=pk) == first
    assert ModelLogEntry.objects.count() == 1


def test_the_audit_log_says_how_many_and_nothing_of_whom(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _person in range(3):
        contact(TODAY - timedelta(days=1))
    assert purge() == 3
    entries = ModelLogEntry.objects.order_by("pk")
    assert [(entry.action, entry.data) for entry in entries] == [
        ("people.purge", {"count": 2}),
        ("people.purge", {"count": 1}),
    ]
    assert entries[0].formatter.format_message(entries[0]) == "清除到期的个人信息 2 条"
    assert {entry.label for entry in entries} == {"联系方式"}


def test_challenges_that_have_expired_are_forgotten():
    now = timezone.now()
    for digest, seconds in (("old", -1), ("new", 1)):
        expires_at = now + timedelta(seconds=seconds)
        BurntChallenge.objects.create(digest=digest, expires_at=expires_at)
    purge()
    assert [challenge.digest for challenge in BurntChallenge.objects.all()] == ["new"]


def test_the_task_goes_by_the_name_in_the_schedule(settings):
    pk = contact(TODAY - timedelta(days=1))
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "people.purge" in names
    current_app.tasks["people.purge"].apply()
    assert columns(pk) == ("", "", "", "", "")
