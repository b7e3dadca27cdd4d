"""What can be seen of seats and people without a lock. A moment later it may be over."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils import timezone

from openday.enums import SeatMethod
from openday.models import Registration, SeatGroup, Session
from openday.models.session import by_group, group_counts
from openday.seats import free_seats
from people.phones import normalise_phone, person_key
from people.statements import Statement

_NO_FORM = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Of a group that seats who comes first: how many seats are free, and whether all is gone.

    ``is_full``: neither a seat nor a place in line is left. ``is_known``: the person has a place
    in the session, or the very form came before. Of other groups none of it is said.
    """

    free: int = 0
    is_full: bool = False
    is_known: bool = False


def glimpse(group: SeatGroup, phone: str = "", key: uuid.UUID | None = None) -> Glimpse:
    """One statement, and no lock. ``phone`` and ``key`` say who asks, and with which form."""
    if group.method != SeatMethod.FIRST_COME:
        return Glimpse()
    person = known_person(phone) if phone else ""
    rows = _SEEN.rows(group.session_id, timezone.now(), person, key or _NO_FORM)
    counted = by_group(rows)
    own = counted.get(group.pk)
    if own is None:
        return Glimpse()
    seats = {pk: one.seats for pk, one in counted.items()}
    free, limit = free_seats(group.session.capacity, seats)[group.pk], group.waiting_limit
    is_full = free == 0 and limit is not None and own.waiting >= limit
    return Glimpse(free, is_full=is_full, is_known=rows[0][-1])


def is_unchanged(session: Session, before: Session) -> bool:
    """Whether its row says what it said before the lock."""
    names = [field.attname for field in Session._meta.concrete_fields]
    return all(getattr(session, name) == getattr(before, name) for name in names)


def known_person(phone: str) -> str:
    """The keyed hash of a phone as people write it; for limits and searches."""
    return person_key(normalise_phone(phone))


def _seen(session: int, now: datetime, person: str, key: uuid.UUID) -> QuerySet[Any, Any]:
    """Each group with its numbers, and in each row whether the person or the form is known."""
    rows = Registration.objects.order_by()
    places = rows.active().filter(session=session, person_key=person)
    known = Exists(places | rows.filter(idempotency_key=key))
    counts = group_counts(session, now).annotate(known=known)
    return counts.values_list("pk", "quota", "kept", "held", "over", "waiting", "known")


_SEEN = Statement(_seen, int, datetime, str, uuid.UUID)
