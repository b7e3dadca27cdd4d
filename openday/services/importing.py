"""A list of invited people, entered row by row by the rules that hold for everybody (rule O2)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from openday.enums import Origin
from openday.models import Registration, SeatGroup
from openday.refusals import AlreadyRegistered, NoSeatLeft, SeatRefused
from openday.services.looking import known_person
from openday.services.registering import Applicant, Entry, register
from people.names import is_whole_name

MAX_NAME = 40
MAX_ADDRESS = 60
MAX_NOTE = 200
_SPACE = uuid.UUID("6a1f8a52-8d0c-5f0e-9a55-0d1f3c1b7e42")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its line, and what stands in it."""

    number: int
    name: str
    phone: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one row. ``kind``: taken, known, twice, full, phone, refused."""

    line: Line
    kind: str
    words: str
    registration: Registration | None = None


def import_list(*, group: SeatGroup, lines: Iterable[Line], user: Any) -> list[Report]:
    """Enter each; a refusal leaves the others as they are. Run again, nobody is entered twice.

    Each row is a transaction of its own: the session is not held for the whole of a long list.
    """
    first: dict[uuid.UUID, Line] = {}
    reports = [_enter(group, line, user, first) for line in lines]
    taken = sum(report.kind == "taken" for report in reports)
    _record(group, user, taken=taken, refused=len(reports) - taken)
    return reports


@transaction.atomic
def _record(group: SeatGroup, user: Any, *, taken: int, refused: int) -> None:
    data = {"taken": taken, "refused": refused}
    log(instance=group.session, action="openday.import", user=user, data=data)


def _enter(group: SeatGroup, line: Line, user: Any, first: dict[uuid.UUID, Line]) -> Report:
    """``first``: the line of this file that stands first for each person."""
    if wrong := _wrong(line):
        return wrong
    key = key_of(group, line.phone)
    if (before := first.setdefault(key, line)) is not line:
        return _twice(line, before)
    known = Registration.objects.filter(idempotency_key=key).select_related("receipt").first()
    if known:
        return _known(line, known)
    applicant = Applicant(
        name=line.name, phone=line.phone, address=line.address, access_needs=line.note
    )
    entry = Entry(origin=Origin.LIST, entered_by=user, may_name=True)
    try:
        row = register(group=group, applicant=applicant, idempotency_key=key, entry=entry)
    except AlreadyRegistered:
        return Report(line, "known", "这个电话号码已经报过这一场")
    except NoSeatLeft as refusal:
        return Report(line, "full", refusal.message)
    except SeatRefused as refusal:
        return Report(line, "refused", refusal.message)
    return Report(line, "taken", f"登记成功：{row.get_state_display()}", row)


def _wrong(line: Line) -> Report | None:
    """What is wrong with the row itself, before any seat is looked at."""
    if not line.name:
        return Report(line, "refused", "没有写姓名")
    if not is_whole_name(line.name):
        return Report(line, "refused", "姓名要写全称，至少两个字")
    if not line.phone:
        return Report(line, "phone", "没有写电话号码")
    try:
        known_person(line.phone)
    except ValidationError:
        return Report(line, "phone", "电话号码不对：应为11位手机号，或带区号的固定电话")
    limits = (("姓名", line.name, MAX_NAME), ("单位或村（社区）", line.address, MAX_ADDRESS))
    for label, text, limit in (*limits, ("备注", line.note, MAX_NOTE)):
        if len(text) > limit:
            return Report(line, "refused", f"{label}超过{limit}字")
    return None


def _twice(line: Line, before: Line) -> Report:
    words = f"和本表第{before.number}行的电话号码相同，不重复登记"
    if line.name != before.name:
        words += "；不是同一人的，请用“代为报名”登记，勾选“同一电话的另一人”"
    return Report(line, "twice", words)


def _known(line: Line, row: Registration) -> Report:
    return Report(line, "known", f"以前已按名单登记：现为“{row.get_state_display()}”", row)


def key_of(group: SeatGroup, phone: str) -> uuid.UUID:
    """The same for the same person in the same session, whenever and in whatever writing."""
    return uuid.uuid5(_SPACE, f"{group.session_id}:{known_person(phone)}")
