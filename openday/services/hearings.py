"""Hearings: what is fixed before, the record of what was said, its signing (713 art. 16, 17)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from openday.enums import EventKind, State
from openday.hearing_reading import (
    hearing_day,
    is_outdated,
    masked_list,
    obstacles,
    statements_of,
    unconfirmed,
    unrecorded,
)
from openday.models import EventPage, Hearing, HearingStatement, Registration, Session
from openday.models.hearing import SILENT
from openday.refusals import ChangedMeanwhile, SeatRefused
from openday.services.locking import lock_session
from openday.services.showing import show_anew

RECORD = ("introduction", "statements", "questions", "debate", "recorder")
_STEPS = {
    "introduction": "承办单位介绍",
    "statements": "陈述",
    "questions": "询问、质证",
    "debate": "辩论",
    "recorder": "记录人",
}


@transaction.atomic
def publish_participants(*, session: Session, user: Any) -> Hearing:
    """Freeze the masked list of who has a seat; the event's page shows it. Again: the new list.

    Another list takes the readiness back: somebody may lack the materials.

    Raises:
        SeatRefused: the announcement isn't public, nobody has a seat, or the hearing has begun.
    """
    hearing = _locked(session)
    _require_before(hearing)
    if not EventPage.objects.filter(pk=session.event_id, live=True).exists():
        raise SeatRefused("活动公告还没有发布，名单无处公布：请先发布公告。")
    listed = masked_list(hearing.session)
    if not listed:
        raise SeatRefused("还没有人确定参加，不能公布名单。")
    if listed != hearing.participants:
        hearing.ready_at = hearing.ready_by = None
    hearing.participants, hearing.participants_published_at = listed, timezone.now()
    hearing.save()
    _log(hearing, "participants", user, people=len(listed))
    show_anew(session.event)
    return hearing


@transaction.atomic
def record_materials(*, session: Session, day: date, user: Any) -> Hearing:
    """Note the day on which the materials had reached all participants.

    A day that is too late may be noted, because it is true; then the hearing can't be ready.

    Raises:
        SeatRefused: a day to come, or after the hearing has begun.
    """
    hearing = _locked(session)
    _require_before(hearing)
    if day > timezone.localdate():
        raise SeatRefused("送达日期不能晚于今天：送达以后再记录。", field="day")
    if day != hearing.materials_delivered_on:
        hearing.ready_at = hearing.ready_by = None
    hearing.materials_delivered_on = day
    hearing.save()
    _log(hearing, "materials", user, day=day.isoformat())
    return hearing


@transaction.atomic
def mark_ready(*, session: Session, user: Any) -> Hearing:
    """All that the law wants before is there.

    Raises:
        SeatRefused: something is missing; the message names all of it.
    """
    hearing = _locked(session)
    _require_before(hearing)
    missing = obstacles(hearing)
    if is_outdated(hearing):
        missing.append("确定参加的人与已公布的名单不同，请先重新公布名单。")
    if missing:
        raise SeatRefused("还不能确认准备就绪：" + "".join(missing))
    if hearing.ready_at is None:
        hearing.ready_at, hearing.ready_by = timezone.now(), user
        hearing.save()
        _log(hearing, "ready", user)
    return hearing


@transaction.atomic
def write_record(*, session: Session, user: Any, **record: str) -> Hearing:
    """Store the record's parts (``RECORD``), in the order of the hearing's steps.

    Raises:
        SeatRefused: the hearing has not begun, or the record is closed.
    """
    hearing = _locked(session)
    _require_begun(hearing)
    for name in RECORD:
        setattr(hearing, name, record.get(name, getattr(hearing, name)).strip())
    hearing.save()
    _log(hearing, "record", user)
    return hearing


@transaction.atomic
def add_statement(
    *, session: Session, registration: Registration, text: str, user: Any
) -> HearingStatement:
    """Note down what a participant said.

    Raises:
        SeatRefused: nothing is said, or the person didn't come; not begun, or closed.
    """
    hearing = _locked(session)
    _require_begun(hearing)
    speaker = Registration.objects.get(pk=registration.pk)
    if speaker.session_id != session.pk:
        raise SeatRefused("发言人不是这一场的参加人。", field="registration")
    if speaker.state != State.ATTENDED:
        raise SeatRefused("发言人还没有签到：请先在签到中登记到场。", field="registration")
    row = HearingStatement.objects.create(
        hearing=hearing, registration=speaker, text=_require_words(text)
    )
    log(instance=row, action="openday.statement", user=user)
    return row


@transaction.atomic
def note_silent(*, session: Session, user: Any) -> list[HearingStatement]:
    """Note of everybody who came and has no statement that they said nothing; they sign that.

    Raises:
        SeatRefused: not begun, or closed.
    """
    _require_begun(_locked(session))
    return [
        add_statement(session=session, registration=row, text=SILENT, user=user)
        for row in unrecorded(session)
    ]


@transaction.atomic
def change_statement(*, statement: HearingStatement, user: Any) -> HearingStatement:
    """Store text, the day of signing, or why it wasn't signed.

    ``statement``: the changed one, not saved.

    Raises:
        SeatRefused: closed; a day before the hearing or to come; words that are in the register.
    """
    hearing = _locked(statement.hearing.session)
    _require_begun(hearing)
    stored = HearingStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    text = _require_words(statement.text)
    if stored.opinion_number and text != stored.text:
        raise SeatRefused("发言已转入意见登记，内容不能再改。", field="text")
    day = statement.confirmed_on
    if day and not hearing_day(hearing.session) <= day <= timezone.localdate():
        message = "签字日期不能早于听证会当日，也不能晚于今天。"
        raise SeatRefused(message, field="confirmed_on")
    before = {"text": stored.text, "confirmed_on": str(stored.confirmed_on or "")}
    stored.text, stored.confirmed_on, stored.remark = text, day, statement.remark.strip()
    stored.save(update_fields=["text", "confirmed_on", "remark"])
    log(instance=stored, action="openday.statement", user=user, data={"before": before})
    return stored


@transaction.atomic
def remove_statement(*, statement: HearingStatement, user: Any) -> None:
    """Take one out that was noted by mistake; the audit trail keeps its words.

    Raises:
        SeatRefused: closed, or it is in a draft's register.
    """
    hearing = _locked(statement.hearing.session)
    _require_begun(hearing)
    stored = HearingStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if stored.opinion_number:
        raise SeatRefused("发言已转入意见登记，不能删除。")
    data = {"removed": stored.text}
    log(instance=stored, action="openday.statement", user=user, data=data)
    stored.delete()


@transaction.atomic
def close_record(*, session: Session, user: Any) -> Hearing:
    """The record is final: all steps are in it, and who came has signed, or it says why not.

    Raises:
        SeatRefused: something is missing; not begun, or closed already.
    """
    hearing = _locked(session)
    _require_begun(hearing)
    blank = [label for name, label in _STEPS.items() if not getattr(hearing, name)]
    if blank:
        raise SeatRefused(f"笔录还缺：{'、'.join(blank)}。没有发生的，请写“无”。")
    if not statements_of(hearing).exists():
        raise SeatRefused("还没有登记参加人的发言。")
    if count := unrecorded(session).count():
        raise SeatRefused(
            f"还有{count}位到场的参加人没有发言记录，无处签字：请登记他们的发言；"
            "确实没有发言的，点“其余到场的人没有发言”。"
        )
    if count := unconfirmed(hearing).count():
        raise SeatRefused(f"还有{count}条发言没有本人签字日期，也没有写明未签字的原因。")
    hearing.closed_at = timezone.now()
    hearing.save(update_fields=["closed_at"])
    _log(hearing, "closed", user)
    return hearing


def _locked(session: Session) -> Hearing:
    """The session's hearing, made at its first step, with the session locked."""
    stored = lock_session(session.pk)
    if stored.event.kind != EventKind.HEARING:
        raise SeatRefused("这一场不是听证会。")
    if stored.is_cancelled:
        raise SeatRefused("这一场已经取消。")
    hearing, _made = Hearing.objects.get_or_create(session=stored)
    hearing.session = stored
    return hearing


def _require_before(hearing: Hearing) -> None:
    if timezone.now() >= hearing.session.starts_at:
        raise SeatRefused("听证会已经开始，会前准备不能再改。")


def _require_begun(hearing: Hearing) -> None:
    if timezone.now() < hearing.session.starts_at:
        raise SeatRefused("听证会还没有开始，不能填写笔录。")
    if hearing.closed_at:
        raise ChangedMeanwhile("笔录已经定稿，不能再改。")


def _require_words(text: str) -> str:
    words = text.strip()
    if not words:
        raise SeatRefused("请写下发言内容。", field="text")
    return words


def _log(hearing: Hearing, action: str, user: Any, **data: Any) -> None:
    log(instance=hearing, action=f"openday.{action}", user=user, data=data or None)
