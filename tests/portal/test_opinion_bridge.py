"""What is said at a hearing becomes an opinion of its draft: by the register's rules, once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Channel, Phase
from consultation.models import DecisionDraftPage, Opinion, Submission
from consultation.services.register import SubmissionRefused
from openday.models import HearingStatement, Session
from openday.refusals import SeatRefused
from portal.opinion_bridge import Target, hand_over, read_target, register_targets
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion
from tests.openday.hearings import during, make_hearing, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in_for_long(settings: Any) -> None:
    """The tests go on to the day of the hearing."""
    settings.SESSION_COOKIE_AGE = 400 * 86400


@pytest.fixture
def unit() -> Unit:
    return make_office("党政办")


@pytest.fixture
def draft(unit: Unit) -> DecisionDraftPage:
    return make_draft(Phase.OPEN, unit=unit, closing_in=20)


@pytest.fixture
def editor(unit: Unit) -> User:
    return make_officer(unit, Role.EDITOR)


@pytest.fixture
def said(unit: Unit, draft: DecisionDraftPage) -> HearingStatement:
    """A signed statement; the draft closes before the hearing."""
    session = make_hearing("张三", unit=unit, subjects=(draft,))
    with during(session) as (speaker,):
        return make_statement(session, speaker, "建议延长到周日。", signed=True)


def after(session: Session) -> time_machine.travel:
    return time_machine.travel(session.ends_at + timedelta(days=1), tick=False)


def test_it_gets_the_next_number_of_the_one_register(
    said: HearingStatement, draft: DecisionDraftPage, editor: User
) -> None:
    make_opinion(draft)
    session = said.hearing.session
    with after(session):
        row = hand_over(said=said, target=Target(draft), user=editor)
    opinion = Opinion.objects.get(number=2)
    sent = opinion.submission
    assert (row.opinion_number, opinion.text, opinion.clause) == (2, "建议延长到周日。", None)
    assert (sent.channel, sent.entered_by, sent.idempotency_key) == (
        Channel.HEARING,
        editor,
        row.handed_over_key,
    )
    assert sent.received_on == timezone.localdate(session.starts_at)


def test_a_clause_can_be_chosen(
    said: HearingStatement, draft: DecisionDraftPage, editor: User
) -> None:
    clause = draft.clause_rows.first()
    target = read_target(f"{draft.pk}:{clause.block_id}", said.hearing.session.event, editor)
    with after(said.hearing.session):
        hand_over(said=said, target=target, user=editor)
    assert Opinion.objects.get().clause == clause


def test_twice_is_once(said: HearingStatement, draft: DecisionDraftPage, editor: User) -> None:
    with after(said.hearing.session):
        first = hand_over(said=said, target=Target(draft), user=editor)
        again = hand_over(said=said, target=Target(draft), user=editor)
    assert (again.opinion_number, Opinion.objects.count()) == (first.opinion_number, 1)


def test_a_number_that_was_lost_is_found_by_the_key(
    said: HearingStatement, draft: DecisionDraftPage, editor: User
) -> None:
    """The key stayed with the statement: the register gives back what it has."""
    with after(said.hearing.session):
        hand_over(said=said, target=Target(draft), user=editor)
        HearingStatement.objects.update(opinion_number=None)
        again = hand_over(said=said, target=Target(draft), user=editor)
    assert (again.opinion_number, Opinion.objects.count()) == (1, 1)


@pytest.mark.parametrize(("agreed", "phone"), [(False, ""), (True, "+86")])
def test_the_way_to_reach_the_person_goes_along_only_with_their_leave(
    said: HearingStatement, draft: DecisionDraftPage, editor: User, agreed: bool, phone: str
) -> None:
    with after(said.hearing.session):
        hand_over(said=said, target=Target(draft), user=editor, with_contact=agreed)
    contact = Submission.objects.get().contact
    assert (contact.name, contact.phone[:3]) == ("张三", phone)


def test_what_is_not_signed_waits(unit: Unit, draft: DecisionDraftPage, editor: User) -> None:
    session = make_hearing("张三", unit=unit, subjects=(draft,))
    with during(session) as (speaker,):
        row = make_statement(session, speaker)
        with pytest.raises(SeatRefused, match="请先填写本人签字日期"):
            hand_over(said=row, target=Target(draft), user=editor)
    assert Opinion.objects.count() == 0


def test_after_the_result_the_register_is_shut(unit: Unit, editor: User) -> None:
    draft = make_draft(Phase.ANSWERED, unit=unit)
    session = make_hearing("张三", unit=unit, subjects=(draft,))
    with during(session) as (speaker,):
        row = make_statement(session, speaker, signed=True)
        assert register_targets(session.event, editor) == []
        with pytest.raises(SubmissionRefused, match="已经公布"):
            hand_over(said=row, target=Target(draft), user=editor)
    row.refresh_from_db()
    assert (row.handed_over_key, row.opinion_number) == (None, None)


def test_only_the_events_own_drafts_can_be_chosen(said: HearingStatement, editor: User) -> None:
    other = make_draft(Phase.OPEN, unit=said.hearing.session.event.unit)
    event = said.hearing.session.event
    for written in (str(other.pk), "", "x", "1:2", f"{other.pk}:x"):
        with pytest.raises(SeatRefused, match="请选择发言针对的草案"):
            read_target(written, event, editor)


def test_both_sides_must_be_the_users(unit: Unit, editor: User) -> None:
    """The draft is another unit's; and the other unit's editor has no hand in this hearing."""
    there = make_office("农业办")
    draft = make_draft(Phase.OPEN, unit=there, closing_in=20)
    session = make_hearing("张三", unit=unit, subjects=(draft,))
    stranger = make_officer(there, Role.EDITOR)
    with during(session) as (speaker,):
        row = make_statement(session, speaker, signed=True)
        for user in (editor, stranger, make_officer(unit, Role.FRONT_DESK)):
            with pytest.raises(SeatRefused, match="不能登记"):
                hand_over(said=row, target=Target(draft), user=user)
        assert register_targets(session.event, editor) == []


def test_one_click_on_the_hearings_screen(
    said: HearingStatement, draft: DecisionDraftPage, editor: User
) -> None:
    session, client = said.hearing.session, signed_in(editor)
    address = reverse("hearing_hand_over", args=[said.pk])
    with after(session):
        before = client.get(reverse("hearing:show", args=[session.pk])).content.decode()
        assert (address in before, "整份草案" in before) == (True, True)
        reply = client.post(address, {"target": str(draft.pk)}, follow=True)
    shown = reply.content.decode()
    assert "已转入意见登记：1号意见。" in shown
    assert address not in shown
    opinion = draft.opinions.get()
    assert f'<a href="{reverse("desk:opinion", args=[opinion.pk])}">1号意见</a>（待审核）' in shown
    opinions = client.get(reverse("opinion:index")).content.decode()
    assert "听证会" in opinions


def test_a_refusal_is_told_on_the_screen(said: HearingStatement, editor: User) -> None:
    address = reverse("hearing_hand_over", args=[said.pk])
    with after(said.hearing.session):
        reply = signed_in(editor).post(address, {"target": "999"}, follow=True)
    assert "请选择发言针对的草案" in reply.content.decode()


def test_the_address_is_for_the_unit(said: HearingStatement, draft: DecisionDraftPage) -> None:
    address = reverse("hearing_hand_over", args=[said.pk])
    stranger = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    assert stranger.post(address, {"target": str(draft.pk)}).status_code == 404
    assert stranger.get(address).status_code == 405
    assert "login" in Client().post(address)["Location"]
    assert Opinion.objects.count() == 0
