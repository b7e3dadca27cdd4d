"""A mail that a calendar program understands, and a text that nobody else reads."""

import pytest
from django.utils import timezone

from notify.models import Message
from notify.services import deliver, empty_messages

from .making import message

pytestmark = pytest.mark.django_db


def calendar(method="REQUEST", end="\n"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT"]
    lines += ["SUMMARY:政府开放日" + "长" * 30, "END:VEVENT", "END:VCALENDAR"]
    return end.join(lines) + end


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_the_calendar_is_attached_with_its_method(mailserver, contact, method):
    row = message(contact, calendar=calendar(method))
    assert deliver(message_id=row.pk) is True
    text, attached = mailserver.mails[0].iter_parts()
    assert text.get_content().split() == row.body.split()
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params == {"charset": "utf-8", "method": method}
    assert attached.get_filename() == "event.ics"
    assert attached.get_payload(decode=True).decode() == calendar(method, end="\r\n")


def test_a_mail_without_a_calendar_has_one_part(mailserver, contact):
    deliver(message_id=message(contact).pk)
    assert mailserver.mails[0].is_multipart() is False


@pytest.mark.parametrize(
    "text", ["任意文本", "METHOD:REQUEST\n", calendar("REPLY"), calendar() + calendar()]
)
def test_what_is_no_calendar_is_refused_when_it_is_written(contact, text):
    with pytest.raises(ValueError, match="METHOD"):
        message(contact, calendar=text)
    assert Message.objects.count() == 0


def test_it_is_encrypted_and_goes_with_the_text(contact):
    message(contact, calendar=calendar())
    assert Message.objects.extra(select={"raw": "calendar"}).get().raw[:6] == "gAAAAA"
    contact.name = contact.phone = contact.email = contact.person_key = ""
    contact.purged_at = timezone.now()
    contact.save()
    assert (empty_messages(), Message.objects.get().calendar) == (1, "")
