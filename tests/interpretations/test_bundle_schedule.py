"""Joint releases by the clock: published once, together, and never silently left (P1)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.enums import BundleState
from interpretations.models import ReleaseBundle
from interpretations.services.bundle_release import (
    publish_bundle,
    publish_due_bundles,
    schedule_bundle,
    unschedule_bundle,
)
from interpretations.services.bundles import take_back_bundle
from interpretations.tasks import publish_due_task
from tests.factories.releasing import Pair, approved, edited, hand_in, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = timedelta(hours=2)


@pytest.fixture
def pair() -> Pair:
    """Approved, to be published in an hour."""
    pair = approved(make_pair())
    at = timezone.now() + timedelta(hours=1)
    pair.bundle = schedule_bundle(bundle=pair.bundle, at=at, user=pair.office.reviewer)
    return pair


def stored(pair: Pair) -> ReleaseBundle:
    return ReleaseBundle.objects.get(pk=pair.bundle.pk)


def logged(step: str) -> int:
    return ModelLogEntry.objects.filter(action=f"interpretations.bundle_{step}").count()


def test_at_its_time_both_go_out(pair: Pair) -> None:
    call_command("publish_due")
    assert pair.live == [False, False]
    with time_machine.travel(timezone.now() + LATER):
        call_command("publish_scheduled")
        assert pair.live == [False, False]
        assert publish_due_task() == 1
        assert publish_due_task() == 0
    row = stored(pair)
    assert (pair.live, row.state, row.published_by) == ([True, True], BundleState.PUBLISHED, None)
    assert logged("published") == 1


def test_a_click_before_its_time_leaves_nothing_to_the_clock(pair: Pair) -> None:
    publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    with time_machine.travel(timezone.now() + LATER):
        assert publish_due_bundles() == 0
    with pytest.raises(StateChanged):
        publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert logged("published") == 1


def test_what_fails_is_told_once_and_tried_again(pair: Pair, capsys: Any) -> None:
    """Until it succeeds, by itself, once what stood in the way is gone."""
    member = pair.bundle.members.get(page=pair.explained.pk)
    edited(pair.explained, summary="批准以后改过。")
    with time_machine.travel(timezone.now() + LATER - timedelta(minutes=30)):
        for _ in range(3):
            call_command("publish_due")
        row = stored(pair)
        assert (pair.live, row.state) == ([False, False], BundleState.SCHEDULED)
        assert row.failure == f"改动过：“{pair.explained.title}”，请收回后重新送审。"
        assert row.failure in capsys.readouterr().err
        assert logged("failed") == 1
        edited(pair.explained, summary=member.revision.as_object().summary)
        assert publish_due_bundles() == 1
    assert (pair.live, stored(pair).failure) == ([True, True], "")


def test_after_an_hour_a_person_is_asked(pair: Pair) -> None:
    edited(pair.explained, summary="批准以后改过。")
    with time_machine.travel(timezone.now() + LATER + timedelta(minutes=1)):
        publish_due_bundles()
        assert publish_due_bundles() == 0
        row = stored(pair)
        assert (row.state, row.publish_at, bool(row.failure)) == (BundleState.APPROVED, None, True)
        assert list(ReleaseBundle.objects.failed()) == [row]
    take_back_bundle(bundle=pair.bundle, user=pair.office.editor)
    assert (stored(pair).failure, list(ReleaseBundle.objects.failed())) == ("", [])
    assert (logged("failed"), logged("given_up")) == (1, 1)


def test_one_that_fails_holds_up_no_other(pair: Pair) -> None:
    other = approved(make_pair(pair.office))
    schedule_bundle(
        bundle=other.bundle, at=timezone.now() + timedelta(hours=1), user=pair.office.reviewer
    )
    edited(pair.policy, summary="批准以后改过。")
    with time_machine.travel(timezone.now() + LATER):
        assert publish_due_bundles() == 1
    assert (pair.live, other.live) == ([False, False], [True, True])


def test_a_broken_page_is_told_without_its_cause(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(**kwargs: Any) -> None:
        raise RuntimeError("Traceback")

    path = "interpretations.services.interpretations.record_publication"
    monkeypatch.setattr(path, fall)
    with pytest.raises(BundleRefused) as refusal:
        publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert refusal.value.message.startswith(f"“{pair.explained.title}”发布时出错")
    assert (pair.live, stored(pair).state) == ([False, False], BundleState.SCHEDULED)


def test_times_that_are_over_and_releases_that_are_not_approved_are_refused(pair: Pair) -> None:
    user = pair.office.reviewer
    with pytest.raises(BundleRefused, match="须晚于现在"):
        schedule_bundle(bundle=pair.bundle, at=timezone.now(), user=user)
    unschedule_bundle(bundle=pair.bundle, user=user)
    with pytest.raises(StateChanged):
        unschedule_bundle(bundle=pair.bundle, user=user)
    with time_machine.travel(timezone.now() + LATER):
        assert publish_due_bundles() == 0
    take_back_bundle(bundle=pair.bundle, user=user)
    at = timezone.now() + LATER
    with pytest.raises(StateChanged):
        schedule_bundle(bundle=pair.bundle, at=at, user=user)
    hand_in(pair)
    with pytest.raises(StateChanged):
        publish_bundle(bundle=pair.bundle, user=user)
