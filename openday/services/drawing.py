"""Drawing lots for the seats of a group: freeze the list, then run the draw, once."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from openday import notices
from openday.draw import DIGITS, VERSION, draw_order, list_digest
from openday.enums import State
from openday.models import DrawRun, EventPage, Registration, SeatGroup, Session
from openday.refusals import SeatRefused
from openday.services.locking import lock_session
from openday.services.settling import settle
from openday.services.showing import show_anew
from openday.services.transitions import By, move


@transaction.atomic
def freeze_list(*, group: SeatGroup, user: Any) -> DrawRun:
    """Publish the masked list of who takes part; nobody comes to it afterwards.

    Raises:
        SeatRefused: registration is still open, nobody registered, somebody's registration wasn't
            looked at yet, the event isn't public, or it is frozen already.
    """
    session = lock_session(group.session_id)
    run = _run_of(group)
    if run.frozen_at:
        raise SeatRefused("名单已经冻结公布。")
    if session.is_cancelled or timezone.now() < session.registration_closes_at:
        raise SeatRefused("报名截止后才能冻结名单。")
    _require_public(session)
    if held := group.registrations.active().filter(held_for_review=True).count():
        raise SeatRefused(f"还有{held}份报名没有核验是不是本人：先在“报名办理”中核验或不通过。")
    rows = list(_taking_part(group))
    if not rows:
        raise SeatRefused("这一类没有人报名，不需要抽签。")
    run.entries = [{"number": row.receipt.number, "name": row.contact.masked_name} for row in rows]
    run.list_sha256 = list_digest(entry["number"] for entry in run.entries)
    run.frozen_at = timezone.now()
    run.save(update_fields=["entries", "list_sha256", "frozen_at"])
    log(instance=session, action="openday.freeze", user=user, data={"entries": len(rows)})
    show_anew(session.event)
    return run


@transaction.atomic
def run_draw(*, group: SeatGroup, user: Any, digits: str, witness: str) -> DrawRun:
    """Give the group's seats by lot, in the order of ``openday.draw``. Once: again is refused.

    Raises:
        SeatRefused: no frozen list, no digits or witness, the event isn't public, or drawn already.
    """
    session = lock_session(group.session_id)
    run = _run_of(group)
    _require_ready(session, run, digits, witness)
    run.digits, run.witness = digits, witness.strip()
    run.drawn_at, run.drawn_by = timezone.now(), user
    order = draw_order(
        seed=run.seed, digits=digits, numbers=[entry["number"] for entry in run.entries]
    )
    places = settle(session)[group.pk]
    rows = {row.receipt.number: row for row in _taking_part(group)}
    standing = [rows[number] for number in order if number in rows]
    selected, waiting = _share(standing, places, group.waiting_limit)
    _move_all(session, standing, selected, waiting, By.staff(user, "抽签"))
    run.record = _record(
        session,
        run,
        order,
        places,
        [[row.receipt.number for row in part] for part in (selected, waiting)],
        gone=[number for number in order if number not in rows],
    )
    run.save()
    log(instance=session, action="openday.draw", user=user, data={"places": places})
    show_anew(session.event)
    return run


def _run_of(group: SeatGroup) -> DrawRun:
    run = DrawRun.objects.select_for_update().filter(group=group).first()
    if run is None:
        raise SeatRefused("这一类不是抽签确定的。")
    return run


def _taking_part(group: SeatGroup) -> Any:
    rows = Registration.objects.filter(group=group, state=State.IN_DRAW)
    return rows.select_related("receipt", "contact", "group__audience").order_by("receipt__number")


def _require_ready(session: Session, run: DrawRun, digits: str, witness: str) -> None:
    if run.drawn_at:
        raise SeatRefused("这一类已经抽过签，结果已经公布，不能再抽。")
    if run.frozen_at is None:
        raise SeatRefused("请先冻结并公布名单，再抽签。")
    if session.is_cancelled or session.is_over:
        raise SeatRefused("这一场已经取消或结束，不能抽签。")
    _require_public(session)
    if not DIGITS.fullmatch(digits):
        raise SeatRefused("请填写见证人当场掷出的数字，4到40位，只写数字。", field="digits")
    if not witness.strip():
        raise SeatRefused("请写明见证人的单位、职务和姓名。", field="witness")


def _require_public(session: Session) -> None:
    """A list or an order that nobody can see is not public, and nobody could check it."""
    if not EventPage.objects.filter(pk=session.event_id, live=True).exists():
        raise SeatRefused("活动公告还没有发布，名单和结果无处公布：请先发布公告。")


def _share(
    standing: list[Registration], places: int, limit: int | None
) -> tuple[list[Registration], list[Registration]]:
    """Who gets a seat, and who waits; the rest was not selected."""
    end = None if limit is None else places + limit
    return standing[:places], standing[places:end]


def _move_all(
    session: Session,
    standing: list[Registration],
    selected: list[Registration],
    waiting: list[Registration],
    by: By,
) -> None:
    now = timezone.now()
    for rank, row in enumerate(standing, start=1):
        row.session = session
        if rank <= len(selected):
            move(row, State.CONFIRMED, by=by, rank=rank)
        elif rank <= len(selected) + len(waiting):
            move(row, State.WAITLISTED, by=by, rank=rank, waiting_since=now)
        else:
            move(row, State.NOT_SELECTED, by=by, rank=rank)
        notices.tell_decision(row)


def _record(
    session: Session,
    run: DrawRun,
    order: list[str],
    places: int,
    shares: list[list[str]],
    *,
    gone: list[str],
) -> dict[str, Any]:
    """What is published, and what ``manage.py verify_draw`` checks."""
    selected, waiting = shares
    return {
        "version": VERSION,
        "event": session.event.title,
        "session": timezone.localtime(session.starts_at).isoformat(timespec="minutes"),
        "group": str(run.group.audience),
        "commitment": run.commitment,
        "committed_at": run.committed_at.isoformat(timespec="seconds"),
        "frozen_at": run.frozen_at.isoformat(timespec="seconds") if run.frozen_at else None,
        "list": run.entries,
        "list_sha256": run.list_sha256,
        "digits": run.digits,
        "witness": run.witness,
        "drawn_at": run.drawn_at.isoformat(timespec="seconds") if run.drawn_at else None,
        "seed": run.seed,
        "places": places,
        "order": order,
        "withdrawn": gone,
        "selected": selected,
        "waiting": waiting,
    }
