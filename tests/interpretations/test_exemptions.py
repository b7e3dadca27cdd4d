"""A policy that needs an interpretation is not public alone, but by an exemption (P1)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from interpretations.bundle_gate import ALONE
from interpretations.bundle_refusals import BundleRefused
from interpretations.models import InterpretationExemption, PolicyPage
from interpretations.services.bundles import create_bundle
from interpretations.services.exemptions import grant_exemption, usual_end
from portal.release_dashboard import Awaited, awaited_interpretations
from publishing.enums import Role
from publishing.gates import PublishBlocked
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.explaining import make_interpretation
from tests.factories.interpretations import fresh, make_policy
from tests.factories.releasing import make_releasing_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> PolicyPage:
    return make_policy(unit=make_office("党政办"), live=False, needs_interpretation=True)


@pytest.fixture
def reviewer(policy: PolicyPage) -> User:
    assert policy.unit
    return make_officer(policy.unit, Role.REVIEWER)


def grant(policy: PolicyPage, user: User, days: int = 3) -> InterpretationExemption:
    until = timezone.localdate() + timedelta(days=days)
    return grant_exemption(policy=policy, reason="汛期应急", until=until, user=user)


def publish(policy: PolicyPage) -> None:
    fresh(policy).get_latest_revision().publish()


def test_alone_it_is_refused_with_what_to_do(policy: PolicyPage) -> None:
    with pytest.raises(PublishBlocked) as refusal:
        publish(policy)
    assert [one.message for one in refusal.value.blockers] == [ALONE]


def test_the_editor_is_told_before_anybody_is_refused() -> None:
    """Nothing is missing on the page itself, and yet it can't be published like this; in a release
    it is told of the release instead."""
    office = make_releasing_office(reviewed=False)
    policy = make_policy(unit=office.unit, live=False, needs_interpretation=True)
    client = signed_in(office.editor)
    address = reverse("wagtailadmin_pages:edit", args=[policy.pk])
    assert ALONE in client.get(address).content.decode()
    explained = make_interpretation(policy, live=False)
    create_bundle(title="一起发布", pages=[policy, explained], user=office.editor)
    shown = client.get(address).content.decode()
    assert ALONE not in shown
    assert "在同步发布“一起发布”里，只能和其他页面一起发布" in shown


def test_with_an_exemption_it_is_public_and_the_clock_runs(
    policy: PolicyPage, reviewer: User
) -> None:
    grant(policy, reviewer)
    publish(policy)
    (one,) = awaited_interpretations(reviewer)
    assert (one.title, one.days_left, one.is_late) == (policy.title, 3, False)
    entry = PageLogEntry.objects.get(action="interpretations.exemption_granted")
    assert (entry.user, entry.data["reason"]) == (reviewer, "汛期应急")
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        (late,) = awaited_interpretations(reviewer)
        assert (late.days_late, late.is_late) == (2, True)


def test_the_exemption_ends_when_an_interpretation_is_public(
    policy: PolicyPage, reviewer: User
) -> None:
    row = grant(policy, reviewer)
    publish(policy)
    make_interpretation(fresh(policy))
    row.refresh_from_db()
    assert row.ended_at is not None
    assert awaited_interpretations(reviewer) == []
    entry = PageLogEntry.objects.get(action="interpretations.exemption_ended")
    assert (entry.page_id, entry.data["late"]) == (policy.pk, False)
    with pytest.raises(BundleRefused, match="已经有公布的解读"):
        grant(policy, reviewer)


def test_an_exemption_that_is_over_opens_nothing(policy: PolicyPage, reviewer: User) -> None:
    grant(policy, reviewer)
    with time_machine.travel(timezone.now() + timedelta(days=4)), pytest.raises(PublishBlocked):
        publish(policy)


def test_another_one_takes_its_place(policy: PolicyPage, reviewer: User) -> None:
    first, second = grant(policy, reviewer), grant(policy, reviewer, days=9)
    first.refresh_from_db()
    assert (first.ended_at is not None, second.ended_at) == (True, None)
    with pytest.raises(IntegrityError):
        InterpretationExemption.objects.filter(pk=first.pk).update(ended_at=None)


def test_corrections_of_a_public_policy_are_never_held_up(
    policy: PolicyPage, reviewer: User
) -> None:
    grant(policy, reviewer)
    publish(policy)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        latest = fresh(policy)
        latest.summary = "更正。"
        latest.save_revision().publish()
    assert fresh(policy).summary == "更正。"


def test_a_flag_set_afterwards_is_an_alarm_at_once(reviewer: User) -> None:
    policy = make_policy(unit=make_office("农业办"))
    latest = fresh(policy)
    latest.needs_interpretation = True
    latest.save_revision().publish()
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    (one,) = awaited_interpretations(chief)
    assert (one.title, one.until, one.is_late) == (policy.title, None, True)
    assert awaited_interpretations(reviewer) == []


def test_reasons_and_days_that_make_no_sense_are_refused(
    policy: PolicyPage, reviewer: User
) -> None:
    today = timezone.localdate()
    with pytest.raises(BundleRefused, match="理由"):
        grant_exemption(policy=policy, reason=" ", until=today, user=reviewer)
    with pytest.raises(BundleRefused, match="不能早于今天"):
        grant(policy, reviewer, days=-1)


def test_the_usual_end_is_three_working_days_ahead() -> None:
    with time_machine.travel("2026-09-30 04:00:00+00:00"):
        # The holiday is from 1 to 7 October; the 10th, a Saturday, is worked.
        assert usual_end() == date(2026, 10, 10)


def test_on_its_last_day_it_is_not_late() -> None:
    assert Awaited("甲", "", timezone.localdate()).is_late is False
