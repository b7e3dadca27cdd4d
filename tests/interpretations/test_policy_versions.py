"""What was published of a policy is frozen; a change makes a version with a redline (rule C2)."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.test import Client
from wagtail.documents.models import Document

from interpretations.enums import Validity
from interpretations.models import PolicyAttachment, PolicyPage
from interpretations.policy_facts import facts_of
from portal.published_files import is_fixed
from publishing.clauses.blocks import raw_stream
from publishing.services.freezing import text_sha256
from tests.factories.consultation import make_clauses
from tests.factories.interpretations import (
    WRITTEN,
    fresh,
    make_policy,
    make_topic,
    publish_policy_again,
)

pytestmark = pytest.mark.django_db


def numbers(policy: PolicyPage) -> list[int]:
    return [version.number for version in policy.versions.order_by("number")]


def attach(policy: PolicyPage) -> Document:
    document = Document.objects.create(title="图", file=ContentFile(b"map", name="map.txt"))
    policy.attachments.add(PolicyAttachment(title="规划图", document=document))
    policy.save_revision().publish()
    return document


def test_publishing_the_same_again_makes_no_version() -> None:
    policy = publish_policy_again(make_policy(), summary="只改了提要。", needs_interpretation=True)
    assert numbers(policy) == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另一个标题"},
        {"document_number": "测府发〔2026〕99号"},
        {"validity": Validity.REPEALED, "validity_changed_on": WRITTEN},
        {"body": raw_stream(make_clauses(2))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_the_document_makes_a_version(change: dict[str, Any]) -> None:
    policy = publish_policy_again(make_policy(), **change)
    first, second = policy.versions.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256


def test_another_topic_and_another_file_make_versions() -> None:
    policy = publish_policy_again(make_policy(), topic=make_topic("科技、教育"))
    attach(policy)
    assert numbers(fresh(policy)) == [1, 2, 3]


def test_anybody_can_compute_the_digest_again() -> None:
    policy = make_policy()
    attach(policy)
    version = policy.versions.first()
    said = (version.title, version.clause_texts, version.attachments, version.facts)
    assert version.sha256 == text_sha256(*said)
    # PostgreSQL gives the keys back in an order of its own.
    other = dict(reversed(version.facts.items()))
    assert version.sha256 == text_sha256(*said[:3], other)
    assert version.facts == facts_of(fresh(policy))


def test_the_old_version_stays_as_it_was() -> None:
    clauses = make_clauses(3)
    policy = make_policy(clauses=clauses)
    changed = [*clauses[:1], replace(clauses[1], text="改过的条款。"), *clauses[2:]]
    policy = publish_policy_again(policy, body=raw_stream(changed))
    first, second = policy.versions.order_by("number")
    assert first.clause_texts == clauses
    assert [c.id for c in second.clause_texts] == [c.id for c in clauses]
    html = Client().get(f"{policy.url}versions/2/").content.decode()
    assert "有修改 1 处" in html
    assert f"<p>{clauses[2].full_text}" not in html
    assert clauses[2].text in Client().get(f"{policy.url}versions/2/?all=1").content.decode()


def test_a_changed_field_stands_in_the_comparison() -> None:
    policy = make_policy(document_number="测府发〔2026〕7号")
    policy = publish_policy_again(policy, document_number="测府发〔2026〕8号")
    html = Client().get(f"{policy.url}versions/2/").content.decode()
    assert "发文字号有修改" in html
    assert "<del>测府发〔2026〕7号</del> <ins>测府发〔2026〕8号</ins>" in html
    assert "有修改</span>" not in Client().get(f"{policy.url}versions/1/").content.decode()


def test_there_is_no_version_that_was_not_published(client: Client) -> None:
    assert client.get(f"{make_policy().url}versions/2/").status_code == 404


def test_a_policy_that_was_public_is_not_deleted_nor_are_its_files() -> None:
    policy = make_policy()
    document = attach(policy)
    policy = fresh(policy)
    policy.attachments.clear()
    policy.save_revision().publish()
    assert is_fixed(document)
    with pytest.raises(ProtectedError):
        document.delete()
    with pytest.raises(ProtectedError):
        fresh(policy).delete()
