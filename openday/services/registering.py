"""Taking registrations: the web, the phone, the counter, and lists, by the same rules (rule O2)."""

import secrets
import uuid
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from notify.services import Notice
from openday import notices
from openday.enums import Origin, SeatMethod, State
from openday.models import DrawRun, EventPage, Registration, SeatGroup, Session
from openday.refusals import AlreadyRegistered, KeyTaken, NoSeatLeft, RegistrationClosed
from openday.refusals import SeatRefused as SeatRefused
from openday.services.locking import lock_session
from openday.services.looking import glimpse, is_unchanged, known_person
from openday.services.settling import settle
from openday.services.transitions import PERSON, By, record
from people.codes import read_code
from people.models import PrivacyNotice
from people.receipts import issue_receipt
from people.rows import insert
from people.services import create_contact
from people.statements import Statement
from publishing.kept import kept

_FULL = "这一类的名额和候补都已满，不能再报名。"
_FULL_TO_STAFF = "这一类的名额已满，请先调整名额再登记。"
_FULL_TO_INVITED = "这一类的名额已满。请联系推荐、邀请您的单位或主办单位，或者选择其他类别。"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants a seat. Name and phone are required; never an ID number."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    access_needs: str = ""
    transport: str = ""
    photo_consent: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """How a registration comes. ``one_more``: staff let several of a household share one phone.

    ``may_name``: it is entered by who may say for the office whom it nominates or invites.
    """

    origin: Origin = Origin.WEB
    entered_by: Any = None
    held_for_review: bool = False
    one_more: bool = False
    may_name: bool = False
    invitation: str = ""


def register(
    *,
    group: SeatGroup,
    applicant: Applicant,
    idempotency_key: uuid.UUID,
    entry: Entry | None = None,
    notice: PrivacyNotice | None = None,
) -> Registration:
    """Give a seat, or a place in line; the same key again gives the registration that is there.

    Raises:
        RegistrationClosed: outside of the window, or the session is cancelled.
        AlreadyRegistered: the person has a place in this session.
        NoSeatLeft: neither a seat nor a place in line.
        KeyTaken: the key belongs to another group's registration, or to another person's.
        SeatRefused: the group's people are named by an office, and this one wasn't.
    """
    entry = entry or Entry()
    _check_applicant(applicant)
    seen = glimpse(group, applicant.phone, idempotency_key)
    if seen.is_full and not seen.is_known:
        _turn_away(group, entry)
    try:
        _check_window(group.session, group, entry)
        _check_invitation(group, entry)
        with transaction.atomic():
            row = _row(group, applicant, idempotency_key, entry, notice)
            return _take(row, entry, seems_free=seen.free > 0)
    except (IntegrityError, SeatRefused) as error:
        # Sent before, or by a parallel request that was quicker; anything else has no such row.
        known = Registration.objects.filter(idempotency_key=idempotency_key).first()
        if known is None:
            if isinstance(error, IntegrityError) and _is_double(error):
                raise AlreadyRegistered from None
            raise
        if known.group_id != group.pk or known.person_key != known_person(applicant.phone):
            raise KeyTaken from None
        return known


def _is_double(error: IntegrityError) -> bool:
    text = str(error)
    return "one_active_registration" in text or "person_key" in text


def _take(row: Registration, entry: Entry, *, seems_free: bool) -> Registration:
    """What needs no lock comes first; then the session is locked, and all is looked at again.

    All who register wait for one another from then on to the commit. So the receipt of who will
    most likely get a seat is written before; it goes out if that is what came of it.
    """
    group, before = row.group, row.group.session
    before.event = _known_event(group)
    early = _receipt_of_a_seat(row) if seems_free and not entry.held_for_review else None
    session = lock_session(before.pk, event=before.event)
    _check_window(session, group, entry)
    _check_list_open(group)
    row.session = session
    _find_place(row, entry)
    free = settle(session)
    if group.pk not in free:
        raise RegistrationClosed("这一类不再接受报名，请刷新页面后重新选择。")
    place = _first_state(session, group, free[group.pk], entry)
    # No proof that a person sent it: it holds nothing until somebody has looked (verify_person).
    row.state = State.PENDING if entry.held_for_review else place
    if row.state == State.WAITLISTED:
        row.waiting_since = timezone.now()
    insert(row)
    staff = entry.entered_by
    record(row, "", by=By.staff(staff) if staff else PERSON)
    still_true = row.state == State.CONFIRMED and is_unchanged(session, before)
    notices.confirm_registration(row, early if still_true else None)
    return row


def _receipt_of_a_seat(row: Registration) -> Notice:
    row.session, row.state = row.group.session, State.CONFIRMED
    return notices.compose_receipt(row)


def _known_event(group: SeatGroup) -> EventPage:
    """What the receipt says of event, unit and audience, read before the lock, or kept."""
    pk, audience = group.session.event_id, group.audience_id
    wide = EventPage.objects.select_related("unit")
    group.audience = kept("seats-audience", audience, make=lambda: group.audience)
    return kept("seats-event", pk, make=lambda: wide.get(pk=pk))


