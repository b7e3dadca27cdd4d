"""The demo's draft in review: found, masked and approved by the demo's own reviewer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from consultation.models import DecisionDraftPage
from portal.demo.loading import keep_young
from portal.demo.reviewed import KEY
from publishing.models import User
from publishing.review.guarding import is_stale, open_finds
from publishing.services.reviewing import mask_finds
from tests.factories.reviewing import approve, is_live

pytestmark = pytest.mark.slow


@pytest.fixture
def draft(loaded: None, db: None) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(translation_key=KEY)


def test_one_number_is_to_be_found_and_nothing_else_is_missing(draft: DecisionDraftPage) -> None:
    page = draft.get_latest_revision_as_object()
    (find,) = open_finds(page)
    assert (find.label, find.found.masked) == ("草案正文 第五条", "199****9001")
    assert page.publish_blockers() == []


def test_the_demos_reviewer_masks_and_approves(draft: DecisionDraftPage) -> None:
    reviewer = User.objects.get(username="reviewer")
    revision = draft.latest_revision_id
    mask_finds(page=draft, revision_id=revision, names=[], user=reviewer)
    approve(draft, reviewer)
    assert is_live(draft) is False
    approve(draft, reviewer)
    assert is_live(draft) is True


def test_weeks_later_its_period_lies_ahead_and_the_reviewer_is_asked_the_same(
    draft: DecisionDraftPage,
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        keep_young()
        page = DecisionDraftPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
        assert (page.opening_day - timezone.localdate()).days == 7
        assert is_stale(page.current_workflow_task_state, page.get_latest_revision()) is False
