"""What a person does with their place: accept, decline, confirm again, cancel. By POST only."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from openday import notices
from openday.enums import State
from openday.models import Actor, Registration
from openday.refusals import ChangedMeanwhile, SeatRefused
from openday.services.locking import lock_registration
from openday.services.settling import settle
from openday.services.transitions import PERSON, By, move


@transaction.atomic
def accept_offer(*, registration: Registration, user: Any = None) -> Registration:
    """The person takes the seat; ``user``: the member of staff who heard it on the phone.

    Who clicks twice has accepted once.

    Raises:
        ChangedMeanwhile: there is no offer (any more).
    """
    row = lock_registration(registration.pk)
    if row.state == State.CONFIRMED and _was_accepted(row):
        return row
    if not row.holds_seat or row.state != State.OFFERED:
        raise ChangedMeanwhile("这个名额已不再为您保留：确认时限已过，或已经处理。")
    _require_standing(row)
    move(row, State.CONFIRMED, by=_by(user))
    notices.confirm_seat(row)
    return row


def _was_accepted(row: Registration) -> bool:
    accepted = row.transitions.filter(from_state=State.OFFERED, to_state=State.CONFIRMED)
    return accepted.exists()


@transaction.atomic
def decline_offer(*, registration: Registration, user: Any = None) -> Registration:
    """The person doesn't want the seat; it goes to the next in line.

    Raises:
        ChangedMeanwhile: there is no offer (any more).
    """
    row = lock_registration(registration.pk)
    if row.state != State.OFFERED:
        raise ChangedMeanwhile("这个名额已不再等您确认。")
    move(row, State.CANCELLED, by=_by(user, "放弃递补"))
    notices.tell_cancelled(row, was=State.OFFERED)
    settle(row.session)
    return row


@transaction.atomic
def cancel(*, registration: Registration, user: Any = None, reason: str = "") -> Registration:
    """Give the place up: the person until the session's deadline, staff for them after it, too.

    Raises:
        ChangedMeanwhile: it is no longer active.
        SeatRefused: too late for the person to do it alone.
    """
    row = lock_registration(registration.pk)
    if row.state == State.CANCELLED:
        return row
    if user is None and timezone.now() >= row.session.cancel_until:
        last = timezone.localtime(row.session.cancel_until)
        raise SeatRefused(
            f"网上取消已于{last:%Y年%m月%d日%H:%M}截止，请打联系电话，由工作人员代为取消。"
        )
    was = row.state
    move(row, State.CANCELLED, by=_by(user, reason))
    notices.tell_cancelled(row, was=was)
    settle(row.session)
    return row


@transaction.atomic
def reconfirm(*, registration: Registration, user: Any = None) -> Registration:
    """The person still comes, after the session moved.

    Raises:
        ChangedMeanwhile: nobody asks (any more).
    """
    row = lock_registration(registration.pk)
    if row.state != State.CONFIRMED or row.reconfirm_by is None:
        raise ChangedMeanwhile("这项报名现在不需要再次确认。")
    row.reconfirm_by = None
    row.save(update_fields=["reconfirm_by"])
    notices.no_need_to_ask(row)
    return row


def _by(user: Any, reason: str = "") -> By:
    return By(Actor.STAFF, user, reason) if user else By(PERSON.actor, None, reason)


def _require_standing(row: Registration) -> None:
    if row.session.is_cancelled or timezone.now() >= row.session.starts_at:
        raise ChangedMeanwhile("这一场已经取消或开始，名额不能再确认。")
