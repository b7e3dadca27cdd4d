"""What the door is told of one arrival: a word in large type, and whom it is about."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from openday.enums import CheckInMethod
from openday.forms.check_in import ArrivalForm, QueuedForm
from openday.models import Registration, Session
from openday.refusals import SeatRefused
from openday.services.checking_in import CheckInRefused, check_in, read_number

WORDS = {
    "in": "已签到",
    "duplicate": "重复",
    "other": "不是本场",
    "cancelled": "已取消",
    "no_seat": "没有名额",
    "unknown": "没有这个编号",
    "unclear": "编号不唯一",
    "undone": "签到已撤销",
    "broken": "没有签到",
}
_WALK_IN = "没有报名的，请先到登记处（窗口）登记，有名额才能入场。"
_HINTS = {"unknown": _WALK_IN, "cancelled": _WALK_IN}


@dataclass(frozen=True, slots=True)
class Answer:
    """One arrival's outcome; ``kind`` is a key of ``WORDS``. The door sees the full name."""

    kind: str
    message: str
    nonce: str = ""
    number: str = ""
    name: str = ""
    group: str = ""
    needs: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.kind]

    @property
    def hint(self) -> str:
        return _HINTS.get(self.kind, "")

    @property
    def is_in(self) -> bool:
        return self.kind == "in"

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "word": self.word, "hint": self.hint}


def answer(form: ArrivalForm, session: Session, user: Any, nonce: str = "") -> Answer:
    """Checks the arrival in, or says why not; each stands for itself. ``nonce``: as it was sent."""
    if not form.is_valid():
        problems = [str(error) for errors in form.errors.values() for error in errors]
        return Answer("broken", problems[0], nonce)
    typed = form.cleaned_data
    number = ""
    try:
        number = read_number(typed["text"], session)
        made = check_in(
            session=session,
            number=number,
            user=user,
            nonce=typed["nonce"],
            method=CheckInMethod(typed["method"]),
            scanned_at=typed.get("scanned_at"),
        )
    except CheckInRefused as refusal:
        return _about(refusal.registration, refusal.kind, refusal.message, nonce, number)
    except SeatRefused as refusal:
        return Answer("broken", refusal.message, nonce, number)
    when = f"{timezone.localtime(made.scanned_at):%H:%M}签到。"
    return _about(made.registration, "in", when, nonce, number)


def answer_all(
    items: list[tuple[str, QueuedForm]], session: Session, user: Any
) -> tuple[list[Answer], bool]:
    """The answers in the order of the items, and whether each item could be understood."""
    answers = [answer(form, session, user, nonce) for nonce, form in items]
    return answers, all(form.is_valid() for _nonce, form in items)


def _about(row: Registration | None, kind: str, message: str, nonce: str, number: str) -> Answer:
    if row is None:
        return Answer(kind, message, nonce, number)
    if not row.session.is_at_the_door:
        return Answer(kind, message, nonce, number, group=str(row.group))
    return Answer(
        kind,
        message,
        nonce,
        number,
        name=row.contact.name,
        group=str(row.group),
        needs=row.access_needs,
    )
