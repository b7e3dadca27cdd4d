"""What staff decide: approve, reject, revoke; each checked again under the session's lock."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from openday import notices
from openday.enums import SeatMethod, State
from openday.models import Registration
from openday.refusals import ChangedMeanwhile, NoSeatLeft, SeatRefused
from openday.services.locking import lock_registration
from openday.services.settling import settle
from openday.services.transitions import By, move, require_state


@transaction.atomic
def approve(*, registration: Registration, user: Any) -> Registration:
    """A seat for who waits for review; in the queue's end where none is free.

    Raises:
        ChangedMeanwhile: it is no longer pending.
        NoSeatLeft: the queue is full, too, or nobody in it can be offered a seat any more.
    """
    row = lock_registration(registration.pk)
    _require_standing(row)
    # Lots and offers make seats as well, but not by approval.
    require_state(row, State.PENDING)
    if row.held_for_review:
        raise SeatRefused("请先核验是不是本人报名，再审核。")
    free = settle(row.session)[row.group_id]
    queue = row.group.registrations.waiting()
    if free > 0 and (not row.session.can_offer or not queue.exists()):
        move(row, State.CONFIRMED, by=By.staff(user))
    elif not row.session.can_offer:
        raise NoSeatLeft("名额已满，递补也已截止，不能再通过；可以先增加名额，或写明理由不予通过。")
    else:
        limit = row.group.waiting_limit
        if limit is not None and queue.count() >= limit:
            raise NoSeatLeft(f"“{row.group}”的名额和候补都已满，不能再通过。")
        move(row, State.WAITLISTED, by=By.staff(user), waiting_since=timezone.now())
    notices.tell_decision(row)
    return row


@transaction.atomic
def reject(*, registration: Registration, user: Any, reason: str) -> Registration:
    """Refuse who waits for review; the reason is told to the person.

    Raises:
        ChangedMeanwhile: it is no longer pending.
        SeatRefused: no reason is given.
    """
    words = _require_reason(reason)
    row = lock_registration(registration.pk)
    move(row, State.REJECTED, by=By.staff(user, words))
    notices.tell_decision(row, reason=words)
    return row


@transaction.atomic
def revoke(*, registration: Registration, user: Any, reason: str) -> Registration:
    """Take a place back, with a reason that is told to the person; the next in line is offered it.

    Raises:
        ChangedMeanwhile: it is no longer active.
        SeatRefused: no reason is given.
    """
    words = _require_reason(reason)
    row = lock_registration(registration.pk)
    was = row.state
    move(row, State.REVOKED, by=By.staff(user, words))
    notices.tell_revoked(row, was=was, reason=words)
    settle(row.session)
    return row


@transaction.atomic
def verify_person(*, registration: Registration, user: Any) -> Registration:
    """Somebody made sure that a person sent it, and this one; the mark 需人工核验 goes.

    Only now does it take its place: the one that its time of registration gives it.

    Raises:
        ChangedMeanwhile: it has no such mark (any more).
        NoSeatLeft: neither a seat nor a place in line is left for it.
        SeatRefused: the session is called off or over, or the draw's list is frozen.
    """
    row = lock_registration(registration.pk)
    if not row.held_for_review:
        raise ChangedMeanwhile("这项报名不需要核验，或已经核验。")
    row.held_for_review = False
    row.save(update_fields=["held_for_review"])
    if row.state == State.PENDING and row.group.method != SeatMethod.REVIEW:
        _require_standing(row)
        _release(row, By.staff(user))
        notices.tell_decision(row)
    log(instance=row, action="openday.verify", user=user, data={"number": row.receipt.number})
    return row


def _release(row: Registration, by: By) -> None:
    """What its group would have given it; seats that others took meanwhile stay theirs."""
    group = row.group
    if group.is_drawn:
        if group.run and group.run.frozen_at:
            raise SeatRefused("抽签名单已经冻结公布，不能再加人。")
        move(row, State.IN_DRAW, by=by)
        return
    free = settle(row.session)[row.group_id]
    queue = group.registrations.waiting()
    if free > 0 and (not row.session.can_offer or not queue.exists()):
        move(row, State.CONFIRMED, by=by)
        return
    earlier = queue.filter(waiting_since__lt=row.created_at).count()
    limit = group.waiting_limit
    if group.is_named or not row.session.can_offer or (limit is not None and earlier >= limit):
        raise NoSeatLeft(f"“{group}”已没有名额和候补；可以先增加名额，或写明理由不予通过。")
    move(row, State.WAITLISTED, by=by, waiting_since=row.created_at)


class Outcome(NamedTuple):
    """What became of one of many: the registration, and why not, if not."""

    registration: Registration
    refusal: str = ""


def approve_many(*, registrations: Iterable[Registration], user: Any) -> list[Outcome]:
    """Each by itself, who came first first: a refusal leaves the others as they are."""
    outcomes = []
    for row in sorted(registrations, key=lambda row: row.pk):
        try:
            outcomes.append(Outcome(approve(registration=row, user=user)))
        except SeatRefused as refusal:
            outcomes.append(Outcome(row, refusal.message))
    return outcomes


def reject_many(*, registrations: Iterable[Registration], user: Any, reason: str) -> list[Outcome]:
    """The same for refusing, with one reason for all."""
    outcomes = []
    for row in sorted(registrations, key=lambda row: row.pk):
        try:
            outcomes.append(Outcome(reject(registration=row, user=user, reason=reason)))
        except SeatRefused as refusal:
            outcomes.append(Outcome(row, refusal.message))
    return outcomes


def revoke_many(*, registrations: Iterable[Registration], user: Any, reason: str) -> list[Outcome]:
    """The same for taking places back."""
    outcomes = []
    for row in sorted(registrations, key=lambda row: row.pk):
        try:
            outcomes.append(Outcome(revoke(registration=row, user=user, reason=reason)))
        except SeatRefused as refusal:
            outcomes.append(Outcome(row, refusal.message))
    return outcomes


def _require_standing(row: Registration) -> None:
    if row.session.is_cancelled or row.session.is_over:
        raise SeatRefused("这一场已经取消或结束，不能再确定席位。")


def _require_reason(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise SeatRefused("请写明理由，理由会告知报名人。", field="reason")
    return words[:200]
