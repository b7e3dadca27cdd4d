"""What was published is frozen; clauses keep their identity (rules C1, C2)."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from consultation.models import Clause, DraftAttachment
from publishing.clauses.blocks import raw_stream
from tests.factories.consultation import make_clauses, make_draft, make_opinion, publish_again

pytestmark = pytest.mark.django_db


def test_publishing_the_same_again_makes_no_version() -> None:
    draft = publish_again(make_draft(), summary="只改了提要。")
    assert [version.number for version in draft.versions.all()] == [1]


@pytest.mark.parametrize("what", ["title", "clause", "attachment"])
def test_a_change_of_what_people_speak_to_makes_a_version(what: str) -> None:
    draft = make_draft()
    clauses = list(draft.clauses)
    changes = {"title": {"title": "另一个标题"}, "clause": {}, "attachment": {}}[what]
    if what == "clause":
        clauses[1] = replace(clauses[1], text="改过的条款。")
        changes = {"body": raw_stream(clauses)}
    if what == "attachment":
        file = ContentFile(b"map", name="map.txt")
        document = Document.objects.create(title="图", file=file)
        draft.attachments.add(DraftAttachment(title="规划图", document=document))
        draft.save_revision()
        draft = draft.get_latest_revision_as_object()
        draft.save_revision().publish()
    else:
        draft = publish_again(draft, **changes)
    versions = list(draft.versions.order_by("number"))
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].clause_texts[1].text != "改过的条款。"
    assert versions[0].sha256 != versions[1].sha256


def test_a_replaced_file_of_the_same_name_makes_a_version() -> None:
    draft = make_draft()
    document = Document.objects.create(title="图", file=ContentFile(b"one", name="map.txt"))
    draft.attachments.add(DraftAttachment(title="规划图", document=document))
    draft.save_revision().publish()
    document.file.save("map.txt", ContentFile(b"two"))
    draft = publish_again(draft)
    assert [version.number for version in draft.versions.order_by("number")] == [1, 2, 3]


def test_an_opinion_on_a_deleted_clause_keeps_its_text_and_says_so() -> None:
    clauses = make_clauses(3)
    draft = make_draft(clauses=clauses)
    opinion = make_opinion(draft, clauses=[clauses[2].id])
    publish_again(draft, body=raw_stream([c for c in clauses if c.id != clauses[2].id]))
    opinion.refresh_from_db()
    clause = Clause.objects.get(pk=opinion.clause_id)
    assert clause.text == clauses[2].full_text
    assert opinion.clause_name == "第2条（已删除）"
    assert opinion.version.number == 1


def test_a_clause_that_comes_back_is_the_same_again() -> None:
    clauses = make_clauses(3)
    draft = make_draft(clauses=clauses)
    before = Clause.objects.get(block_id=clauses[2].id).pk
    publish_again(draft, body=raw_stream(clauses[:2]))
    publish_again(draft, body=raw_stream(clauses))
    clause = Clause.objects.get(block_id=clauses[2].id)
    assert (clause.pk, clause.removed_in) == (before, None)
