from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from people.models import PrivacyNotice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def _notice(version, days, **fields):
    moment = timezone.now() + timedelta(days=days)
    return PrivacyNotice.objects.create(
        version=version, body="<p>文</p>", in_force_from=moment, **fields
    )


def test_without_a_version_in_force_there_is_none():
    _notice(1, 1)
    assert PrivacyNotice.objects.current() is None


def test_the_latest_version_in_force_is_current():
    _notice(1, -20)
    second = _notice(2, -10)
    third = _notice(3, 2)
    assert PrivacyNotice.objects.current() == second
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert PrivacyNotice.objects.current() == third


@pytest.mark.parametrize(
    ("field", "value"),
    [("body", "<p>新</p>"), ("title", "新"), ("version", 9), ("in_force_from", NOW)],
)
def test_a_version_in_force_cannot_be_changed(field, value):
    with time_machine.travel(NOW, tick=False):
        notice = _notice(1, -1)
        setattr(notice, field, value)
        with pytest.raises(ValidationError, match="已经生效"):
            notice.full_clean()


def test_a_version_in_force_saved_unchanged_is_accepted():
    notice = _notice(1, -1)
    notice.in_force_from = notice.in_force_from.replace(second=0, microsecond=0)
    notice.full_clean()


def test_a_version_not_yet_in_force_can_be_changed():
    notice = _notice(1, 1)
    notice.body = "<p>新</p>"
    notice.full_clean()


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_that_nobody_means_is_told(year):
    """PostgreSQL keeps the first moments of the year 1, and nobody can read them again."""
    moment = datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())
    notice = PrivacyNotice(version=3, body="<p>文</p>", in_force_from=moment)
    with pytest.raises(ValidationError, match="年份不对"):
        notice.full_clean()
