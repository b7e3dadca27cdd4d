"""What people suggest at a symposium or an attended meeting becomes an opinion of its draft."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Channel, Outcome, Phase, Review
from consultation.models import DecisionDraftPage, Opinion
from consultation.services.opinions import review_opinions
from consultation.services.responses import decide_opinions
from openday.enums import EventKind
from openday.models import EventPage, EventSubject, Session, Suggestion
from openday.refusals import SeatRefused
from openday.services.suggesting import add_suggestion, handle_suggestion
from portal.opinion_bridge import Target, hand_over, opinion_of
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_result
from tests.factories.openday import (
    make_event,
    make_group,
    make_registration,
    make_session,
    publish,
)
from tests.openday.reporting import after, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in_for_long(settings: Any) -> None:
    """Some tests go on to the days after the meeting."""
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


def make_meeting(
    draft: DecisionDraftPage, unit: Unit, kind: EventKind = EventKind.SYMPOSIUM
) -> Session:
    event = make_event(unit=unit, kind=kind)
    session = make_session(event)
    make_group(session, name=f"群众代表{session.pk}")
    event.subjects = [EventSubject(subject=draft.page_ptr)]
    publish(event)
    return Session.objects.select_related("event__unit").get(pk=session.pk)


def suggest(session: Session, user: User, text: str = "晚上加一趟。", **more: Any) -> Suggestion:
    return add_suggestion(event=session.event, text=text, user=user, **more)


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (EventKind.SYMPOSIUM, Channel.SYMPOSIUM),
        (EventKind.ATTENDANCE, Channel.ATTENDANCE),
        (EventKind.HEARING, Channel.HEARING),
    ],
)
def test_it_comes_by_the_meetings_own_way_on_its_day(
    draft: DecisionDraftPage, unit: Unit, editor: User, kind: EventKind, channel: Channel
) -> None:
    session = make_meeting(draft, unit, kind)
    speaker = make_registration(session.groups.get(), name="张三")
    clause = draft.clause_rows.first()
    with after(session.event, days=3):
        said = suggest(session, editor, registration=speaker)
        row = hand_over(said=said, target=Target(draft, clause.block_id), user=editor)
    opinion = Opinion.objects.get()
    sent = opinion.submission
    assert (row.opinion_number, opinion.text, opinion.clause) == (1, "晚上加一趟。", clause)
    assert (sent.channel, sent.received_on) == (channel, timezone.localdate(session.starts_at))
    assert (sent.contact.name, sent.contact.phone, sent.entered_by) == ("张三", "", editor)
    assert opinion_of(row) == opinion


def test_of_words_of_several_only_the_meeting_is_known(
    draft: DecisionDraftPage, unit: Unit, editor: User
) -> None:
    session = make_meeting(draft, unit)
    with after(session.event):
        hand_over(said=suggest(session, editor), target=Target(draft), user=editor)
    sent = Opinion.objects.get().submission
    assert (sent.contact.name, sent.contact.masked_name) == ("", "匿名")
    assert sent.received_on == timezone.localdate(session.starts_at)


def test_twice_is_once(draft: DecisionDraftPage, unit: Unit, editor: User) -> None:
    said = suggest(make_meeting(draft, unit), editor)
    first = hand_over(said=said, target=Target(draft), user=editor)
    Suggestion.objects.update(opinion_number=None)
    again = hand_over(said=said, target=Target(draft), user=editor)
    assert (first.opinion_number, again.opinion_number, Opinion.objects.count()) == (1, 1, 1)


def test_it_is_answered_where_the_opinion_is(
    draft: DecisionDraftPage, unit: Unit, editor: User
) -> None:
    row = hand_over(
        said=suggest(make_meeting(draft, unit), editor), target=Target(draft), user=editor
    )
    sentence = f"已作为1号意见转入《{draft.title}》的意见登记"
    assert (row.answer.startswith(sentence), row.answered_by) == (True, editor)
    row.answer = "不办。"
    with pytest.raises(SeatRefused, match="已转入意见登记"):
        handle_suggestion(suggestion=row, user=editor)
    row = Suggestion.objects.get()
    row.is_public = False
    assert handle_suggestion(suggestion=row, user=editor).is_public is False


def test_an_answer_that_was_given_stays(draft: DecisionDraftPage, unit: Unit, editor: User) -> None:
    said = suggest(make_meeting(draft, unit), editor)
    said.answer = "会上已说明。"
    handle_suggestion(suggestion=said, user=editor)
    row = hand_over(said=said, target=Target(draft), user=editor)
    assert row.answer == "会上已说明。"


def test_an_answer_that_is_public_is_not_asked_anew(unit: Unit, editor: User) -> None:
    session = make_meeting(make_draft(unit=unit, closing_in=60), unit)
    draft = session.event.subjects.get().subject.specific
    with after(session.event):
        said = suggest(session, editor, unit=unit, due_on=timezone.localdate())
        said.answer = "不办，理由会上已说明。"
        handle_suggestion(suggestion=said, user=editor)
        make_report(EventPage.objects.get(pk=session.event_id))
        with pytest.raises(SeatRefused, match="答复已随活动总结公布"):
            hand_over(said=said, target=Target(draft), user=editor)
    assert Opinion.objects.count() == 0


def test_an_open_day_asks_for_no_opinions(
    draft: DecisionDraftPage, unit: Unit, editor: User
) -> None:
    session = make_meeting(draft, unit, EventKind.OPEN_DAY)
    with pytest.raises(SeatRefused, match="政府开放日"):
        hand_over(said=suggest(session, editor), target=Target(draft), user=editor)
    address = reverse("suggestion_hand_over", args=[session.event_id])
    assert signed_in(editor).get(address).status_code == 404


def test_both_sides_must_be_the_users(unit: Unit, editor: User) -> None:
    there = make_office("农业办")
    draft = make_draft(Phase.OPEN, unit=there, closing_in=20)
    said = suggest(make_meeting(draft, unit), editor, unit=there)
    stranger = make_officer(there, Role.EDITOR)
    for user in (editor, stranger, make_officer(unit, Role.FRONT_DESK)):
        with pytest.raises(SeatRefused, match="不能登记"):
            hand_over(said=said, target=Target(draft), user=user)


def test_chosen_ones_go_over_with_one_click(
    draft: DecisionDraftPage, unit: Unit, editor: User
) -> None:
    session, client = make_meeting(draft, unit), signed_in(editor)
    first, second, third = (
        suggest(session, editor, text) for text in ("甲建议", "乙建议", "丙建议")
    )
    address = reverse("suggestion_hand_over", args=[session.event_id])
    assert address in client.get(reverse("hearing:suggestions")).content.decode()
    block = draft.clause_rows.first().block_id
    chosen = {
        "chosen": [first.pk, third.pk],
        f"target-{first.pk}": str(draft.pk),
        f"target-{third.pk}": f"{draft.pk}:{block}",
    }
    shown = client.post(address, chosen, follow=True).content.decode()
    client.post(address, chosen)
    assert "已转入意见登记：1号、2号意见。" in shown
    assert re.findall(r"已转(\d)号意见", shown) == ["1", "2"]
    assert [opinion.text for opinion in Opinion.objects.order_by("number")] == ["甲建议", "丙建议"]
    assert Suggestion.objects.get(pk=second.pk).opinion_number is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "请先勾选"),
        ({"chosen": ["{pk}"], "target-{pk}": "999"}, "没有转入：请选择发言针对的草案"),
    ],
)
def test_what_is_refused_is_told(
    draft: DecisionDraftPage, unit: Unit, editor: User, typed: dict[str, Any], words: str
) -> None:
    session = make_meeting(draft, unit)
    pk = suggest(session, editor).pk
    data = {
        name.format(pk=pk): [one.format(pk=pk) for one in value] if name == "chosen" else value
        for name, value in typed.items()
    }
    address = reverse("suggestion_hand_over", args=[session.event_id])
    assert words in signed_in(editor).post(address, data, follow=True).content.decode()
    assert Opinion.objects.count() == 0


def test_the_address_is_for_the_unit(draft: DecisionDraftPage, unit: Unit) -> None:
    address = reverse("suggestion_hand_over", args=[make_meeting(draft, unit).event_id])
    there = make_office("农业办")
    users = [make_officer(unit, role) for role in Role] + [make_officer(there, Role.EDITOR)]
    got = [signed_in(user).get(address).status_code for user in users]
    assert dict(zip([*Role, "other"], got, strict=True)) == {
        Role.EDITOR: 200,
        Role.REVIEWER: 200,
        Role.FRONT_DESK: 404,
        "other": 404,
    }


def decide(opinion: Opinion, user: User) -> None:
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user)
    decide_opinions(opinions=[opinion], outcome=Outcome.ADOPTED, reason="有道理。", user=user)


def test_its_page_shows_what_became_of_it(
    draft: DecisionDraftPage, unit: Unit, editor: User
) -> None:
    said = suggest(make_meeting(draft, unit), editor)
    client, address = signed_in(editor), reverse("hearing:suggestion", args=[said.pk])
    assert (
        reverse("suggestion_hand_over", args=[said.event_id])
        in client.get(address).content.decode()
    )
    hand_over(said=said, target=Target(draft), user=editor)
    opinion = Opinion.objects.get()
    before = client.get(address).content.decode()
    decide(opinion, editor)
    then = client.get(address).content.decode()
    assert (reverse("desk:opinion", args=[opinion.pk]) in before, "有道理。" in before) == (
        True,
        False,
    )
    assert ("有道理。" in then, "转入意见登记，编号1" in then) == (True, True)


def test_the_office_that_answers_sees_no_more_than_the_number(unit: Unit) -> None:
    there = make_office("农业办")
    draft = make_draft(Phase.OPEN, unit=unit, closing_in=20)
    editor = make_officer(unit, Role.EDITOR)
    said = suggest(make_meeting(draft, unit), editor, unit=there)
    hand_over(said=said, target=Target(draft), user=editor)
    client = signed_in(make_officer(there, Role.EDITOR))
    shown = client.get(reverse("hearing:suggestion", args=[said.pk])).content.decode()
    opinion = reverse("desk:opinion", args=[Opinion.objects.get().pk])
    assert ("已转入意见登记：1号意见" in shown, opinion in shown) == (True, False)


def test_the_report_leads_to_the_draft_and_then_to_its_result(unit: Unit, editor: User) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    session = make_meeting(draft, unit)
    due = timezone.localdate(session.ends_at)
    with after(session.event):
        said = suggest(session, editor, unit=unit, due_on=due)
        hand_over(said=said, target=Target(draft), user=editor)
        report = make_report(EventPage.objects.get(pk=session.event_id))
        assert links(report) == [draft.url]
        decide(Opinion.objects.get(), editor)
        result = make_result(draft)
        assert links(report) == [result.url]


def links(report: Any) -> list[str]:
    """A query of its own, so that no cached page answers."""
    shown = Client().get(f"{report.url}?{Opinion.objects.exclude(response=None).count()}")
    table = shown.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    return re.findall(r'href="([^"]+)"', table)
