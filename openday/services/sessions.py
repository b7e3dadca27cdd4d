"""Setting up sessions and their groups, changing them under lock, moving, cancelling."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from openday import notices
from openday.draw import commitment_of, new_seed
from openday.enums import State
from openday.models import DrawRun, Registration, SeatGroup, Session, SessionMove
from openday.refusals import SeatRefused
from openday.seats import must_keep
from openday.services.locking import lock_session
from openday.services.settling import lapse_expired, reset_clocks, settle
from openday.services.showing import show_anew
from openday.services.transitions import By, move
from people.codes import draw_code

_PLAIN = (
    *("title", "capacity", "registration_opens_at", "registration_closes_at"),
    *("cancel_until", "offers_until", "offer_hours"),
)
_MOVED = ("starts_at", "ends_at", "place")
_GROUP = (
    *("audience", "quota", "minimum", "minimum_until"),
    *("waiting_limit", "decided_by", "sort_order"),
)


@transaction.atomic
def add_session(*, session: Session, user: Any) -> Session:
    """A new session; its groups come after."""
    session.full_clean()
    session.save(force_insert=True)
    log(instance=session, action="openday.session", user=user)
    show_anew(session.event)
    return session


@transaction.atomic
def change_session(*, session: Session, user: Any, reconfirm_by: datetime | None = None) -> Session:
    """Store what was changed; time or place moved means a message to everyone, who confirm again.

    ``session``: the changed one, not saved. Raising the capacity promotes who waits.

    Raises:
        SeatRefused: fewer seats than are held or kept; the session is cancelled or over.
    """
    stored = lock_session(session.pk)
    _require_standing(stored)
    _require_not_over(stored)
    lapse_expired(stored, timezone.now())
    _require_room(stored, session.capacity)
    moved = any(getattr(stored, name) != getattr(session, name) for name in _MOVED)
    before = {"starts_at": stored.starts_at, "ends_at": stored.ends_at, "place": stored.where}
    for name in (*_PLAIN, *_MOVED):
        setattr(stored, name, getattr(session, name))
    if moved:
        stored.sequence += 1
        stored.moved_at, stored.reconfirm_by = timezone.now(), reconfirm_by
    stored.full_clean()
    stored.save()
    log(instance=stored, action="openday.session", user=user, data={"moved": moved})
    reset_clocks(stored)
    show_anew(stored.event)
    if moved:
        _record_move(stored, before)
        _ask_again(stored, reconfirm_by)
    settle(stored)
    return stored


def _require_room(stored: Session, capacity: int) -> None:
    seats = stored.seats()
    held = sum(group.held for group in seats.values())
    if capacity < held:
        message = f"已有{held}个名额被占用，总名额不能少于{held}。"
        raise SeatRefused(message, field="capacity")
    if capacity < (least := must_keep(seats.values())):
        message = f"已占用的和为各类保留的名额共{least}个，总名额不能少于{least}。"
        raise SeatRefused(message, field="capacity")


def _record_move(stored: Session, before: dict[str, Any]) -> None:
    after = {"starts_at": stored.starts_at, "ends_at": stored.ends_at, "place": stored.where}
    columns = {f"from_{name}": value for name, value in before.items()}
    columns |= {f"to_{name}": value for name, value in after.items()}
    stored.last_move = SessionMove.objects.create(session=stored, **columns)


def _ask_again(session: Session, reconfirm_by: datetime | None) -> None:
    """Everyone active is told, but for who is there already; who has a seat is asked to confirm."""
    waited = session.registrations.active().exclude(state=State.ATTENDED)
    active = waited.select_related("contact", "receipt", "group__audience")
    for row in active.order_by("pk"):
        row.session = session
        if row.state == State.CONFIRMED and reconfirm_by:
            row.reconfirm_by = reconfirm_by
            row.save(update_fields=["reconfirm_by"])
        notices.tell_moved(row)


@transaction.atomic
def cancel_session(*, session: Session, user: Any, reason: str) -> Session:
    """Call it off: every active registration is revoked, and everyone told, by every way there is.

    Raises:
        SeatRefused: no reason, or it is cancelled or over already.
    """
    words = " ".join(reason.split())[:200]
    if not words:
        raise SeatRefused("请写明取消原因，会告知每位报名人。", field="reason")
    stored = lock_session(session.pk)
    _require_standing(stored)
    _require_not_over(stored)
    stored.cancelled_at, stored.cancel_reason = timezone.now(), words
    stored.sequence += 1
    stored.save()
    log(instance=stored, action="openday.cancel_session", user=user, data={"reason": words})
    show_anew(stored.event)
    active = stored.registrations.active().select_related("contact", "receipt", "group__audience")
    for row in active.order_by("pk"):
        row.session = stored
        if row.state == State.ATTENDED:
            continue
        was = row.state
        move(row, State.REVOKED, by=By.staff(user, words))
        notices.tell_revoked(row, was=was, reason=words)
    return stored


@transaction.atomic
def add_group(*, group: SeatGroup, user: Any) -> SeatGroup:
    """A new group. For a draw of lots the commitment is published now: before registration opens.

    Raises:
        SeatRefused: a draw whose commitment would come too late; minimums beyond the capacity.
    """
    session = lock_session(group.session_id)
    _require_standing(session)
    group.session = session
    if group.is_drawn and timezone.now() >= session.registration_opens_at:
        message = "抽签的承诺值必须在报名开始前公布：请先推迟报名开始，再添加这个名额组。"
        raise SeatRefused(message, field="method")
    if group.is_named and not group.invitation_code:
        group.invitation_code = draw_code()[:8]
    group.full_clean()
    group.save(force_insert=True)
    _require_minimums(session)
    if group.is_drawn:
        seed = new_seed()
        DrawRun.objects.create(group=group, seed=seed, commitment=commitment_of(seed))
    log(instance=session, action="openday.group", user=user, data={"group": str(group.audience)})
    show_anew(session.event)
    settle(session)
    return group


@transaction.atomic
def change_group(*, group: SeatGroup, user: Any) -> SeatGroup:
    """Store what was changed of a group, but for its method, which people relied on.

    Raises:
        SeatRefused: fewer seats than are held; minimums beyond the capacity; another audience
            than the one as which people have registered.
    """
    session = lock_session(group.session_id)
    _require_standing(session)
    _require_audience(group)
    held = session.seats()[group.pk].held
    if group.quota < held:
        message = f"这一类已有{held}个名额被占用，最多名额不能少于{held}。"
        raise SeatRefused(message, field="quota")
    group.full_clean()
    group.save(update_fields=_GROUP)
    _require_minimums(session)
    log(instance=session, action="openday.group", user=user, data={"group": str(group.audience)})
    show_anew(session.event)
    settle(session)
    return group


def _require_audience(group: SeatGroup) -> None:
    """Who registered for one audience doesn't become another's representative."""
    others = Registration.objects.filter(group=group.pk).exclude(group__audience=group.audience_id)
    if others.exists():
        message = "这一类已有人报名，不能改成别的类别；可以另外添加名额组。"
        raise SeatRefused(message, field="audience")


@transaction.atomic
def remove_group(*, group: SeatGroup, user: Any) -> None:
    """Take a group out that nobody has registered in.

    Raises:
        SeatRefused: somebody has.
    """
    session = lock_session(group.session_id)
    if Registration.objects.filter(group=group).exists():
        raise SeatRefused("这一类已有人报名，不能删除；可以把最多名额调到已占用的人数。")
    data = {"group": str(group.audience)}
    DrawRun.objects.filter(group=group, frozen_at=None).delete()
    group.delete()
    log(instance=session, action="openday.group_removed", user=user, data=data)
    show_anew(session.event)


def _require_minimums(session: Session) -> None:
    least = must_keep(session.seats().values())
    if least > session.capacity:
        message = f"各类已占用和保留的名额共{least}个，超过总名额{session.capacity}。"
        raise SeatRefused(message, field="minimum")


def _require_standing(session: Session) -> None:
    if session.is_cancelled:
        raise SeatRefused("这一场已经取消，不能再改。")


def _require_not_over(session: Session) -> None:
    """Who came and who didn't is settled then; a new day is a new session."""
    if session.is_over:
        raise SeatRefused("这一场已经结束，不能再改，也不能取消。")
