"""From an event to the register of its draft: what was said there becomes opinions (rule D4).

What participants state at a hearing, and what people suggest at a symposium or a meeting that they
attend. Features know nothing of one another, so what joins these two lives here.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from consultation.access import ENTER, drafts_for
from consultation.access import may as may_in_unit
from consultation.answered import without_result
from consultation.enums import Channel
from consultation.forms.opinions import clause_choices
from consultation.models import DecisionDraftPage, Opinion, Submission
from consultation.services.submissions import Arrival, SaidOpinion, Sender, submit_opinions
from openday.access import SEATS, SUGGEST, events_for
from openday.access import may as may_at_event
from openday.enums import EventKind
from openday.models import EventPage, HearingStatement, Registration, Suggestion
from openday.models.event_list import public_pages
from openday.refusals import SeatRefused
from portal.page_cache import forget_pages
from publishing.ids import parse_id

Said = HearingStatement | Suggestion
Words = TypeVar("Words", HearingStatement, Suggestion)

CHANNELS = {
    EventKind.HEARING: Channel.HEARING,
    EventKind.SYMPOSIUM: Channel.SYMPOSIUM,
    EventKind.ATTENDANCE: Channel.ATTENDANCE,
}
"""By which way of the register an event's words come; an open day asks for no opinions."""


@dataclass(frozen=True, slots=True)
class Target:
    """What words can be about: a draft as a whole, or one of its clauses."""

    draft: DecisionDraftPage
    block_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where words come from: who may hand them over, on which day they were said, by whom."""

    event: EventPage
    permission: str
    day: date
    speaker: Registration | None
    obstacle: str = ""


def events_with_words(user: Any) -> QuerySet[EventPage]:
    """The user's events of which suggestions can become opinions, the latest first."""
    events = events_for(user, SUGGEST).filter(kind__in=CHANNELS, subjects__isnull=False)
    return events.filter(suggestions__opinion_number=None, suggestions__isnull=False).distinct()


def drafts_of(event: EventPage, user: Any) -> list[DecisionDraftPage]:
    """The event's drafts for which the user may still enter opinions, in the editors' order."""
    subjects = list(event.subjects.values_list("subject", flat=True))
    rows = without_result(drafts_for(user, ENTER).filter(pk__in=subjects))
    return sorted(rows, key=lambda draft: subjects.index(draft.pk))


