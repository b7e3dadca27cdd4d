import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from notify.email import build_email
from notify.enums import MessageState
from notify.models import Message

from .making import message, staff, unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "sent"},
        {"state": "queued", "next_try_at": None},
        {"state": "unsent"},
        {"state": "sending", "next_try_at": None},
        {"sent_at": timezone.now()},
        {"lease_until": timezone.now()},
        {"phoned_at": timezone.now()},
        {"state": "phoned", "next_try_at": None, "phoned_at": timezone.now()},
        {"withdrawn_at": timezone.now()},
        {"state": "withdrawn", "next_try_at": None},
    ],
)
def test_a_state_without_what_belongs_to_it_is_refused_by_the_database(contact, columns):
    pk = message(contact).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=pk).update(**columns)


def test_the_text_is_encrypted_and_the_name_of_a_row_tells_nothing(contact):
    row = message(contact, body="正文", secret="查询码 ABCDE", subject="标题")
    raw = Message.objects.extra(select={"a": "body", "b": "secret"}).values_list("a", "b").get()
    assert [text[:6] for text in raw] == ["gAAAAA", "gAAAAA"]
    assert str(row) == f"通知 {row.pk}"


def test_the_call_list_is_what_was_not_sent_to_people_who_are_still_known(contact, settings):
    settings.NOTIFY_EMAIL = False
    unsent, purged = message(contact), message(contact)
    settings.NOTIFY_EMAIL = True
    message(contact)
    assert set(Message.objects.to_phone()) == {unsent, purged}
    contact.name = contact.phone = contact.email = contact.person_key = ""
    contact.purged_at = timezone.now()
    contact.save()
    assert list(Message.objects.to_phone()) == []


def test_what_is_for_the_person_alone_ends_the_mail(contact):
    row = message(contact, body="正文\n", secret="查询码：7K2M")
    assert build_email(row).body == "正文\n\n查询码：7K2M\n"
    assert build_email(message(contact, body="正文\n")).body == "正文\n"


def test_a_member_of_staff_sees_the_messages_of_units_in_which_she_may_phone(contact):
    first, second = unit("甲"), unit("乙")
    mine, _others, _nobodys = (message(contact, unit=u) for u in (first, second, None))
    user = staff(first, "notify.change_message")
    assert list(Message.objects.for_user(user)) == [mine]
    assert list(Message.objects.for_user(staff(second))) == []
    user.is_active = False
    assert list(Message.objects.for_user(user)) == []
    user.is_active, user.is_superuser = True, True
    assert Message.objects.for_user(user).count() == 3


def test_states_and_channels_are_named_in_chinese():
    assert [str(state.label) for state in MessageState] == [
        "待发送",
        "发送中",
        "已发送",
        "发送失败",
        "未发送",
        "已电话告知",
        "已撤销",
    ]
