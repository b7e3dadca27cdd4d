"""Moves a draft with all that belongs to it in time, as if it had been done on other days.

Only the demo may do this: the audit trail of a real site is never touched.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from consultation.models import (
    AdoptionResultPage,
    DecisionDraftPage,
    DraftVersion,
    Opinion,
    PeriodChange,
    Response,
    ResultVersion,
    Submission,
)
from interpretations.models import (
    BundleMember,
    InterpretationPage,
    PolicyPage,
    PolicyVersion,
    ReleaseBundle,
    StaleItem,
)
from notify.enums import MessageState
from notify.models import Message
from people.models import Contact, Receipt
from publishing.services.freezing import text_sha256

PLANNED = frozenset(
    {
        *("opening_day", "closing_day", "purge_after", "go_live_at", "expire_at"),
        *("approved_go_live_at", "registration_opens_at", "registration_closes_at", "starts_at"),
        *("ends_at", "cancel_until", "offers_until", "offer_expires_at", "reconfirm_by"),
        *("minimum_until", "decided_by", "due_on", "send_after"),
    }
)
"""What may lie in the future; every other date records what has happened."""
OFFICE_HOURS = time(10, 30)
"""When staff have done what they did, at whatever hour the demo is loaded."""
_WHOLE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@transaction.atomic
def move_back(draft: DecisionDraftPage, days: int) -> None:
    """Shift every date of the draft, of what was said about it, and of its history by days.

    A negative number moves towards the future; what has happened then stays in the past: a row
    that would pass the present moment is put there. Receipt numbers keep the date in them.
    """
    if not days:
        return
    shift = timedelta(days=-days)
    closing_days = list(draft.period_changes.values_list("closing_day", flat=True))
    for rows in rows_of(draft):
        shift_rows(rows, shift)
    for revision in _revisions(draft):
        shift_content(revision, shift)
    for version in PolicyVersion.objects.filter(policy__in=_policies(draft)):
        shift_facts(version, shift)
    _shift_words(draft, closing_days, shift)


def to_office_hours() -> timedelta:
    """From now to the hour of today at which an office works, whenever the demo is loaded."""
    return (
        timezone.make_aware(datetime.combine(timezone.localdate(), OFFICE_HOURS)) - timezone.now()
    )


@transaction.atomic
def move_hours(draft: DecisionDraftPage, shift: timedelta) -> None:
    """Shift the times of the draft by less than a day; its dates stay."""
    for rows in rows_of(draft):
        shift_rows(rows, shift, models.DateTimeField)
    for revision in _revisions(draft):
        shift_content(revision, shift, models.DateTimeField)


def rows_of(draft: DecisionDraftPage) -> list[models.QuerySet[Any]]:
    """All rows that belong to the draft and hold dates."""
    pages = _pages(draft)
    responses = Response.objects.filter(draft=draft)
    released = _released(pages)
    return [
        Page.objects.filter(pk__in=pages),
        DecisionDraftPage.objects.filter(pk=draft.pk),
        AdoptionResultPage.objects.filter(pk__in=pages),
        DraftVersion.objects.filter(draft=draft),
        PeriodChange.objects.filter(draft=draft),
        ResultVersion.objects.filter(result__in=pages),
        PolicyPage.objects.filter(pk__in=pages),
        InterpretationPage.objects.filter(pk__in=pages),
        PolicyVersion.objects.filter(policy__in=pages),
        StaleItem.objects.filter(page__in=pages),
        released,
        log_of(released),
        *rows_of_submissions(Submission.objects.filter(draft=draft)),
        responses,
        log_of(responses),
        _revisions(draft),
        PageLogEntry.objects.filter(page__in=pages),
    ]


def rows_of_submissions(submissions: models.QuerySet[Submission]) -> list[models.QuerySet[Any]]:
    """What was said and by whom, what they were told, and what was done with it."""
    contacts = Contact.objects.filter(pk__in=submissions.values("contact"))
    said: list[models.QuerySet[Any]] = [
        submissions,
        Opinion.objects.filter(submission__in=submissions),
        contacts,
        Message.objects.filter(contact__in=contacts),
    ]
    receipts = Receipt.objects.filter(pk__in=submissions.values("receipt"))
    return [*said, receipts, *(log_of(rows) for rows in said)]


def date_fields(model: type[models.Model]) -> list[Any]:
    """The dates and times in the model's own table."""
    fields = model._meta.local_concrete_fields
    return [field for field in fields if isinstance(field, models.DateField)]


