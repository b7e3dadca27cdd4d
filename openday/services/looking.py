"""What can be seen of seats and people without a lock. A moment later it may be over."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openday.enums import SeatMethod
from openday.models import Registration, SeatGroup, Session
from openday.seats import free_seats
from people.phones import normalise_phone, person_key
from people.statements import Statement


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Of a group that seats who comes first: how many seats are free, and whether all is gone.

    ``is_full``: neither a seat nor a place in line is left. Of other groups neither is said.
    """

    free: int = 0
    is_full: bool = False


def glimpse(group: SeatGroup) -> Glimpse:
    """One statement, and no lock."""
    if group.method != SeatMethod.FIRST_COME:
        return Glimpse()
    counted = group.session.count(timezone.now())
    own = counted.get(group.pk)
    if own is None:
        return Glimpse()
    seats = {pk: one.seats for pk, one in counted.items()}
    free, limit = free_seats(group.session.capacity, seats)[group.pk], group.waiting_limit
    return Glimpse(free, is_full=free == 0 and limit is not None and own.waiting >= limit)


def is_unchanged(session: Session, before: Session) -> bool:
    """Whether its row says what it said before the lock."""
    names = [field.attname for field in Session._meta.concrete_fields]
    return all(getattr(session, name) == getattr(before, name) for name in names)


def is_known(group: SeatGroup, phone: str, key: uuid.UUID) -> bool:
    """Whether the person has a place in the session, or the very form came before."""
    return bool(_KNOWN.rows(group.session_id, known_person(phone), key))


def known_person(phone: str) -> str:
    """The keyed hash of a phone as people write it; for limits and searches."""
    return person_key(normalise_phone(phone))


def _known(session: int, person: str, key: uuid.UUID) -> QuerySet[Any, Any]:
    rows = Registration.objects.order_by()
    places = rows.active().filter(session=session, person_key=person)
    return (places | rows.filter(idempotency_key=key)).values_list("pk")[:1]


_KNOWN = Statement(_known, int, str, uuid.UUID)
