"""While a draft is public, saving what the gate looks at is publishing it: checked and recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.gates import PublishBlocked
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db


def fresh(draft: DecisionDraftPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=draft.pk)


@pytest.mark.parametrize("only", [None, ["closing_day"]])
def test_a_public_period_is_not_shortened_by_saving(only: list[str] | None) -> None:
    draft = make_draft(Phase.OPEN)
    closing = draft.closing_day
    draft.closing_day -= timedelta(days=3)
    with pytest.raises(PublishBlocked, match="期限不能缩短"):
        draft.save(update_fields=only)
    assert fresh(draft).closing_day == closing


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"explanation": ""}, "缺少起草说明"),
        ({"contacts": []}, "缺少联系方式"),
        ({"body": []}, "正文"),
    ],
)
def test_a_public_disclosure_is_not_emptied_by_saving(change: dict[str, Any], missing: str) -> None:
    draft = make_draft(Phase.OPEN)
    for name, value in change.items():
        setattr(draft, name, value)
    with pytest.raises(PublishBlocked, match=missing):
        draft.save()
    stored = fresh(draft)
    assert (stored.publish_blockers(), stored.contacts.count()) == ([], 1)


@pytest.mark.parametrize("only", [None, ["title"]])
def test_a_title_changed_by_saving_makes_a_version(only: list[str] | None) -> None:
    draft = make_draft(Phase.OPEN)
    draft.title = "改过的标题"
    draft.save(update_fields=only)
    assert fresh(draft).versions.first().title == "改过的标题"
    assert fresh(draft).versions.count() == 2


def test_an_extension_by_saving_is_announced() -> None:
    draft = make_draft(Phase.OPEN)
    draft.closing_day += timedelta(days=3)
    draft.extension_reason = "应村民要求延长。"
    draft.save()
    assert [row.reason for row in draft.period_changes.all()] == ["", "应村民要求延长。"]


def test_what_the_gate_does_not_look_at_is_saved_without_it() -> None:
    draft = make_draft(Phase.OPEN)
    DecisionDraftPage.objects.filter(pk=draft.pk).update(explanation="")
    draft = fresh(draft)
    draft.summary = "新的提要。"
    draft.save()
    assert (fresh(draft).summary, draft.versions.count()) == ("新的提要。", 1)


def test_the_clock_may_take_a_live_draft_off() -> None:
    draft = make_draft(Phase.OPEN)
    DecisionDraftPage.objects.filter(pk=draft.pk).update(
        explanation="", expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert fresh(draft).live is False
