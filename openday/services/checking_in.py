"""Who came: one arrival a person, from however many devices, with or without a network."""

import uuid
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from openday.enums import CheckInMethod, State
from openday.models import CheckIn, Registration, Session
from openday.refusals import SeatRefused
from openday.services.locking import lock_registration
from openday.services.transitions import By, move, require_state
from people.receipts import clean_number

_SALT = "openday.pass"


class CheckInRefused(SeatRefused):
    """Not let in. ``kind`` says why: duplicate, other, cancelled, unknown, no_seat."""

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
    """
    known = CheckIn.objects.filter(nonce=nonce).select_related("registration__receipt").first()
    if known:
        return known
    found = Registration.objects.filter(receipt__number=number).values("pk", "session_id").first()
    if found is None:
        raise CheckInRefused("unknown", "没有这个报名编号，请核对。")
    row = lock_registration(found["pk"])
    # The same scan, sent twice at once: the second one waited for the lock.
    if known := row.check_ins.filter(nonce=nonce).first():
        return known
    _require_seat(row, session)
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


def _require_seat(row: Registration, session: Session) -> None:
    """Says clearly what is wrong; the door has no time."""
    if row.session_id != session.pk:
        raise CheckInRefused("other", f"不是本场：报的是“{row.session}”。", row)
    if row.session.is_cancelled:
        raise CheckInRefused("cancelled", "这一场已经取消。", row)
    if row.state == State.ATTENDED:
        last = row.check_ins.filter(undone_at=None).last()
        when = f"{timezone.localtime(last.scanned_at):%H:%M}" if last else ""
        raise CheckInRefused("duplicate", f"重复：{when}已经签到。", row)
    if row.state in {State.CANCELLED, State.REVOKED}:
        raise CheckInRefused("cancelled", f"{row.get_state_display()}，没有名额。", row)
    if row.state not in {State.CONFIRMED, State.NO_SHOW}:
        raise CheckInRefused("no_seat", f"没有名额：现在是“{row.get_state_display()}”。", row)


@transaction.atomic
def undo_check_in(*, registration: Registration, user: Any, reason: str) -> Registration:
    """Take an arrival back that was noted by mistake; it stays on record, with who and why.

    Raises:
        ChangedMeanwhile: it isn't checked in (any more).
        SeatRefused: no reason is given.
    """
    words = " ".join(reason.split())[:200]
    if not words:
        raise SeatRefused("请写明撤销签到的理由。", field="reason")
    row = lock_registration(registration.pk)
    require_state(row, State.ATTENDED)
    move(row, State.CONFIRMED, by=By.staff(user, words))
    row.check_ins.filter(undone_at=None).update(
        undone_at=timezone.now(), undone_by=user, undo_reason=words
    )
    return row
