"""A draft that waits for its review, with a number in it that a reviewer should mask.

From here on the demo's site asks for both sign-offs on drafts and results.
"""

import json
import tomllib
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from consultation.models import DecisionDraftPage, DraftContact, DraftWay
from portal.demo.content import Stage
from portal.demo.drafts import basis_of
from portal.demo.rich_text import as_the_editor_stores
from portal.demo.stories import FOLDER
from publishing.clauses.blocks import raw_stream
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text
from publishing.models import ReviewRule
from publishing.review.digest import digest
from publishing.services.units import apply_review_rule

KEY = uuid.UUID("5b0d7a52-5e0c-4f0e-9d6f-2f6f0f3a9c12")
REVIEWED = ["consultation.DecisionDraftPage", "consultation.AdoptionResultPage"]


def build_reviewed(stage: Stage) -> None:
    """The rule, the tasks in the units' workflows, and the draft handed in by its editor."""
    site = Site.objects.get(is_default_site=True)
    ReviewRule.objects.update_or_create(site=site, defaults={"page_types": REVIEWED})
    apply_review_rule(site=site)
    data = _read()
    office, editor = stage.offices[data["unit"]], stage.staff.editor
    draft = _draft(data, office.unit, editor)
    office.column.add_child(instance=draft)
    draft.save_revision(user=editor, log_action=True)
    draft = DecisionDraftPage.objects.get(pk=draft.pk)
    draft.get_workflow().start(draft, editor)


def keep_reviewed_young() -> None:
    """Its period lies ahead for as long as it waits; what the reviewer is asked about follows."""
    draft = DecisionDraftPage.objects.filter(translation_key=KEY, live=False).first()
    if draft is None:
        return
    latest, data = draft.get_latest_revision(), _read()
    page = latest.as_object()
    if page.opening_day is None or page.opening_day > timezone.localdate():
        return
    state = page.current_workflow_task_state
    was_asked = bool(state) and getattr(state, "digest", "") == digest(page)
    _set_period(page, data)
    page.save_revision(user=latest.user, overwrite_revision=latest)
    if was_asked:
        state.digest = digest(page)
        state.save(update_fields=["digest"])


def _read() -> dict[str, Any]:
    with (FOLDER / "reviewed.toml").open("rb") as file:
        return tomllib.load(file)


def _draft(data: dict[str, Any], unit: Any, editor: Any) -> DecisionDraftPage:
    text = (FOLDER / "documents" / data["document"]).read_text(encoding="utf-8")
    document = parse_text(text)
    draft = DecisionDraftPage(
        title=document.title,
        slug=data["slug"],
        translation_key=KEY,
        summary=data["summary"],
        category=data["category"],
        unit=unit,
        explanation=as_the_editor_stores(DecisionDraftPage, "explanation", data["explanation"]),
        body=json.dumps(raw_stream(flatten(document))),
        owner=editor,
        live=False,
    )
    _set_period(draft, data)
    draft.basis.set(basis_of(data["basis"]))
    draft.contacts.set([DraftContact(**row) for row in data["contacts"]])
    draft.ways.set([DraftWay(**row) for row in data["ways"]])
    return draft


def _set_period(draft: DecisionDraftPage, data: dict[str, Any]) -> None:
    draft.opening_day = timezone.localdate() + timedelta(days=data["opens_in"])
    draft.closing_day = draft.opening_day + timedelta(days=data["period"])