def _row(
    group: SeatGroup,
    applicant: Applicant,
    idempotency_key: uuid.UUID,
    entry: Entry,
    notice: PrivacyNotice | None,
) -> Registration:
    """The registration with its receipt and contact, not saved, its state still open."""
    contact = create_contact(
        name=applicant.name,
        phone=applicant.phone,
        email=applicant.email,
        address=applicant.address,
    )
    return Registration(
        group=group,
        receipt=issue_receipt(),
        contact=contact,
        person_key=contact.person_key,
        origin=entry.origin,
        idempotency_key=idempotency_key,
        entered_by=entry.entered_by,
        held_for_review=entry.held_for_review,
        access_needs=applicant.access_needs.strip(),
        transport=applicant.transport.strip(),
        photo_consent=applicant.photo_consent,
        notice=notice,
        consented_at=timezone.now() if notice else None,
    )


def _check_applicant(applicant: Applicant) -> None:
    if not applicant.name.strip() or not applicant.phone.strip():
        field = "phone" if applicant.name.strip() else "name"
        raise SeatRefused("请填写姓名和电话号码。", field=field)


def window_message(session: Session) -> str:
    """Why nobody can register for the session now; empty while the window is open."""
    if session.is_cancelled:
        return "这一场已经取消，不能报名。"
    now = timezone.now()
    if now < session.registration_opens_at:
        opens = timezone.localtime(session.registration_opens_at)
        return f"报名尚未开始，{opens:%Y年%m月%d日%H:%M}起可以报名。"
    if now >= session.registration_closes_at:
        closes = timezone.localtime(session.registration_closes_at)
        return f"报名已于{closes:%Y年%m月%d日%H:%M}截止，不能再报名。"
    return ""


def _check_window(session: Session, group: SeatGroup, entry: Entry) -> None:
    """By the clock. People whom an office names may be entered until the session begins."""
    named = group.is_named and entry.may_name and timezone.now() < session.starts_at
    if (session.is_cancelled or not named) and (message := window_message(session)):
        raise RegistrationClosed(message)
    if named:
        return
    if group.is_drawn and not _is_committed(session, group):
        raise RegistrationClosed("这一类的抽签承诺还没有公布，暂不能报名。")


def _is_committed(session: Session, group: SeatGroup) -> bool:
    """The draw's seed was fixed, and the event shows its hash, before anybody takes part."""
    shown = EventPage.objects.filter(pk=session.event_id, live=True)
    return group.run is not None and shown.exists()


def _check_list_open(group: SeatGroup) -> None:
    """Nobody comes to a frozen list, also where registration is opened once more. Under lock."""
    frozen = DrawRun.objects.filter(group=group, frozen_at__isnull=False)
    if group.is_drawn and frozen.exists():
        raise RegistrationClosed("这一类的抽签名单已经冻结公布，不能再报名。")


def _check_invitation(group: SeatGroup, entry: Entry) -> None:
    """Whoever only takes calls names nobody: the caller reads out the code."""
    if not group.is_named or entry.may_name:
        return
    given, code = read_code(entry.invitation), read_code(group.invitation_code)
    if not code or not secrets.compare_digest(given.encode(), code.encode()):
        asked = "请填写邀请函上的邀请码；没有邀请码请选其他类别。"
        wrong = "邀请码不对，请照邀请函上的填写，不分大小写；没有邀请码请选其他类别。"
        message = wrong if given else f"这一类由单位推荐或邀请产生，{asked}"
        raise SeatRefused(message, field="invitation")


def _find_place(row: Registration, entry: Entry) -> None:
    """One person, one place. Of a household, staff may enter several on one phone."""
    taken = {household for (household,) in _HOUSEHOLDS.rows(row.session.pk, row.person_key)}
    if taken and not (entry.one_more and entry.entered_by):
        raise AlreadyRegistered
    row.household = next(n for n in range(len(taken) + 1) if n not in taken)


def _first_state(session: Session, group: SeatGroup, free: int, entry: Entry) -> State:
    """Where a new registration stands, by how the group's seats are given.

    A seat that is free after settling is one that nobody in the queue could be offered any more.
    """
    if group.method == SeatMethod.REVIEW:
        return State.PENDING
    if group.method == SeatMethod.DRAW:
        return State.IN_DRAW
    queue = group.registrations.waiting()
    if free > 0 and (session.can_offer or not queue.exists()):
        return State.CONFIRMED
    if group.is_named:
        raise NoSeatLeft(_FULL_TO_STAFF if entry.may_name else _FULL_TO_INVITED, field="group")
    if group.waiting_limit is not None and queue.count() >= group.waiting_limit:
        raise NoSeatLeft(_FULL)
    return State.WAITLISTED


def _turn_away(group: SeatGroup, entry: Entry) -> NoReturn:
    """Refuse without a lock who comes when all is gone, as most do who race for few seats."""
    _check_window(group.session, group, entry)
    _check_invitation(group, entry)
    raise NoSeatLeft(_FULL)


def _households(session: int, person: str) -> QuerySet[Any, Any]:
    same = Registration.objects.active().filter(session=session, person_key=person)
    return same.values_list("household")


_HOUSEHOLDS = Statement(_households, int, str)
