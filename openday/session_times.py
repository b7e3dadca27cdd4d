"""The times that a session has until its editor says otherwise, computed from its start."""

from datetime import datetime, time, timedelta

from django.utils import timezone

DERIVED = ("registration_opens_at", "registration_closes_at", "cancel_until", "offers_until")
_OPENS = timedelta(days=30)
_CLOSES = timedelta(days=3)
_CANCEL = timedelta(days=1)
_OFFERS = timedelta(hours=12)
_AT_LEAST = timedelta(hours=1)
_YEARS = range(2000, 2101)


def is_plausible(moment: datetime) -> bool:
    """Whether an office may mean it: years beyond can't be reckoned with, or be read back again."""
    return moment.year in _YEARS


def default_times(starts_at: datetime, now: datetime | None = None) -> dict[str, datetime]:
    """Each derived time by its field, in the order that the database asks for.

    Registration opens thirty days before at nine, but not before tomorrow: the groups, and with
    them the commitment of a draw, come first. It closes three days before at six in the evening.
    For a session that is near, all moves together.
    """
    now = now or timezone.now()
    opens = max(_on(starts_at - _OPENS, time(9)), _on(now + timedelta(days=1), time(9)))
    closes = _on(starts_at - _CLOSES, time(18))
    if closes < opens + _AT_LEAST:
        opens = now.replace(second=0, microsecond=0)
        closes = max(closes, opens + (starts_at - opens) / 2)
        closes = closes.replace(second=0, microsecond=0)
    return {
        "registration_opens_at": opens,
        "registration_closes_at": closes,
        "cancel_until": max(starts_at - _CANCEL, closes),
        "offers_until": max(starts_at - _OFFERS, closes),
    }


def _on(moment: datetime, clock: time) -> datetime:
    """That day at the clock's time, in the site's zone."""
    day = timezone.localdate(moment)
    return timezone.make_aware(datetime.combine(day, clock))
