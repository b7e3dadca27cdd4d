"""What the clock does, once a minute: offers lapse, queues move up, who didn't come is marked."""

import logging

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from openday import notices
from openday.enums import State
from openday.models import Registration, Session
from openday.services.locking import lock_session
from openday.services.settling import settle, start_clocks
from openday.services.transitions import SYSTEM, move

logger = logging.getLogger(__name__)


def sweep() -> int:
    """Heal every session that wants it, each in a transaction of its own; how many.

    Two runs at once change nothing twice: each session is looked at under its lock. One that
    can't be healed is logged, and holds up no other.
    """
    healed = 0
    for pk in list(_wanting().values_list("pk", flat=True)):
        try:
            sweep_session(session_id=pk)
            healed += 1
        except Exception:
            logger.exception("openday.sweep", extra={"session": pk})
    return healed


def _wanting() -> QuerySet[Session]:
    now = timezone.now()
    queued = Q(offers_until__gt=now) & Q(registrations__state=State.WAITLISTED)
    offered = Q(registrations__state=State.OFFERED)
    absent = Q(ends_at__lte=now) & Q(registrations__state=State.CONFIRMED)
    silent = Q(reconfirm_by__lte=now) & Q(
        registrations__reconfirm_by__lte=now, registrations__state=State.CONFIRMED
    )
    return Session.objects.standing().filter(queued | offered | absent | silent).distinct()


@transaction.atomic
def sweep_session(*, session_id: int) -> None:
    """One session: the clocks of offers, lapsed offers, freed seats, silence, absence."""
    session = lock_session(session_id)
    if session.is_cancelled:
        return
    start_clocks(session)
    settle(session)
    if session.is_over:
        _mark_absent(session)
    else:
        _phone_the_silent(session)


def _phone_the_silent(session: Session) -> None:
    """Who didn't confirm again in time goes onto the call list; the seat stays theirs."""
    rows = session.registrations.filter(
        state=State.CONFIRMED, reconfirm_by__lte=timezone.now()
    ).select_related("contact", "receipt")
    for row in rows.order_by("pk"):
        row.session = session
        notices.ask_by_phone(row)


def _mark_absent(session: Session) -> None:
    rows: list[Registration] = list(session.registrations.filter(state=State.CONFIRMED))
    for row in rows:
        move(row, State.NO_SHOW, by=SYSTEM)
