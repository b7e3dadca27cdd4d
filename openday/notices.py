"""What people are told of their places; the words are templates/emails/openday/*.txt.

Every message has a key of its own, so that nothing is told twice. The query code is for the person
alone: it stands on no list and in no SMS (docs/decisions/calls.md).
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from notify.channels import choose_channel
from notify.enums import MessageChannel
from notify.models import Message
from notify.services import Notice, enqueue, enqueue_many, withdraw_messages
from openday.calendar import pass_calendar
from openday.enums import Origin, State
from openday.models import EventReportPage, Registration
from people.codes import format_code
from publishing.calendars import Method

_REMINDER = "openday_reminder"
_OFFER = "openday_offer"
_ASK = "openday_ask"
_OFFERED = "有名额了，请确认"


def confirm_registration(row: Registration, composed: Notice | None = None) -> None:
    """The receipt, with the exact status; ``composed``: the same, written before the row stood."""
    notice = composed or compose_receipt(row)
    enqueue(**notice._replace(dedupe_key=f"{_key(row, 'receipt')}-")._asdict())


def compose_receipt(row: Registration) -> Notice:
    """Its words, before or after the row stands. Who sent it over the web has seen it: nobody
    phones."""
    return _notice(
        row,
        "receipt",
        subject="报名回执",
        told_by=told_by(row) if row.state == State.WAITLISTED else "",
        secret=render_to_string(
            "emails/openday/code.txt", {"code": format_code(row.receipt.code)}
        ).strip(),
        phone_if_unsent=row.origin not in {Origin.WEB, Origin.PHONE, Origin.COUNTER},
        calendar="REQUEST" if row.state == State.CONFIRMED else None,
    )


def told_by(row: Registration) -> str:
    """What the person should look out for: a channel that can carry an offer, and calls."""
    offer = _notice(row, "offer", subject=_OFFERED)
    channel = choose_channel(
        row.contact, kind=offer.kind, short=offer.short, values=offer.short_values or {}
    )
    ways = {MessageChannel.EMAIL: "邮件和来电", MessageChannel.SMS: "来电和短信"}
    return ways.get(channel, "来电")


def tell_decision(row: Registration, *, reason: str = "") -> None:
    """What the review or the draw said."""
    calendar: Method | None = "REQUEST" if row.state == State.CONFIRMED else None
    _tell(row, "decision", subject="报名结果", reason=reason, calendar=calendar)


def tell_offer(row: Registration) -> None:
    """A seat is free for who waited; the time to answer begins when this goes out."""
    _tell(row, "offer", subject=_OFFERED)


def offer_told_at(row: Registration) -> datetime | None:
    """When the offer went out, or the call was logged; None while the person doesn't know."""
    told = Message.objects.filter(dedupe_key=f"{_key(row, 'offer')}-").first()
    return (told.sent_at or told.phoned_at) if told else None


def confirm_seat(row: Registration) -> None:
    """The person took the offer."""
    _done_with_offer(row)
    _tell(row, "seat", subject="名额已确认", calendar="REQUEST", phone_if_unsent=False)


def tell_lapsed(row: Registration) -> None:
    """The time to answer was over."""
    _done_with_offer(row)
    _tell(row, "lapsed", subject="名额逾期未确认")


def tell_cancelled(row: Registration, *, was: str) -> None:
    """The person gave the place up; they know it. ``was``: the state before."""
    _done_with_all(row)
    _tell(
        row,
        "cancelled",
        subject="报名已取消",
        calendar=_off_calendar(was),
        phone_if_unsent=False,
    )


def tell_revoked(row: Registration, *, was: str, reason: str) -> None:
    """The place was taken back, or the session called off: by every way there is."""
    _done_with_all(row)
    called_off = row.session.is_cancelled
    subject = "活动取消" if called_off else "报名已撤销"
    _tell(row, "revoked", subject=subject, reason=reason, calendar=_off_calendar(was))


def tell_moved(row: Registration) -> None:
    """Another time or place; who has a seat is asked to confirm again."""
    withdraw_messages(kind=_REMINDER, dedupe_prefix=f"{_key(row, 'reminder')}-")
    calendar: Method | None = "REQUEST" if row.state == State.CONFIRMED else None
    ending = f"-{row.session.sequence}"
    _tell(
        row,
        "moved",
        subject="时间或地点有变",
        calendar=calendar,
        ending=ending,
        move=row.session.last_move,
    )


