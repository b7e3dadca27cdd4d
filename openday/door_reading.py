"""What the door wants to know of a session: who is expected, who has come, who is called so."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from openday.access import CHECK_IN, sessions_for
from openday.enums import State
from openday.models import Registration, Session

LATE = timedelta(days=7)
"""How long after its end a session is still offered: devices send late what they took."""

EXPECTED = (State.CONFIRMED, State.ATTENDED, State.NO_SHOW)
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Doors:
    """The sessions that a member of staff may check in at, by how near they are."""

    today: list[Session]
    later: list[Session]
    past: list[Session]


def doors_for(user: Any) -> Doors:
    """Today's, those to come, and those that ended a few days ago; called-off ones are left out."""
    now, today = timezone.now(), timezone.localdate()
    rows = sessions_for(user, CHECK_IN).filter(cancelled_at=None, ends_at__gte=now - LATE)
    found: list[Session] = sorted(rows, key=lambda row: (row.starts_at, row.pk))
    at_hand = [row for row in found if _is_on(row, today)]
    rest = [row for row in found if row not in at_hand]
    past = [row for row in rest if row.ends_at < now]
    return Doors(at_hand, [row for row in rest if row not in past], past[::-1])


def is_today(session: Session) -> bool:
    """Whether it takes place on this day; else the page asks to look twice."""
    return _is_on(session, timezone.localdate())


def head_count(session: Session) -> dict[str, int]:
    """How many came, of how many who have a seat."""
    came = Count("pk", filter=Q(state=State.ATTENDED))
    return session.registrations.filter(state__in=EXPECTED).aggregate(
        came=came, expected=Count("pk")
    )


def numbers_of(session: Session) -> dict[str, str]:
    """The state of each registration by its number: no names, for it stays on the device."""
    rows = session.registrations.order_by("pk").values_list("receipt__number", "state")
    return dict(rows)


def people_of(session: Session) -> list[Registration]:
    """Who has a seat, with the arrivals of each, by group and number."""
    rows = session.registrations.filter(state__in=EXPECTED)
    rows = rows.select_related("contact", "receipt", "group__audience")
    return list(
        rows.prefetch_related("check_ins__by").order_by(
            "group__sort_order", "group_id", "receipt__number"
        )
    )


def people_called(session: Session, text: str) -> list[Registration]:
    """Whose name holds the text. Names are encrypted: those of this session are read one by one."""
    wanted = _folded(text)
    rows = session.registrations.select_related("contact", "receipt", "group__audience")
    found = [row for row in rows.order_by("pk") if wanted in _folded(row.contact.name)]
    return sorted(found, key=lambda row: row.state not in EXPECTED) if wanted else []


def _folded(name: str) -> str:
    """As people may write it: width, case and spaces don't matter."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_on(session: Session, day: Any) -> bool:
    first, last = timezone.localdate(session.starts_at), timezone.localdate(session.ends_at)
    return bool(first <= day <= last)
