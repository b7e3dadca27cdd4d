"""Whom staff must phone, with what, and who of them sees the number (docs/decisions/calls.md)."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from consultation.enums import Channel, Phase
from consultation.services.submissions import Arrival, SaidOpinion, Sender, submit_opinions
from notify.enums import MessageState
from notify.models import Message
from people.codes import format_code
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_response, make_result, make_submission

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("channel", Channel)
def test_a_receipt_is_phoned_unless_a_web_page_has_shown_it(channel: Channel) -> None:
    submission = make_submission(make_draft(), channel=channel)
    message = Message.objects.get(contact=submission.contact)
    to_phone = Message.objects.to_phone().count()
    assert (message.state, to_phone) == (MessageState.UNSENT, 0 if channel == Channel.WEB else 1)


def test_a_receipt_that_a_mail_server_refused_was_on_the_page_all_the_same(settings: Any) -> None:
    settings.NOTIFY_EMAIL = True
    make_submission(make_draft(), email="reader@example.com")
    Message.objects.update(state=MessageState.FAILED, next_try_at=None)
    assert list(Message.objects.to_phone()) == []


def test_results_are_phoned_to_all_whom_no_mail_reaches() -> None:
    draft = make_draft(Phase.CLOSED)
    submissions = [make_submission(draft), make_submission(draft, channel=Channel.LETTER)]
    make_response([submission.opinions.get() for submission in submissions])
    make_result(draft)
    told = Message.objects.to_phone().filter(kind="result").values_list("contact", flat=True)
    assert set(told) == {submission.contact_id for submission in submissions}


def test_the_query_code_is_told_to_the_person_alone() -> None:
    submission = make_submission(make_draft(), channel=Channel.LETTER)
    message = Message.objects.get()
    code = format_code(submission.receipt.code)
    assert (code in message.body, code in message.secret) == (False, True)
    assert submission.receipt.number in message.body


def test_the_front_desk_sees_whom_to_call_and_nobody_else() -> None:
    here, there = make_office("党政办"), make_office("农业办")
    letters = [
        make_submission(make_draft(unit=unit), channel=Channel.LETTER, phone="13800001234")
        for unit in (here, there)
    ]
    own, foreign = (Message.objects.get(contact=letter.contact) for letter in letters)
    officer = make_officer(here, Role.FRONT_DESK)
    client = signed_in(officer)
    opinion = letters[0].opinions.get()
    call = client.get(reverse("call_list:edit", args=[own.pk])).context["matters"]
    assert call == [(str(opinion), reverse("desk:opinion", args=[opinion.pk]))]
    shown = client.post(reverse("call_list:reveal", args=[own.pk])).content.decode()
    assert letters[0].contact.shown_phone in shown
    assert client.post(reverse("call_list:reveal", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("desk:reveal", args=[opinion.pk])).status_code == 302
    looks = ModelLogEntry.objects.filter(action="people.reveal").values_list("user", "object_id")
    assert list(looks) == [(officer.pk, str(own.contact_id))]


def test_the_reviewer_who_does_not_call_has_no_list() -> None:
    client = signed_in(make_officer(make_office("党政办"), Role.REVIEWER))
    refused = client.get(reverse("call_list:index"))
    assert (refused.status_code, refused["Location"]) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize(("phase", "withdrawable"), [(Phase.OPEN, True), (Phase.CLOSED, False)])
def test_who_can_not_withdraw_any_more_is_not_told_of_it(phase: Phase, withdrawable: bool) -> None:
    submit_opinions(
        draft=make_draft(phase),
        opinions=[SaidOpinion("来信的意见。")],
        sender=Sender(phone="13800009999"),
        idempotency_key=uuid.uuid4(),
        arrival=Arrival(channel=Channel.LETTER),
    )
    assert ("撤回" in Message.objects.get().body) == withdrawable
