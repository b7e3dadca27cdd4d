"""Charts as plain figures that a template draws in SVG: no script, and their table beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.enums import Outcome

# In this order round the ring and down the table; `open` only ever has a count in previews.
_LABELS: dict[str, str | Promise] = {
    **{outcome.value: outcome.label for outcome in Outcome},
    "withdrawn": _("提交人撤回"),
    "open": _("尚未办理"),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a whole.

    ``share`` and ``start`` are in percent of the whole, in full precision: the shares of all parts
    sum up to 100. ``offset`` is what SVG's stroke-dashoffset needs on a circle of circumference 100
    to begin at ``start``, clockwise from the top.
    """

    key: str
    label: str | Promise
    count: int
    share: float
    start: float

    @property
    def offset(self) -> float:
        return 25 - self.start

    @property
    def rest(self) -> float:
        return 100 - self.share


def outcome_slices(figures: Mapping[str, int]) -> list[Slice]:
    """The parts of what was received (rule D8), one for each outcome, also those with none.

    Raises:
        ValueError: the parts don't sum up to ``received``: such figures must not be drawn.
    """
    counts = {key: figures.get(key, 0) for key in _LABELS}
    whole = figures["received"]
    if sum(counts.values()) != whole:
        raise ValueError(f"{counts} don't sum up to {whole}")
    slices, start = [], 0.0
    for key, count in counts.items():
        share = 100 * count / whole if whole else 0.0
        if count or key != "open":
            slices.append(Slice(key, _LABELS[key], count, share, start))
        start += share
    return slices


@dataclass(frozen=True, slots=True)
class Attendance:
    """One audience of an event: how many registered and came, drawn as two bars.

    Lengths are in percent of the largest number of all audiences.
    """

    name: str
    registered: int
    came: int
    registered_length: float
    came_length: float


def attendance_bars(groups: Sequence[Mapping[str, Any]]) -> list[Attendance]:
    """The audiences of a report's figures, in their order."""
    largest = max((max(group["registered"], group["came"]) for group in groups), default=0) or 1
    return [
        Attendance(
            group["name"],
            group["registered"],
            group["came"],
            100 * group["registered"] / largest,
            100 * group["came"] / largest,
        )
        for group in groups
    ]
