"""What is done for a hearing of the demo: before it by rule O2, and the beginning of its record.

The record ends where whoever tries the demo goes on.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openday.enums import State
from openday.models import CheckIn, Registration, Session, Transition
from openday.services.hearings import (
    add_statement,
    change_statement,
    publish_participants,
    record_materials,
    write_record,
)
from publishing.models import User

DOOR_OPENS = timedelta(minutes=25)
BETWEEN_TWO = timedelta(minutes=2)


def prepare(*, session: Session, user: User) -> None:
    """The list of participants is public, and the materials are with them."""
    publish_participants(session=session, user=user)
    record_materials(session=session, day=timezone.localdate(), user=user)


def begin_record(
    *,
    session: Session,
    user: User,
    record: Mapping[str, Any],
    speakers: Mapping[str, Registration],
) -> None:
    """What the office introduced, and who spoke first; whose signature is there, on that day."""
    write_record(session=session, user=user, introduction=record["introduction"])
    for row in record["said"]:
        said = add_statement(
            session=session, registration=speakers[row["name"]], text=row["text"], user=user
        )
        if row.get("signed"):
            said.confirmed_on = timezone.localdate(session.starts_at)
            change_statement(statement=said, user=user)


def date_arrivals(session: Session) -> None:
    """People came one after the other before it began, at whatever hour the demo is loaded."""
    rows = CheckIn.objects.filter(registration__session=session).order_by("pk")
    for place, row in enumerate(rows):
        moment = session.starts_at - DOOR_OPENS + place * BETWEEN_TWO
        CheckIn.objects.filter(pk=row.pk).update(scanned_at=moment, received_at=moment)
        moves = Transition.objects.filter(registration=row.registration_id)
        moves.filter(to_state=State.ATTENDED).update(at=moment)