def register_targets(event: EventPage, user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices, by draft: "12" is the whole of draft 12, "12:<block id>" one of its clauses."""
    return [
        (
            draft.title,
            [
                (f"{draft.pk}:{block}" if block else str(draft.pk), name)
                for block, name in clause_choices(draft)
            ],
        )
        for draft in drafts_of(event, user)
    ]


def read_target(text: str, event: EventPage, user: Any) -> Target:
    """What was chosen.

    Raises:
        SeatRefused: it isn't among the choices.
    """
    number, _colon, block = text.partition(":")
    wanted = parse_id(number)
    draft = next((draft for draft in drafts_of(event, user) if draft.pk == wanted), None)
    if draft is None or block not in dict(clause_choices(draft)):
        raise SeatRefused("请选择发言针对的草案：它须是本次活动的相关草案，采纳情况还没有公布。")
    return Target(draft, uuid.UUID(block) if block else None)


@transaction.atomic
def hand_over(*, said: Words, target: Target, user: Any, with_contact: bool = False) -> Words:
    """Take the words into the draft's register, and their number back. Twice is once.

    ``with_contact``: the person agreed to be told what becomes of it. Staff's entry is taken after
    closing, too, until the result (rule D3).

    Raises:
        SeatRefused: not the user's unit on either side, or a statement isn't signed yet.
        SubmissionRefused: the draft takes no more opinions.
    """
    rows: Any = type(said)._default_manager
    row: Words = rows.select_for_update(of=("self",)).get(pk=said.pk)
    origin = _origin(row)
    may = may_at_event(user, origin.permission, origin.event)
    if not (may and may_in_unit(user, ENTER, target.draft)):
        raise SeatRefused("您不能登记这份草案的意见。")
    if row.opinion_number:
        return row
    if origin.obstacle:
        raise SeatRefused(origin.obstacle)
    row.handed_over_key = row.handed_over_key or uuid.uuid4()
    submission = submit_opinions(
        draft=target.draft,
        opinions=[SaidOpinion(text=row.text, block_id=target.block_id)],
        sender=_sender(origin.speaker, with_contact=with_contact),
        idempotency_key=row.handed_over_key,
        arrival=Arrival(
            channel=CHANNELS[EventKind(origin.event.kind)],
            received_on=origin.day,
            entered_by=user,
        ),
    )
    row.opinion_number = submission.opinions.get().number
    row.save(update_fields=["handed_over_key", "opinion_number", *_answer(row, target, user)])
    log(instance=row, action="openday.handed_over", user=user, data={"number": row.opinion_number})
    forget_pages()
    return row


def opinion_of(said: Said) -> Opinion | None:
    """What the words became in the register."""
    if said.handed_over_key is None or not said.opinion_number:
        return None
    found = Opinion.objects.filter(
        submission__idempotency_key=said.handed_over_key, number=said.opinion_number
    )
    return found.select_related("draft", "response").first()


def _origin(row: Said) -> _Origin:
    if isinstance(row, HearingStatement):
        session = row.hearing.session
        is_settled = row.confirmed_on is not None or row.remark
        obstacle = "" if is_settled else "请先填写本人签字日期，或未签字的原因，再转入意见登记。"
        day = timezone.localdate(session.starts_at)
        return _Origin(session.event, SEATS, day, row.registration, obstacle)
    return _Origin(row.event, SUGGEST, _day_of(row), row.registration, obstacle_of(row))


def obstacle_of(row: Suggestion) -> str:
    """Why a suggestion can't go to a register; empty where it can."""
    if row.event.kind not in CHANNELS:
        return "政府开放日的建议在建议办理中答复，不转意见登记。"
    if row.answer and row.event.report:
        return "这条建议的答复已随活动总结公布，不再转入意见登记。"
    return ""


def _day_of(row: Suggestion) -> date:
    """The day of the speaker's session; else of the last one before the words were noted down."""
    if row.registration:
        begun = row.registration.session.starts_at
    else:
        sessions = row.event.sessions.standing().filter(starts_at__lte=row.created_at)
        last = sessions.order_by("-starts_at").first()
        begun = last.starts_at if last else row.created_at
    return timezone.localdate(min(begun, row.created_at))


def _sender(speaker: Registration | None, *, with_contact: bool) -> Sender:
    """The name, which results show masked; how to reach the person only with their leave.

    Of words of several people, or of nobody known, the register says only where they were said.
    """
    if speaker is None:
        return Sender()
    contact = speaker.contact
    if not with_contact:
        return Sender(kind=contact.kind, name=contact.name)
    return Sender(kind=contact.kind, name=contact.name, phone=contact.phone, email=contact.email)


def _answer(row: Said, target: Target, user: Any) -> list[str]:
    """A suggestion without an answer gets its answer from the decision on the opinion: what it
    says stays true before and after the result. The names of the fields that are set."""
    if not isinstance(row, Suggestion) or row.answer:
        return []
    row.answer = (
        f"已作为{row.opinion_number}号意见转入《{target.draft.title}》的意见登记，"
        "是否采纳及理由以该草案的意见采纳情况反馈为准。"
    )
    row.answered_at, row.answered_by = timezone.now(), user
    return ["answer", "answered_at", "answered_by"]


def answered_in(event: EventPage) -> dict[int, Page]:
    """Where the public reads what became of the event's suggestions, by the suggestion's number:
    the result of the draft once it is public, the draft before; nothing that isn't public."""
    rows = event.suggestions.filter(is_public=True, opinion_number__isnull=False)
    numbers = rows.values_list("handed_over_key", "number")
    keys = {key: number for key, number in numbers if key is not None}
    if not keys:
        return {}
    sent = Submission.objects.filter(idempotency_key__in=keys).select_related("draft")
    pages = {keys[row.idempotency_key]: row.draft.result or row.draft for row in sent}
    readable = public_pages([page.pk for page in pages.values()])
    return {number: readable[page.pk] for number, page in pages.items() if page.pk in readable}
