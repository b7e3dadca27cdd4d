"""Lives through an event's days in their order: what happens on a day happens now, by the services
that people use, and before the next day all that was done so far is moved back."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db.models import DateTimeField
from django.utils import timezone
from wagtail.models import Collection

from consultation.models import DecisionDraftPage, Submission
from notify.models import Message
from notify.services.calling import record_many_phoned
from openday.enums import CheckInMethod, EventKind, Origin, SeatMethod
from openday.models import (
    Audience,
    EventCondition,
    EventContact,
    EventIndexPage,
    EventPage,
    EventSubject,
    ProgrammeItem,
    Registration,
    ReportPhoto,
    SeatGroup,
    Session,
    Suggestion,
)
from openday.services.answering import cancel
from openday.services.checking_in import check_in
from openday.services.deciding import approve
from openday.services.drawing import freeze_list, run_draw
from openday.services.hearings import mark_ready
from openday.services.registering import Applicant, Entry, register
from openday.services.reports import create_report
from openday.services.sessions import add_group, add_session
from openday.services.suggesting import add_suggestion, handle_suggestion
from openday.services.sweeping import sweep_session
from people.models import PrivacyNotice, Receipt
from portal.demo.ageing import rows_of_submissions, shift_rows, to_office_hours
from portal.demo.event_ageing import move_event_back
from portal.demo.event_stories import Attendee, EventStory
from portal.demo.hearing_chronicle import begin_record, date_arrivals, prepare
from portal.demo.people import Staff
from portal.demo.pictures import store
from portal.demo.rich_text import as_the_editor_stores
from portal.opinion_bridge import Target, hand_over
from publishing.models import Unit, User

END_OF_OFFICE = time(17, 30)


class Step(NamedTuple):
    """What happens on a day; ``order`` tells what comes first within it."""

    day: int
    order: int
    happen: Callable[[], Any]


class EventChronicle:
    """One event, from its announcement (today) to its present state."""

    def __init__(self, story: EventStory, unit: Unit, column: EventIndexPage, staff: Staff) -> None:
        self.story, self.column = story, column
        self.unit = Unit.objects.get(pk=unit.pk)
        self.writer, self.caller = staff.writer(unit), staff.caller(unit)
        # Known anew: the unit's column, and the right to publish below it, came a moment ago.
        self.reviewer = User.objects.get(pk=staff.reviewer.pk)
        self.rows: dict[Attendee, Registration] = {}

    def live(self) -> EventPage:
        """All days until today."""
        day = 0
        for step in sorted(self._steps(), key=lambda step: step[:2]):
            if step.day > day:
                move_event_back(self.event, step.day - day)
                day = step.day
            step.happen()
        move_event_back(self.event, self.story.today - day)
        return self.event

    def _steps(self) -> Iterator[Step]:
        story = self.story
        yield Step(0, 0, self._announce)
        for attendee in story.registrations:
            yield Step(attendee.day, 1, partial(self._register, attendee))
            if attendee.approved is not None:
                yield Step(attendee.approved, 2, partial(self._approve, attendee))
            if attendee.cancelled is not None:
                yield Step(attendee.cancelled, 3, partial(self._cancel, attendee))
        if story.witness:
            yield Step(story.closes, 4, self._draw)
        if story.fields["kind"] == EventKind.HEARING:
            yield Step(story.closes, 5, self._prepare_hearing)
        if story.was_held:
            yield Step(story.closes + 1, 5, self._phone)
            yield Step(story.starts, 5, self._receive)
            yield Step(story.starts + 1, 6, self._sweep)
        if story.record:
            yield Step(story.closes + 1, 6, self._confirm_ready)
            yield Step(story.starts + 1, 7, self._begin_record)
        if story.narrative:
            for row in story.suggestions:
                yield Step(story.starts + 1, 7, partial(self._note_down, row))
            yield Step(story.starts + 11, 8, self._hand_over)
            yield Step(story.starts + 12, 8, self._report)

    def _announce(self) -> None:
        """The page as a draft, its session and groups, and then the publication."""
        story = self.story
        page = EventPage(
            slug=story.slug,
            translation_key=story.key,
            unit=self.unit,
            owner=self.writer,
            live=False,
            **story.fields,
        )
        page.conditions.set([EventCondition(text=text) for text in story.conditions])
        programme = [ProgrammeItem(time=when, content=what) for when, what in story.programme]
        page.programme.set(programme)
        unit = self.unit
        page.contacts.set([EventContact(office=unit.name, phone=unit.phone, email=unit.email)])
        if story.subject:
            page.subjects.set([EventSubject(subject=self._draft())])
        self.event = self.column.add_child(instance=page)
        self._set_up_seats()
        revision = self.event.save_revision(user=self.writer, log_action=True)
        revision.publish(user=self.reviewer)
        self.event = EventPage.objects.get(pk=self.event.pk)

    def _set_up_seats(self) -> None:
        story = self.story
        starts_at = self._at(story.starts, time(story.hour, 30 if story.hour > 12 else 0))
        session = Session(
            event=self.event,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=story.minutes),
            capacity=story.capacity,
            registration_opens_at=self._at(story.opens, time.min),
            registration_closes_at=self._at(story.closes - 1, END_OF_OFFICE),
            cancel_until=starts_at - timedelta(days=1),
            offers_until=starts_at - timedelta(hours=18),
        )
        self.session = add_session(session=session, user=self.writer)
        for order, fields in enumerate(story.groups, start=1):
            audience = Audience.objects.get(name=fields["audience"])
            more: dict[str, Any] = {**fields, "audience": audience, "sort_order": order}
            if fields["method"] in {SeatMethod.REVIEW, SeatMethod.DRAW}:
                more["decided_by"] = timezone.localdate() + timedelta(days=story.closes)
            add_group(group=SeatGroup(session=self.session, **more), user=self.writer)

    def _register(self, attendee: Attendee) -> None:
        origin = Origin(attendee.origin)
        is_web = origin == Origin.WEB
        row = register(
            group=self._group(attendee.group),
            applicant=Applicant(
                name=attendee.name,
                phone=f"1990001{attendee.serial:04d}",
                email=f"guest{attendee.serial:03d}@example.com" if attendee.email else "",
                address=attendee.place,
                access_needs=attendee.needs,
                photo_consent=attendee.serial % 2 == 0,
            ),
            idempotency_key=self.story.registration_key(attendee),
            entry=Entry(
                origin=origin,
                entered_by=None if is_web else self.caller,
                may_name=not is_web,
            ),
            notice=PrivacyNotice.objects.current() if is_web else None,
        )
        self._date(row, attendee)
        self.rows[attendee] = row

    def _date(self, row: Registration, attendee: Attendee) -> None:
        """Give the receipt the number of the day that this will be in the end."""
        day = timezone.localdate() - timedelta(days=self.story.today - attendee.day)
        key = self.story.registration_key(attendee).int
        old, number = row.receipt.number, f"{day:%Y%m%d}-{key % 10**6:06d}"
        Receipt.objects.filter(pk=row.receipt_id).update(number=number)
        row.receipt.number = number
        for message in Message.objects.filter(contact=row.contact):
            for name in ("body", "short", "short_values"):
                setattr(message, name, getattr(message, name).replace(old, number))
            message.save(update_fields=["body", "short", "short_values"])

    def _approve(self, attendee: Attendee) -> None:
        approve(registration=self.rows[attendee], user=self.writer)

    def _cancel(self, attendee: Attendee) -> None:
        cancel(registration=self.rows[attendee])

    def _draw(self) -> None:
        group = self.session.groups.get(method=SeatMethod.DRAW)
        freeze_list(group=group, user=self.writer)
        story = self.story
        run_draw(group=group, user=self.writer, digits=story.digits, witness=story.witness)

    def _prepare_hearing(self) -> None:
        prepare(session=self._session(), user=self.writer)

    def _confirm_ready(self) -> None:
        mark_ready(session=self._session(), user=self.writer)

    def _phone(self) -> None:
        """Those who left no e-mail address, told by phone before the day."""
        waiting = Message.objects.to_phone().filter(contact__registrations__session=self.session)
        ids = list(waiting.values_list("pk", flat=True))
        record_many_phoned(message_ids=ids, user=self.caller, note="已告知本人，会按时到场。")

    def _receive(self) -> None:
        """Those who came, at the door."""
        for attendee, row in self.rows.items():
            if attendee.came:
                check_in(
                    session=self._session(),
                    number=row.receipt.number,
                    user=self.caller,
                    nonce=uuid.uuid5(self.story.key, f"door-{attendee.serial}"),
                    method=CheckInMethod.NUMBER,
                )
        date_arrivals(self._session())

    def _sweep(self) -> None:
        sweep_session(session_id=self.session.pk)

    def _begin_record(self) -> None:
        speakers = {attendee.name: row for attendee, row in self.rows.items()}
        begin_record(
            session=self._session(), user=self.writer, record=self.story.record, speakers=speakers
        )

    def _note_down(self, row: dict[str, Any]) -> None:
        speaker = next(one for one in self.rows if one.name == row["name"])
        said = add_suggestion(
            event=self.event,
            text=row["text"],
            user=self.writer,
            registration=self.rows[speaker],
            unit=self.unit,
            due_on=timezone.localdate() + timedelta(days=row["due"]),
        )
        if "answer" in row:
            answered = Suggestion.objects.get(pk=said.pk)
            answered.answer = row["answer"]
            handle_suggestion(suggestion=answered, user=self.writer)

    def _hand_over(self) -> None:
        """What has no answer of its own goes to the register of the draft, as an opinion of it."""
        for said in self.event.suggestions.filter(answer=""):
            row = hand_over(said=said, target=Target(self._draft()), user=self.writer)
            sent = Submission.objects.filter(idempotency_key=row.handed_over_key)
            day = timezone.localdate() - timedelta(days=self.story.today - self.story.starts - 11)
            Receipt.objects.filter(submission__in=sent).update(
                number=f"{day:%Y%m%d}-{self.story.key.int % 10**6:06d}"
            )
            for rows in rows_of_submissions(sent):
                shift_rows(rows, day - timezone.localdate())
                shift_rows(rows, to_office_hours(), DateTimeField)

    def _report(self) -> None:
        """Written by the editor, published by the reviewer."""
        story, collection = self.story, Collection.objects.get(name=self.unit.name)
        report = create_report(event=EventPage.objects.get(pk=self.event.pk), user=self.writer)
        report.narrative = as_the_editor_stores(type(report), "narrative", story.narrative)
        photos = [
            ReportPhoto(
                image=store(row["scene"], row["alt"], collection),
                alt=row["alt"],
                consented=True,
            )
            for row in story.photos
        ]
        report.photos.set(photos)
        revision = report.save_revision(user=self.writer, log_action=True)
        revision.publish(user=self.reviewer)

    def _session(self) -> Session:
        return Session.objects.get(pk=self.session.pk)

    def _group(self, name: str) -> SeatGroup:
        groups = SeatGroup.objects.select_related("session__event")
        return groups.get(session=self.session, audience__name=name)

    def _draft(self) -> DecisionDraftPage:
        return DecisionDraftPage.objects.get(slug=self.story.subject)

    @staticmethod
    def _at(day: int, clock: time) -> datetime:
        when: date = timezone.localdate() + timedelta(days=day)
        return timezone.make_aware(datetime.combine(when, clock))
