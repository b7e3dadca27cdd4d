"""Who came: one arrival a person, from however many devices, with or without a network."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from openday.enums import CheckInMethod, State
from openday.models import CheckIn, Registration, Session
from openday.refusals import ChangedMeanwhile, KeyTaken, SeatRefused
from openday.services.locking import lock_registration
from openday.services.transitions import By, move
from people.receipts import clean_number

LATEST = timedelta(days=30)
"""How long after the end an arrival may still be noted or taken back: reports count on it then."""

_SALT = "openday.pass"
_ENDING = re.compile(r"[0-9]{6}", re.ASCII)


class CheckInRefused(SeatRefused):
    """Not let in. ``kind``: duplicate, other, cancelled, no_seat, unknown, unclear, undone.

    ``registration``: whom it is about, where the door of this session may know.
    """

    def __init__(self, kind: str, message: str, registration: Registration | None = None) -> None:
        self.kind = kind
        self.registration = registration
        super().__init__(message)


def pass_of(registration: Registration) -> str:
    """What the QR code of a confirmed registration says: its number, signed; no personal data."""
    return signing.Signer(salt=_SALT, sep="~").sign(registration.receipt.number)


def read_pass(text: str) -> str:
    """The registration's number from a scanned pass, or from what somebody typed.

    Raises:
        CheckInRefused: a pass that wasn't made here, or was changed.
    """
    if "~" not in text:
        return clean_number(text)
    try:
        return signing.Signer(salt=_SALT, sep="~").unsign(text.strip())
    except signing.BadSignature:
        raise CheckInRefused("unknown", "这不是本平台的入场码。") from None


def read_number(text: str, session: Session) -> str:
    """The number from a pass, from typing it in full, or from its last six digits alone.

    Raises:
        CheckInRefused: no pass of ours, or six digits that several of the session share.
    """
    number = read_pass(text)
    if not _ENDING.fullmatch(number):
        return number
    rows = session.registrations.filter(receipt__number__endswith=f"-{number}")
    found = list(rows.values_list("receipt__number", flat=True)[:2])
    if len(found) > 1:
        raise CheckInRefused("unclear", "本场有几个编号的后六位相同，请输入完整编号。")
    return found[0] if found else number


@transaction.atomic
def check_in(
    *,
    session: Session,
    number: str,
    user: Any,
    nonce: uuid.UUID,
    method: CheckInMethod = CheckInMethod.NUMBER,
    scanned_at: datetime | None = None,
) -> CheckIn:
    """Somebody is at the door. The same nonce again gives the check-in that is there.

    ``scanned_at``: when the device saw it, if it could send it only later; never in the future.

    Raises:
        CheckInRefused: a second time, another session's, cancelled, no seat, or unknown.
        SeatRefused: the session is days away, or was over long ago.
        KeyTaken: the nonce belongs to somebody else's arrival.
    """
    found = Registration.objects.filter(receipt__number=number).values("pk", "session_id").first()
    if found is None:
        raise CheckInRefused("unknown", "没有这个报名编号，请核对。")
    _require_session(found["session_id"], session)
    row = lock_registration(found["pk"])
    # Under the lock: the same item may come twice at once, from two windows of one device.
    if known := CheckIn.objects.filter(nonce=nonce).first():
        return _again(known, row)
    _require_not_early(row.session)
    _require_seat(row)
    _require_not_long_over(session)
    now = timezone.now()
    made = CheckIn.objects.create(
        registration=row,
        nonce=nonce,
        method=method,
        scanned_at=min(scanned_at or now, now),
        received_at=now,
        by=user,
    )
    move(row, State.ATTENDED, by=By.staff(user))
    return made


def _again(known: CheckIn, row: Registration) -> CheckIn:
    """What the nonce brought before: it says 已签到 only while that holds."""
    if known.registration_id != row.pk:
        raise KeyTaken
    if known.undone_at:
        message = f"这次签到已撤销（{known.undo_reason}）。要签到请再扫一次。"
        raise CheckInRefused("undone", message, row)
    known.registration = row
    return known


def _require_session(found_id: int, session: Session) -> None:
    """Another unit's events may not be public: the door learns nothing of them."""
    if found_id == session.pk:
        return
    other = Session.objects.select_related("event").get(pk=found_id)
    if other.event.unit_id != session.event.unit_id:
        raise CheckInRefused("other", "不是本场：报的是别的单位的活动。")
    raise CheckInRefused("other", f"不是本场：报的是“{other}”。")


def _require_not_early(session: Session) -> None:
    if session.is_before_the_door:
        raise SeatRefused("还没有到签到的时候：这一场开始前24小时内才能签到。")


def _require_not_long_over(session: Session) -> None:
    if timezone.now() >= session.ends_at + LATEST:
        raise SeatRefused(f"这一场结束已满{LATEST.days}天，不能再签到或撤销签到。")


def _require_seat(row: Registration) -> None:
    """Says clearly what is wrong; the door has no time."""
    if row.session.is_cancelled:
        raise CheckInRefused("cancelled", "这一场已经取消。", row)
    if row.state == State.ATTENDED:
        last = row.check_ins.filter(undone_at=None).last()
        when = f"{timezone.localtime(last.scanned_at):%H:%M}" if last else ""
        raise CheckInRefused("duplicate", f"重复：{when}已经签到。", row)
    if row.state in {State.CANCELLED, State.REVOKED}:
        raise CheckInRefused("cancelled", f"报名{row.get_state_display()}，没有名额。", row)
    if row.state not in {State.CONFIRMED, State.NO_SHOW}:
        raise CheckInRefused("no_seat", f"没有名额：现在是“{row.get_state_display()}”。", row)


@transaction.atomic
def undo_check_in(*, registration: Registration, user: Any, reason: str) -> Registration:
    """Take an arrival back that was noted by mistake; it stays on record, with who and why.

    Raises:
        ChangedMeanwhile: it isn't checked in (any more).
        SeatRefused: no reason is given, or the session was over long ago.
    """
    words = " ".join(reason.split())[:200]
    if not words:
        raise SeatRefused("请写明撤销签到的理由。", field="reason")
    row = lock_registration(registration.pk)
    _require_not_long_over(row.session)
    if row.state != State.ATTENDED:
        label = row.get_state_display()
        raise ChangedMeanwhile(f"这项报名现在是“{label}”，没有可以撤销的签到。")
    move(row, State.CONFIRMED, by=By.staff(user, words))
    row.check_ins.filter(undone_at=None).update(
        undone_at=timezone.now(), undone_by=user, undo_reason=words
    )
    return row
