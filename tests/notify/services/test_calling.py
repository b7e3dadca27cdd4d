import threading

import pytest
from django.db import connection, connections
from wagtail.models import ModelLogEntry

from notify.models import Message
from notify.services import (
    NotToPhone,
    NotYours,
    empty_messages,
    record_many_phoned,
    record_phoned,
)
from people.retention import purge
from people.services import create_contact

from ..making import message, staff, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(db):
    return unit("甲单位")


@pytest.fixture
def clerk(ours):
    return staff(ours, "notify.change_message")


@pytest.fixture
def unsent(contact, ours, settings):
    settings.NOTIFY_EMAIL = False
    return message(contact, unit=ours)


def test_a_call_is_kept_with_who_made_it_and_logged(unsent, clerk):
    done = record_phoned(message_id=unsent.pk, user=clerk, note=" 本人接听 ")
    kept = Message.objects.get()
    assert (kept.state, kept.phoned_by, kept.phone_note) == ("phoned", clerk, "本人接听")
    assert kept.phoned_at == done.phoned_at
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("notify.phoned", clerk, str(unsent.pk))
    assert (entry.label, entry.data) == (f"通知 {unsent.pk}", {})
    assert list(Message.objects.to_phone()) == []


def test_the_second_to_phone_reads_who_was_first(unsent, clerk, ours):
    record_phoned(message_id=unsent.pk, user=clerk)
    with pytest.raises(NotToPhone, match="李某"):
        record_phoned(message_id=unsent.pk, user=staff(ours, "notify.change_message"))
    assert ModelLogEntry.objects.count() == 1


@pytest.mark.parametrize("state", ["sent", "queued"])
def test_what_was_sent_or_will_be_is_not_phoned(contact, ours, clerk, mailoutbox, state):
    row = message(contact, unit=ours)
    if state == "sent":
        Message.objects.update(state="sent", next_try_at=None, sent_at=row.created_at)
    with pytest.raises(NotToPhone, match="不需要"):
        record_phoned(message_id=row.pk, user=clerk)


def test_another_units_message_is_refused(unsent):
    stranger = staff(unit("乙单位"), "notify.change_message")
    colleague_without_right = staff(unsent.unit)
    for user in (stranger, colleague_without_right):
        with pytest.raises(NotYours):
            record_phoned(message_id=unsent.pk, user=user)
        with pytest.raises(NotYours):
            record_many_phoned(message_ids=[unsent.pk], user=user)
    assert Message.objects.get().state == "unsent"


def test_several_are_kept_and_those_that_somebody_has_done_are_left(contact, ours, clerk, settings):
    settings.NOTIFY_EMAIL = False
    rows = [message(contact, unit=ours) for _ in range(3)]
    first = staff(ours, "notify.change_message")
    record_phoned(message_id=rows[0].pk, user=first, note="先")
    ids = [row.pk for row in rows]
    assert record_many_phoned(message_ids=ids, user=clerk, note="后") == 2
    kept = Message.objects.order_by("pk").values_list("phoned_by", "phone_note")
    assert list(kept) == [(first.pk, "先"), (clerk.pk, "后"), (clerk.pk, "后")]


def test_after_the_purge_the_text_goes_too_and_nobody_is_phoned(contact, unsent, clerk):
    Message.objects.update(secret="查询码：7K2M")
    other = message(create_contact(phone="13900001234"), body="留下", secret="也留下")
    contact.purge_after = "2020-01-01"
    contact.save()
    purge()
    assert empty_messages() == 1
    texts = {row.pk: (row.body, row.secret) for row in Message.objects.all()}
    assert texts == {unsent.pk: ("", ""), other.pk: ("留下", "也留下")}
    assert empty_messages() == 0
    with pytest.raises(NotToPhone):
        record_phoned(message_id=unsent.pk, user=clerk)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_eight_at_once_one_has_phoned(settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    settings.NOTIFY_EMAIL = False
    ours = unit("甲单位")
    row = message(create_contact(phone="13800001234"), unit=ours)
    clerks = [staff(ours, "notify.change_message") for _ in range(8)]
    outcomes, start = [], threading.Barrier(8)

    def phone(clerk):
        start.wait()
        try:
            record_phoned(message_id=row.pk, user=clerk)
            outcomes.append("done")
        except NotToPhone:
            outcomes.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=phone, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["too late"] * 7
    assert ModelLogEntry.objects.filter(action="notify.phoned").count() == 1
