"""What a draft lacks, and how its period may change (rules D1, D2, D5)."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultation.enums import Channel, Phase
from consultation.models import DecisionDraftPage, DraftBasis, DraftContact, DraftWay
from consultation.periods import closes_at
from publishing.gates import PublishBlocked
from publishing.models import SiteProfile
from tests.factories.consultation import make_draft, make_result, make_unit, publish_again

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def fields(page: DecisionDraftPage) -> list[str]:
    return [blocker.field for blocker in page.publish_blockers()]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"category": ""}, ["category"]),
        ({"unit_id": None}, ["unit"]),
        ({"body": []}, ["body"]),
        ({"explanation": "<p> </p>"}, ["explanation"]),
        ({"explanation": "<p>&nbsp;</p>"}, ["explanation"]),
        ({"explanation": "<p>&#8203;\u2800</p>"}, ["explanation"]),
        ({"opening_day": None}, ["opening_day"]),
        ({"closing_day": None}, ["opening_day"]),
    ],
)
def test_each_missing_thing_is_named(change: dict[str, Any], missing: list[str]) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    for name, value in change.items():
        setattr(page, name, value)
    assert fields(page) == missing


@pytest.mark.parametrize("relation", ["basis", "ways", "contacts"])
def test_each_missing_row_is_named(relation: str) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    getattr(page, relation).set([])
    assert fields(page) == [relation]


@pytest.mark.parametrize(
    ("relation", "row"),
    [
        ("ways", DraftWay(channel=Channel.WEB, detail="本页面")),
        ("ways", DraftWay(channel=Channel.LETTER, detail="\u200b")),
        ("basis", DraftBasis(title="\u200b")),
        ("contacts", DraftContact(office="测试办公室", phone="\u200b")),
        ("contacts", DraftContact(office="测试办公室", address="测试路1号")),
    ],
)
def test_a_row_that_says_nothing_is_none(relation: str, row: Any) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    getattr(page, relation).set([row])
    assert fields(page) == [relation]


@pytest.mark.parametrize(
    ("days", "reason", "missing"),
    [
        (30, "", []),
        (29, "", ["short_period_reason"]),
        (29, "\u200b", ["short_period_reason"]),
        (29, "防汛抢险，时间紧迫。", []),
    ],
)
def test_a_period_under_thirty_days_needs_a_reason(
    days: int, reason: str, missing: list[str]
) -> None:
    today = timezone.localdate()
    page = make_draft(live=False, opening_day=today, closing_day=today + timedelta(days=days))
    page.short_period_reason = reason
    assert fields(page) == missing


def test_no_site_may_ask_for_less_than_the_law() -> None:
    profile = SiteProfile.for_site(make_unit().site)
    profile.minimum_period_days = 29
    with pytest.raises(ValidationError, match="法定期限不少于30日"):
        profile.clean_fields()


def test_the_period_is_open_from_midnight_to_midnight_in_shanghai() -> None:
    page = make_draft(Phase.UPCOMING)
    page.opening_day, page.closing_day = date(2026, 3, 1), date(2026, 3, 31)
    moments = {
        datetime(2026, 2, 28, 23, 59, 59, tzinfo=SHANGHAI): False,
        datetime(2026, 3, 1, tzinfo=SHANGHAI): True,
        datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI): True,
        datetime(2026, 4, 1, tzinfo=SHANGHAI): False,
    }
    seen = {}
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            seen[moment] = page.is_open
    assert seen == moments


def test_an_opened_period_is_not_shortened() -> None:
    page = make_draft(Phase.OPEN)
    with pytest.raises(PublishBlocked, match="期限不能缩短"):
        publish_again(page, closing_day=page.closing_day - timedelta(days=1))


def test_an_extension_needs_a_reason_and_is_kept_with_its_date() -> None:
    page = make_draft(Phase.OPEN)
    later = page.closing_day + timedelta(days=10)
    with pytest.raises(PublishBlocked, match="延期理由"):
        publish_again(page, closing_day=later)
    page = publish_again(page, closing_day=later, extension_reason="应村民要求延长。")
    changes = list(page.period_changes.values_list("closing_day", "reason"))
    assert changes == [(later - timedelta(days=10), ""), (later, "应村民要求延长。")]


def test_a_second_extension_needs_a_reason_of_its_own() -> None:
    page, reason = make_draft(Phase.OPEN), "应村民要求延长。"
    later = page.closing_day + timedelta(days=10)
    page = publish_again(page, closing_day=later, extension_reason=reason)
    assert page.publish_blockers() == []
    for same in (reason, f" {reason}\u200b"):
        with pytest.raises(PublishBlocked, match="再次延期"):
            publish_again(page, closing_day=later + timedelta(days=5), extension_reason=same)
    other = "受汛情影响再次延长。"
    page = publish_again(page, closing_day=later + timedelta(days=5), extension_reason=other)
    assert [row.reason for row in page.period_changes.all()] == ["", reason, other]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.OVERDUE, Phase.ANSWERED])
def test_a_period_that_is_over_is_not_reopened(phase: Phase) -> None:
    page = make_draft(phase)
    later = timezone.localdate() + timedelta(days=5)
    with pytest.raises(PublishBlocked, match="征求意见已经结束"):
        publish_again(page, closing_day=later, extension_reason="再次征求。")
    assert publish_again(page, summary="改正错字。").phase == phase


def test_a_period_is_extended_to_its_last_second_only() -> None:
    page = make_draft(Phase.OPEN)
    page.closing_day, page.extension_reason = page.closing_day + timedelta(days=5), "应要求延长。"
    end = closes_at(page.closing_day - timedelta(days=5))
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert fields(page) == []
    with time_machine.travel(end, tick=False):
        assert fields(page) == ["closing_day"]


def test_the_opening_day_of_an_opened_period_stays() -> None:
    page = make_draft(Phase.OPEN)
    with pytest.raises(PublishBlocked, match="开始日期不能再改"):
        publish_again(page, opening_day=page.opening_day + timedelta(days=1))


def test_a_period_can_not_open_before_the_page_is_live() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    page = make_draft(Phase.UPCOMING, live=False)
    page.opening_day = yesterday
    assert fields(page) == ["opening_day"]


@pytest.mark.parametrize("phase", list(Phase))
def test_the_phase_follows_from_the_clock_and_the_data(phase: Phase) -> None:
    assert make_draft(phase).phase == phase


def test_a_late_result_ends_the_overdue_phase() -> None:
    page = make_draft(Phase.OVERDUE)
    make_result(page)
    assert DecisionDraftPage.objects.get(pk=page.pk).phase == Phase.ANSWERED


def test_a_copy_is_true_no_longer_than_the_next_turn() -> None:
    page = make_draft(Phase.OPEN)
    with time_machine.travel(page.closes_at - timedelta(seconds=7), tick=False):
        assert page.max_age() == 7
    with time_machine.travel(page.closes_at, tick=False):
        assert page.max_age() == 30


@pytest.mark.parametrize("year", [2099, 9999])
def test_a_period_of_many_years_is_a_mistyped_year(year: int) -> None:
    """9999-12-31 has no day after it: the front page, all lists and feeds failed."""
    page = make_draft(Phase.UPCOMING, live=False)
    page.closing_day = date(year, 12, 31)
    assert [str(blocker.message) for blocker in page.publish_blockers()] == [
        "征求意见期限超过五年：请核对截止日期的年份。"
    ]
