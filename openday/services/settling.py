"""Healing a session's seats: offers that ran out lapse, freed seats go to who waits."""

from datetime import datetime, timedelta

from django.utils import timezone

from openday import notices
from openday.enums import State
from openday.models import Registration, SeatGroup, Session
from openday.seats import GroupSeats, free_seats
from openday.services.transitions import SYSTEM, move


def settle(session: Session) -> dict[int, int]:
    """Let offers lapse, offer what is free, and give what is still free, by the group's id.

    Call with the session locked. Running it again changes nothing. Within a group the queue's
    order holds; between groups whoever has waited longest is first.
    """
    now = timezone.now()
    counted = session.count(now)
    if any(group.over for group in counted.values()):
        lapse_expired(session, now)
    seats = {pk: group.seats for pk, group in counted.items()}
    if session.can_offer and any(group.waiting for group in counted.values()):
        while chosen := _next_in_line(session, free_seats(session.capacity, seats)):
            offer(session, chosen)
            group = seats[chosen.group_id]
            seats[chosen.group_id] = GroupSeats(group.quota, group.minimum, group.held + 1)
    return free_seats(session.capacity, seats)


def lapse_expired(session: Session, now: datetime) -> None:
    """Let offers lapse whose time is over.

    Seats are counted by the same moment: an offer that ends between two looks at the clock would
    be neither lapsed nor held, and could be accepted while its seat is given away.
    """
    for registration in session.registrations.expired(now).order_by("pk"):
        lapse(registration)


def lapse(registration: Registration) -> None:
    """The time to answer is over."""
    move(registration, State.LAPSED, by=SYSTEM)
    notices.tell_lapsed(registration)


def offer(session: Session, registration: Registration) -> None:
    """A freed seat for who waits. The time to answer begins when the person is told
    (``start_clocks``); until then it is the session's last moment for offers."""
    move(registration, State.OFFERED, by=SYSTEM, offer_expires_at=session.offers_until)
    notices.tell_offer(registration)


def _next_in_line(session: Session, free: dict[int, int]) -> Registration | None:
    """Who is first among the queues of the groups that have a free seat."""
    heads = [
        head
        for group in SeatGroup.objects.filter(pk__in=[pk for pk, n in free.items() if n > 0])
        if (head := group.registrations.waiting().select_related("contact", "receipt").first())
    ]
    for head in heads:
        head.session = session
    return min(heads, key=lambda row: (row.waiting_since, row.pk), default=None)


def start_clocks(session: Session) -> int:
    """Start the time to answer of offers whose message went out or whose call was logged.

    Call with the session locked. Returns how many were started.
    """
    silent = session.registrations.filter(state=State.OFFERED, offer_started_at=None)
    started = 0
    for registration in silent.order_by("pk"):
        told_at = notices.offer_told_at(registration)
        if told_at is None:
            continue
        registration.offer_started_at = told_at
        last = told_at + timedelta(hours=session.offer_hours)
        registration.offer_expires_at = min(last, session.offers_until)
        registration.save(update_fields=["offer_started_at", "offer_expires_at"])
        started += 1
    return started


def reset_clocks(session: Session) -> None:
    """The session's times were changed: offers that nobody was told of yet end by the new ones.

    Who was told keeps the time that they were told, but no longer than until the start. Call with
    the session locked, after ``lapse_expired``: what is over stays over.
    """
    offered = session.registrations.filter(state=State.OFFERED)
    offered.filter(offer_started_at=None).update(offer_expires_at=session.offers_until)
    offered.filter(offer_expires_at__gt=session.starts_at).update(
        offer_expires_at=session.starts_at
    )