def ask_by_phone(row: Registration) -> None:
    """Who didn't confirm again: somebody asks them."""
    ending = f"-{row.session.sequence}"
    _tell(
        row,
        "ask",
        subject="请电话确认是否参加",
        ending=ending,
        by_phone=True,
        move=row.session.last_move,
    )


def remind(rows: list[Registration], days: int) -> int:
    """Some days before; how many are new. The words count from today, however late it is written.

    Who was reminded before is left out before anything is rendered: this runs every ten minutes.
    """
    endings = {row.pk: f"-{row.session.sequence}-{days}" for row in rows}
    keys = {row.pk: f"{_key(row, 'reminder')}{endings[row.pk]}" for row in rows}
    told = Message.objects.filter(dedupe_key__in=keys.values())
    known = set(told.values_list("dedupe_key", flat=True))
    return enqueue_many(
        _notice(
            row,
            "reminder",
            subject=f"{_days_left(row)}的活动",
            ending=endings[row.pk],
            calendar="REQUEST",
            phone_if_unsent=days == 1,
            left=_days_left(row),
        )
        for row in rows
        if keys[row.pk] not in known
    )


def _days_left(row: Registration) -> str:
    left = (timezone.localdate(row.session.starts_at) - timezone.localdate()).days
    return {0: "今天", 1: "明天"}.get(left, f"{left}天后")


def thank(rows: list[Registration], report: EventReportPage) -> int:
    """The report is public: thanks to those who came, with its address; how many are new."""
    return enqueue_many(
        _notice(row, "thanks", subject="活动总结已公布", phone_if_unsent=False, report=report)
        for row in rows
    )


def no_need_to_ask(row: Registration) -> None:
    """The person said that they come, or don't: nobody phones them for it."""
    withdraw_messages(kind=_ASK, dedupe_prefix=f"{_key(row, 'ask')}-")


def _done_with_offer(row: Registration) -> None:
    withdraw_messages(kind=_OFFER, dedupe_prefix=f"{_key(row, 'offer')}-")


def _done_with_all(row: Registration) -> None:
    _done_with_offer(row)
    no_need_to_ask(row)
    withdraw_messages(kind=_REMINDER, dedupe_prefix=f"{_key(row, 'reminder')}-")


def _off_calendar(was: str) -> Method | None:
    """Only who had a seat has it in the calendar; others would be told of an unknown event."""
    return "CANCEL" if was == State.CONFIRMED else None


def _key(row: Registration, what: str) -> str:
    return f"openday-{what}-{row.pk}"


def _tell(row: Registration, what: str, **more: Any) -> Message:
    return enqueue(**_notice(row, what, **more)._asdict())


def _notice(
    row: Registration,
    what: str,
    *,
    subject: str,
    ending: str = "",
    calendar: Method | None = None,
    secret: str = "",
    phone_if_unsent: bool = True,
    by_phone: bool = False,
    **context: Any,
) -> Notice:
    session = row.session
    values = {"event": session.event.title[:20], "time": _when(session.starts_at)}
    known = {
        "row": row,
        "session": session,
        "event": session.event,
        "status_address": _status_address(row),
        **context,
    }
    return Notice(
        contact=row.contact,
        kind=f"openday_{what}",
        subject=f"{subject}：{session.event.title}"[:150],
        body=render_to_string(f"emails/openday/{what}.txt", known),
        dedupe_key=f"{_key(row, what)}-{ending.lstrip('-')}",
        unit=session.unit,
        secret=secret,
        phone_if_unsent=phone_if_unsent,
        calendar=pass_calendar(row, method=calendar, host=_host(row)) if calendar else "",
        short=f"{subject}：{values['event']}，{values['time']}。报名编号{row.receipt.number}。",
        short_values={**values, "number": row.receipt.number},
        by_phone=by_phone,
        urgent=f"openday_{what}" in {_OFFER, _ASK},
    )


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def _host(row: Registration) -> str:
    return urlsplit(row.session.event.full_url or "").hostname or "localhost"


def _status_address(row: Registration) -> str:
    """Where number and code are asked for: a page, no link that does anything."""
    event_address = row.session.event.full_url or ""
    parts = urlsplit(event_address)
    root = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{root}{reverse('registration_lookup')}"
