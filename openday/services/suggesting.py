"""Suggestions made at an event: noted down, given to an office, answered (rule O4)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from openday.models import EventPage, Registration, Suggestion
from openday.refusals import SeatRefused
from publishing.models import Unit


@transaction.atomic
def add_suggestion(
    *,
    event: EventPage,
    text: str,
    user: Any,
    registration: Registration | None = None,
    unit: Unit | None = None,
    due_on: date | None = None,
    is_public: bool = True,
) -> Suggestion:
    """Note one down, with the next number of its event.

    Raises:
        SeatRefused: nothing is said, or the person belongs to another event.
    """
    if not text.strip():
        raise SeatRefused("请写下建议内容。", field="text")
    if registration and registration.session.event_id != event.pk:
        raise SeatRefused("提出人报的不是这个活动。", field="registration")
    EventPage.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=event.pk)
    highest = Suggestion.objects.filter(event=event).aggregate(top=Max("number"))["top"] or 0
    row = Suggestion.objects.create(
        event=event,
        registration=registration,
        number=highest + 1,
        text=text.strip(),
        unit=unit,
        due_on=due_on,
        is_public=is_public,
        created_by=user,
    )
    log(instance=row, action="openday.suggestion", user=user)
    return row


@transaction.atomic
def handle_suggestion(
    *, suggestion: Suggestion, user: Any, seen_answer: str | None = None
) -> Suggestion:
    """Store office, day, answer, and whether it is public, with before and after in the log.

    ``suggestion``: the changed one, not saved. ``seen_answer``: the answer that the person had
    before them.

    Raises:
        SeatRefused: somebody else has answered meanwhile, or it is an opinion of its draft now,
            which keeps its words and is decided there.
    """
    stored = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if seen_answer is not None and stored.answer != seen_answer:
        message = f"{stored.answered_by}刚刚改过答复，请看过后再保存。"
        raise SeatRefused(message, field="answer")
    if stored.opinion_number:
        _refuse_other_words(stored, suggestion)
    before = _facts(stored)
    for name in ("text", "unit", "due_on", "is_public"):
        setattr(stored, name, getattr(suggestion, name))
    answer = suggestion.answer.strip()
    if answer != stored.answer:
        stored.answer, stored.answered_by = answer, user
        stored.answered_at = timezone.now() if answer else None
    stored.save()
    data = {"before": before, "after": _facts(stored)}
    log(instance=stored, action="openday.handle", user=user, data=data)
    return stored


def _refuse_other_words(stored: Suggestion, changed: Suggestion) -> None:
    for field in ("text", "answer"):
        if getattr(changed, field).strip() != getattr(stored, field):
            message = "这条建议已转入意见登记，内容和答复不能再改，采纳情况在意见办理中答复。"
            raise SeatRefused(message, field=field)


def _facts(row: Suggestion) -> dict[str, Any]:
    return {
        "text": row.text,
        "unit": str(row.unit or ""),
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "answer": row.answer,
        "is_public": row.is_public,
    }
