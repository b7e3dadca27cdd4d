"""Events that are over, with people who came, photos, suggestions, and their report."""

import io
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images import get_image_model

from openday.models import EventPage, EventReportPage, ReportPhoto, Session, Suggestion
from openday.services.checking_in import check_in
from openday.services.reports import create_report
from openday.services.suggesting import add_suggestion, handle_suggestion
from publishing.models import Unit
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)


def make_past_event(unit: Unit | None = None, *, came: int = 1, absent: int = 1) -> EventPage:
    """Announced, and attended by some; the tests look at it from ``after`` its end."""
    event = make_event(unit=unit, title="便民服务开放日")
    session = make_session(event)
    group = make_group(session, name="群众代表")
    publish(event)
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(came + absent)]
    officer = make_officer_of(event)
    with time_machine.travel(session.starts_at, tick=False):
        for row in rows[:came]:
            number, nonce = row.receipt.number, row.idempotency_key
            check_in(session=session, number=number, user=officer, nonce=nonce)
    return EventPage.objects.get(pk=event.pk)


def after(event: EventPage, **delta: float) -> AbstractContextManager[Any]:
    session = Session.objects.filter(event=event).latest("ends_at")
    return time_machine.travel(session.ends_at + timedelta(**(delta or {"hours": 1})), tick=False)


def make_report(event: EventPage, *, live: bool = True, **fields: Any) -> EventReportPage:
    """Complete, and public unless ``live=False``; call after the event."""
    report = create_report(event=event, user=make_officer_of(event))
    report.narrative = "<p>代表们参观了便民服务大厅。</p>"
    for name, value in fields.items():
        setattr(report, name, value)
    if live:
        return publish(report)
    report.save_revision()
    report.save()
    return report


def make_photo(alt: str = "代表们在大厅里听介绍", *, consented: bool = True) -> ReportPhoto:
    content = io.BytesIO()
    Picture.new("RGB", (1500, 1000), "#5fa3a3").save(content, "JPEG")
    file = SimpleUploadedFile("hall.jpg", content.getvalue(), "image/jpeg")
    image = get_image_model().objects.create(title="大厅", file=file, width=1500, height=1000)
    return ReportPhoto(image=image, alt=alt, consented=consented)


def make_suggestion(
    event: EventPage, text: str = "修路", *, answer: str = "已列入计划。", **more: Any
) -> Suggestion:
    officer = make_officer_of(event)
    due_on = Session.objects.filter(event=event).latest("ends_at").ends_at.date()
    given = {"unit": event.unit, "due_on": due_on, **more}
    row = add_suggestion(event=event, text=text, user=officer, **given)
    row.answer = answer
    return handle_suggestion(suggestion=row, user=officer)
