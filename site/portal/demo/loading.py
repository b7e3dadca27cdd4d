"""Loads the demo once, and keeps it young: later runs only move its dates to today."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from consultation.models import DecisionDraftPage, Submission
from people.codes import format_code
from portal.demo.ageing import move_back
from portal.demo.chronicle import Chronicle
from portal.demo.content import build_township
from portal.demo.drafts import publish_draft
from portal.demo.events import build_events, keep_events_young
from portal.demo.explaining import print_leaflet
from portal.demo.released import build_released, keep_released_young
from portal.demo.reviewed import build_reviewed, keep_reviewed_young
from portal.demo.stories import Story, read_stories


class LookUp(NamedTuple):
    """What a visitor types to see the way of an opinion."""

    draft: str
    number: str
    code: str


@transaction.atomic
def load() -> bool:
    """All of the demo into an empty database; False where it was there, and only aged.

    Raises:
        DemoRefused: the database holds another site.
    """
    stories = read_stories()
    if any(_draft_of(story) for story in stories):
        keep_young()
        return False
    stage = build_township()
    for story in stories:
        office = stage.offices[story.unit]
        draft = publish_draft(story, office, stage.staff)
        Chronicle(draft, story, office.unit, stage.staff).live()
    build_events(stage)
    build_reviewed(stage)
    build_released(stage)
    print_leaflet(stage.staff)
    return True


@transaction.atomic
def keep_young() -> None:
    """Move each draft by as many days as have gone by since its dates were set."""
    for story in read_stories():
        draft = _draft_of(story)
        if draft and draft.opening_day:
            gone = (timezone.localdate() - draft.opening_day).days - story.days
            move_back(draft, -gone)
    keep_events_young()
    keep_reviewed_young()
    keep_released_young()


def look_ups() -> list[LookUp]:
    """One receipt's number and code for each draft that is still there."""
    found = []
    for story in read_stories():
        key = story.submission_key(story.submissions[story.lookup])
        row = Submission.objects.filter(idempotency_key=key).select_related("draft", "receipt")
        found += [LookUp(s.draft.title, s.receipt.number, format_code(s.receipt.code)) for s in row]
    return found


def _draft_of(story: Story) -> DecisionDraftPage | None:
    return DecisionDraftPage.objects.filter(translation_key=story.key).first()
