"""From a hearing to the register of its draft: what participants said becomes opinions (rule D4).

Features know nothing of one another, so what joins these two lives here.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.access import ENTER, drafts_for
from consultation.access import may as may_in_unit
from consultation.answered import without_result
from consultation.enums import Channel
from consultation.forms.opinions import clause_choices
from consultation.models import DecisionDraftPage
from consultation.services.submissions import Arrival, SaidOpinion, Sender, submit_opinions
from openday.access import SEATS
from openday.access import may as may_at_event
from openday.models import EventPage, HearingStatement
from openday.refusals import SeatRefused
from publishing.ids import parse_id


@dataclass(frozen=True, slots=True)
class Target:
    """What a statement can be about: a draft as a whole, or one of its clauses."""

    draft: DecisionDraftPage
    block_id: uuid.UUID | None = None


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
        raise SeatRefused("请选择发言针对的草案：它须是本次听证的相关草案，采纳情况还没有公布。")
    return Target(draft, uuid.UUID(block) if block else None)


@transaction.atomic
def hand_over(
    *, statement: HearingStatement, target: Target, user: Any, with_contact: bool = False
) -> HearingStatement:
    """Take the statement into the draft's register, and its number back. Twice is once.

    ``with_contact``: the person agreed to be told what becomes of it. Staff's entry is taken after
    closing, too, until the result (rule D3).

    Raises:
        SeatRefused: not the user's unit on either side, or the statement isn't signed yet.
        SubmissionRefused: the draft takes no more opinions.
    """
    row = HearingStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    event = row.hearing.session.event
    if not (may_at_event(user, SEATS, event) and may_in_unit(user, ENTER, target.draft)):
        raise SeatRefused("您不能登记这份草案的意见。")
    if row.opinion_number:
        return row
    if row.confirmed_on is None and not row.remark:
        raise SeatRefused("请先填写本人签字日期，或未签字的原因，再转入意见登记。")
    row.handed_over_key = row.handed_over_key or uuid.uuid4()
    submission = submit_opinions(
        draft=target.draft,
        opinions=[SaidOpinion(text=row.text, block_id=target.block_id)],
        sender=_sender(row, with_contact=with_contact),
        idempotency_key=row.handed_over_key,
        arrival=Arrival(
            channel=Channel.HEARING,
            received_on=timezone.localdate(row.hearing.session.starts_at),
            entered_by=user,
        ),
    )
    row.opinion_number = submission.opinions.get().number
    row.save(update_fields=["handed_over_key", "opinion_number"])
    log(instance=row, action="openday.handed_over", user=user, data={"number": row.opinion_number})
    return row


def _sender(row: HearingStatement, *, with_contact: bool) -> Sender:
    """The name, which results show masked; how to reach the person only with their leave."""
    contact = row.registration.contact
    if not with_contact:
        return Sender(kind=contact.kind, name=contact.name)
    return Sender(kind=contact.kind, name=contact.name, phone=contact.phone, email=contact.email)
