"""The way of an opinion as its writer sees it: 已收到 → 已审核 → 办理中 → 已反馈.

Outcome and reason are told when the result is published, not before: until then they may change.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultation.enums import Review
from consultation.models import Opinion


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the way."""

    name: str
    reached: bool
    current: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """An opinion, how far it has come, and what can be told about it now."""

    opinion: Opinion
    steps: tuple[Step, ...]
    note: str
    is_answered: bool
    can_withdraw: bool


def journeys(opinions: Iterable[Opinion], *, is_published: bool, is_open: bool) -> list[Journey]:
    """The ways of the opinions of one submission, by number; parts of an undone split are left out.

    ``is_published``: whether the draft's result is public; ``is_open``: whether it takes opinions.
    """
    shown = sorted(opinions, key=lambda opinion: opinion.number)
    return [
        _journey(opinion, is_published=is_published, is_open=is_open)
        for opinion in shown
        if opinion.undone_at is None
    ]


def _journey(opinion: Opinion, *, is_published: bool, is_open: bool) -> Journey:
    stands = opinion.withdrawn_at is None and opinion.split_at is None
    answered = bool(stands and is_published and opinion.response_id)
    return Journey(
        opinion=opinion,
        steps=_steps(opinion, answered=answered),
        note=_note(opinion),
        is_answered=answered,
        can_withdraw=stands and is_open,
    )


def _steps(opinion: Opinion, *, answered: bool) -> tuple[Step, ...]:
    if opinion.withdrawn_at:
        return (Step(_("已收到"), True), Step(_("已撤回"), True, current=True))
    reached = 1
    if opinion.review != Review.PENDING:
        reached = 2
    if opinion.response_id or opinion.split_at:
        reached = 3
    if answered:
        reached = 4
    names = (_("已收到"), _("已审核"), _("办理中"), _("已反馈"))
    return tuple(
        Step(name, place <= reached, current=place == reached)
        for place, name in enumerate(names, start=1)
    )


def _note(opinion: Opinion) -> str:
    """What needs a word more than the station says."""
    if opinion.withdrawn_at:
        return _("您已撤回这条意见，不再办理，仍计入收到的总数。")
    if opinion.split_at:
        return _("这条意见说了几件事，已拆成几条分别办理，见下面的各条。")
    if opinion.part_of_id:
        return _("由您的一条意见拆分而来，单独办理。")
    if opinion.review == Review.WITHHELD:
        reason = opinion.review_note
        return _("经审核，公布采纳情况时不公开原文。原因：%(reason)s") % {"reason": reason}
    return ""
