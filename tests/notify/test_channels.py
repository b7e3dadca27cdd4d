"""Which way a message goes, for every person and every configuration."""

import pytest
from django.utils import timezone

from notify.models import Message
from notify.services import Notice, deliver, empty_messages, enqueue_many
from people.encrypted import encrypted_fields
from people.phones import mobile_digits
from people.services import create_contact

from .making import message, unit

pytestmark = pytest.mark.django_db
MAIL, MOBILE, LANDLINE = "reader@example.com", "13800001234", "0832-5550123"
TEMPLATES = {"reminder": {"id": "T-1", "values": ["day"]}}


@pytest.mark.parametrize(
    ("by_mail", "by_sms", "email", "phone", "short", "expected"),
    [
        (True, True, MAIL, MOBILE, "短", ("queued", "email")),
        (True, True, "", MOBILE, "短", ("queued", "sms")),
        (False, True, MAIL, MOBILE, "短", ("queued", "sms")),
        (True, True, "", LANDLINE, "短", ("unsent", "phone")),
        (True, True, "", "+85291234567", "短", ("unsent", "phone")),
        (True, True, "", MOBILE, "", ("unsent", "phone")),
        (True, True, MAIL, LANDLINE, "", ("queued", "email")),
        (True, False, "", MOBILE, "短", ("unsent", "phone")),
        (False, False, MAIL, MOBILE, "短", ("unsent", "phone")),
    ],
)
def test_the_way_of_a_message(settings, by_mail, by_sms, email, phone, short, expected):
    settings.NOTIFY_EMAIL = by_mail
    settings.SMS_GATEWAY_URL = "https://sms.example.org/send" if by_sms else ""
    row = message(create_contact(phone=phone, email=email), unit=unit(), short=short)
    assert (row.state, row.channel) == expected
    assert list(Message.objects.to_phone()) == ([row] if expected[0] == "unsent" else [])


@pytest.mark.parametrize(
    ("kind", "values", "channel"),
    [
        ("reminder", {"day": "今天", "more": "x"}, "sms"),
        ("reminder", {}, "phone"),
        ("receipt", {"day": "今天"}, "phone"),
    ],
)
def test_with_templates_only_what_has_one_goes_by_sms(settings, kind, values, channel):
    settings.SMS_GATEWAY_URL, settings.SMS_TEMPLATES = "https://sms.example.org", TEMPLATES
    reader = create_contact(phone=MOBILE)
    row = message(reader, kind=kind, short="短", short_values=values)
    assert (row.channel, Message.objects.get().values) == (channel, values)


def test_many_go_by_sms_as_one_does(smsserver, django_capture_on_commit_callbacks):
    reader = create_contact(phone=MOBILE)
    notices = [Notice(reader, "r", "标", "文", f"many-{n}", short="短") for n in range(3)]
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        enqueue_many(notices)
    assert (len(callbacks), len(smsserver.taken)) == (1, 3)


def test_a_short_text_is_one_line_and_shows_that_it_was_cut(settings):
    settings.SMS_GATEWAY_URL = "https://sms.example.org"
    reader = create_contact(phone=MOBILE)
    assert message(reader, short=" 一\r\n二 ").short == "一 二"
    row = message(reader, short="长" * 301)
    assert (len(row.short), row.short[-2:]) == (300, "长…")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("url", ("unsent", "未配置发送渠道")),
        ("phone", ("failed", "没有可用的手机号")),
    ],
)
def test_what_is_gone_by_now_leads_to_the_call_list(smsserver, settings, change, expected):
    reader = create_contact(phone=MOBILE)
    row = message(reader, short="短", unit=unit())
    if change == "url":
        settings.SMS_GATEWAY_URL = ""
    else:
        reader.phone = "+868325550123"
        reader.save()
    deliver(message_id=row.pk)
    kept = Message.objects.get()
    assert (kept.state, kept.error, smsserver.requests) == (*expected, [])
    assert list(Message.objects.to_phone()) == [row]


def test_all_that_a_message_says_is_encrypted_and_emptied(settings):
    reader = create_contact(phone=MOBILE)
    texts = {"short": "短", "short_values": {"day": "今天"}, "secret": "密"}
    message(reader, **texts)
    names = sorted(name for model, name in encrypted_fields() if model is Message)
    assert names == ["body", "calendar", "secret", "short", "short_values"]
    raw = Message.objects.extra(select={"a": "short", "b": "short_values"}).values_list("a", "b")
    assert [text[:6] for text in raw.get()] == ["gAAAAA", "gAAAAA"]
    reader.name = reader.phone = reader.email = reader.person_key = ""
    reader.purged_at = timezone.now()
    reader.save()
    assert empty_messages() == 1
    kept = Message.objects.get()
    assert [getattr(kept, name) for name in names] == [""] * 5
    assert kept.values == {}


@pytest.mark.parametrize(
    ("kept", "digits"),
    [
        ("+8613800001234", MOBILE),
        ("+8619900001234", "19900001234"),
        ("+868325550123", ""),
        ("+8613800001234;ext=1", ""),
        ("+85291234567", ""),
        ("+861064000001", ""),
        ("", ""),
    ],
)
def test_what_a_short_message_can_reach(kept, digits):
    assert mobile_digits(kept) == digits
