"""The demo's pair waits for its common time, however long the demo runs; then both are public."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from interpretations.bundle_reading import readiness
from interpretations.enums import BundleState
from interpretations.models import PolicyPage, ReleaseBundle
from interpretations.services.bundle_release import publish_due_bundles
from portal.demo.loading import keep_young
from portal.release_dashboard import awaited_interpretations
from publishing.models import User

pytestmark = pytest.mark.slow


@pytest.fixture
def bundle(loaded: None, db: None) -> ReleaseBundle:
    return ReleaseBundle.objects.get(state=BundleState.SCHEDULED)


def days_ahead(bundle: ReleaseBundle) -> int:
    at = ReleaseBundle.objects.get(pk=bundle.pk).publish_at
    assert at is not None
    return (timezone.localdate(at) - timezone.localdate()).days


def test_both_are_ready_and_wait(bundle: ReleaseBundle) -> None:
    reviewer = User.objects.get(username="reviewer")
    pages = readiness(bundle, reviewer)
    assert [(one.page.slug, one.is_ready, one.page.live) for one in pages] == [
        ("machines", True, False),
        ("machines-explained", True, False),
    ]
    assert days_ahead(bundle) == 3


def test_it_never_comes_to_its_time_as_long_as_it_is_kept_young(bundle: ReleaseBundle) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=12)):
        keep_young()
        assert days_ahead(bundle) == 3
        assert publish_due_bundles() == 0


def test_at_its_time_both_are_public(bundle: ReleaseBundle) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert publish_due_bundles() == 1
    pages = [row.page for row in bundle.members.select_related("page")]
    assert [page.live for page in pages if page] == [True, True]


def test_the_answered_drafts_policy_went_out_with_its_interpretation(bundle: ReleaseBundle) -> None:
    policy = PolicyPage.objects.get(slug="parking")
    released = ReleaseBundle.objects.get(state=BundleState.PUBLISHED)
    slugs = released.members.values_list("page__slug", flat=True)
    assert set(slugs) == {"parking", "parking-explained"}
    assert timezone.localdate() - timezone.localdate(released.published_at) == timedelta(days=12)
    assert (policy.live, awaited_interpretations(User.objects.get(username="admin"))) == (True, [])
