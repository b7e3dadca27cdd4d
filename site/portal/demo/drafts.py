"""A draft of the demo, from its document to its first publication, by the way an editor takes."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection

from consultation.models import (
    DecisionDraftPage,
    DraftAttachment,
    DraftBasis,
    DraftContact,
    DraftWay,
)
from portal.demo.content import Office
from portal.demo.people import Staff
from portal.demo.rich_text import as_the_editor_stores
from portal.demo.stories import Story
from publishing.clauses.blocks import clauses_of, raw_stream
from publishing.clauses.clause import ClauseText
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text


def publish_draft(story: Story, office: Office, staff: Staff) -> DecisionDraftPage:
    """The draft with its clauses and disclosures, published by the reviewer, opening today."""
    document = parse_text(story.text())
    today = timezone.localdate()
    draft = DecisionDraftPage(
        title=document.title,
        slug=story.slug,
        translation_key=story.key,
        summary=story.summary,
        category=story.category,
        unit=office.unit,
        opening_day=today,
        closing_day=today + timedelta(days=story.period),
        explanation=as_the_editor_stores(DecisionDraftPage, "explanation", story.explanation),
        body=json.dumps(raw_stream(flatten(document))),
        owner=staff.writer(office.unit),
        live=False,
    )
    draft.basis.set(basis_of(story.basis))
    draft.contacts.set([DraftContact(**row) for row in story.contacts])
    draft.ways.set([DraftWay(**row) for row in story.ways])
    if story.attachment:
        draft.attachments.set([_attachment(story, office)])
    office.column.add_child(instance=draft)
    publish_change(draft, staff, lambda page: None)
    return DecisionDraftPage.objects.get(pk=draft.pk)


def basis_of(rows: list[dict[str, str]]) -> list[DraftBasis]:
    """The documents a draft rests on; those with a number are of the year before."""
    year = timezone.localdate().year - 1
    return [
        DraftBasis(**{name: text.format(year=year) for name, text in row.items()}) for row in rows
    ]


def publish_change(
    draft: DecisionDraftPage, staff: Staff, change: Callable[[Any], None]
) -> DecisionDraftPage:
    """The editor's change of the latest text, saved and published by the reviewer."""
    page = DecisionDraftPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    change(page)
    revision = page.save_revision(user=staff.writer(page.unit), log_action=True)
    revision.publish(user=staff.reviewer)
    return DecisionDraftPage.objects.get(pk=draft.pk)


def replace_words(page: Any, find: str, replacement: str) -> None:
    """Correct the text of a page's clauses; identities are kept."""
    raw = raw_stream(clauses_of(page.body))
    for block in raw:
        text = block["value"].get("text")
        if text:
            block["value"]["text"] = text.replace(find, replacement)
    page.body = json.dumps(raw)


def find_clause(draft: DecisionDraftPage, beginning: str) -> ClauseText:
    """The one clause that begins so.

    Raises:
        LookupError: there is none, or more than one.
    """
    found = [
        clause
        for clause in draft.clauses
        if clause.commentable and clause.full_text.startswith(beginning)
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} clauses of {draft.slug} begin with {beginning}")
    return found[0]


def _attachment(story: Story, office: Office) -> DraftAttachment:
    """The whole text as a Word file, for reading on paper."""
    collection = Collection.objects.get(name=office.unit.name)
    file = ContentFile(_word_file(story.text()), name=f"{story.slug}.docx")
    document = get_document_model().objects.create(
        title=story.attachment, file=file, collection=collection
    )
    document.get_file_size()
    document.get_file_hash()
    return DraftAttachment(title=story.attachment, document=document)


def _word_file(text: str) -> bytes:
    word = docx.Document()
    for line in filter(None, text.splitlines()):
        word.add_paragraph(line)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()