def _pages(draft: DecisionDraftPage) -> list[int]:
    """The draft, its result, the policy that came of it, what that replaced, what explains it."""
    results = AdoptionResultPage.objects.child_of(draft).values_list("pk", flat=True)
    policies = list(_policies(draft).values_list("pk", flat=True))
    explaining = InterpretationPage.objects.filter(subjects__subject__in=policies)
    return [draft.pk, *results, *policies, *explaining.values_list("pk", flat=True)]


def _policies(draft: DecisionDraftPage) -> models.QuerySet[Any]:
    came_of_it = models.Q(draft=draft.pk) | models.Q(successor__draft=draft.pk)
    found: models.QuerySet[Any] = PolicyPage.objects.filter(came_of_it)
    return found


def _released(pages: list[int]) -> models.QuerySet[Any]:
    """The joint releases by which the pages went public."""
    found: models.QuerySet[Any] = ReleaseBundle.objects.filter(
        pk__in=BundleMember.objects.filter(page__in=pages).values("bundle")
    )
    return found


def _revisions(draft: DecisionDraftPage) -> models.QuerySet[Any]:
    wanted = [str(pk) for pk in _pages(draft)]
    found: models.QuerySet[Any] = Revision.page_revisions.filter(object_id__in=wanted)
    return found


def log_of(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """What the audit trail says of the rows."""
    wanted = [str(pk) for pk in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(rows.model)
    found: models.QuerySet[Any] = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=wanted
    )
    return found


def shift_rows(
    rows: models.QuerySet[Any], shift: timedelta, kind: type[Any] = models.DateField
) -> None:
    """Every date of the rows moved; what has happened doesn't pass the present moment."""
    dates = [field for field in date_fields(rows.model) if isinstance(field, kind)]
    fields = {field.name: _shifted_field(field, shift) for field in dates}
    if fields:
        rows.update(**fields)


def _shifted_field(field: Any, shift: timedelta) -> Any:
    """The column moved; what would pass the present moment is put there, unless it is planned."""
    moved = models.ExpressionWrapper(F(field.name) + Value(shift), output_field=field)
    if field.name in PLANNED or shift < timedelta(0):
        return moved
    present = _present(field)
    too_late = When(**{f"{field.name}__gt": present - shift}, then=Value(present, field))
    return Case(too_late, default=moved, output_field=field)


def _present(field: Any) -> Any:
    return timezone.now() if isinstance(field, models.DateTimeField) else timezone.localdate()


def shift_content(revision: Any, shift: timedelta, kind: type[Any] = models.DateField) -> None:
    """The dates that a revision has stored, so that the editor opens with the moved ones."""
    model = revision.content_type.model_class()
    content = dict(revision.content)
    for field in model._meta.concrete_fields:
        if isinstance(field, kind) and content.get(field.name):
            content[field.name] = _shifted_text(field, content[field.name], shift)
    Revision.objects.filter(pk=revision.pk).update(content=content)


def shift_facts(version: PolicyVersion, shift: timedelta) -> None:
    """The days among the fields of a frozen policy; its digest follows them."""
    facts = {label: shifted_words(words, shift) for label, words in version.facts.items()}
    sha256 = text_sha256(version.title, version.clause_texts, version.attachments, facts)
    PolicyVersion.objects.filter(pk=version.pk).update(facts=facts, sha256=sha256)


def shifted_words(words: str, shift: timedelta) -> str:
    """The words with each whole day in them moved."""

    def moved(found: re.Match[str]) -> str:
        year, month, day = map(int, found.groups())
        return _in_words(date(year, month, day) + shift)

    return _WHOLE_DAY.sub(moved, words)


def _shifted_text(field: Any, text: str, shift: timedelta) -> str:
    """A stored date or time, moved, in the form in which Wagtail stores it."""
    is_time = isinstance(field, models.DateTimeField)
    stored: date | datetime | None = parse_datetime(text) if is_time else parse_date(text)
    if stored is None:
        return text
    moved = stored + shift
    if field.name not in PLANNED and shift > timedelta(0):
        moved = min(moved, _present(field))
    return str(DjangoJSONEncoder().default(moved))


def _shift_words(draft: DecisionDraftPage, closing_days: list[date], shift: timedelta) -> None:
    """The closing day named in messages that have not left yet."""
    moved = {_in_words(day): _in_words(day + shift) for day in closing_days}
    pattern = re.compile("|".join(moved))
    contacts = Contact.objects.filter(submissions__draft=draft)
    for message in Message.objects.filter(contact__in=contacts).exclude(state=MessageState.SENT):
        body = pattern.sub(lambda found: moved[found.group()], message.body)
        if body != message.body:
            Message.objects.filter(pk=message.pk).update(body=body)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
