"""The way of a registration in plain words, for the person whose it is."""

from datetime import datetime
from typing import NamedTuple

from openday.enums import ACTIVE, State
from openday.models import Actor, Registration, Transition

_NEW = {
    State.CONFIRMED: "报名成功，名额已确认",
    State.WAITLISTED: "已报名，列入候补",
    State.PENDING: "已报名，等待审核",
    State.IN_DRAW: "已报名，等待抽签",
}
_FROM = {
    (State.PENDING, State.CONFIRMED): "审核通过，名额已确认",
    (State.PENDING, State.WAITLISTED): "审核通过，名额已满，列入候补",
    (State.IN_DRAW, State.CONFIRMED): "抽签抽中，名额已确认",
    (State.IN_DRAW, State.WAITLISTED): "抽签没有抽中，列入候补",
    (State.OFFERED, State.CONFIRMED): "接受递补，名额已确认",
    (State.OFFERED, State.CANCELLED): "放弃递补的名额",
    (State.ATTENDED, State.CONFIRMED): "签到有误，已撤销",
}
_TO = {
    State.OFFERED: "空出一个名额，请您确认",
    State.LAPSED: "逾期没有确认，名额让给下一位",
    State.REJECTED: "审核未通过",
    State.NOT_SELECTED: "抽签没有抽中",
    State.CANCELLED: "报名已取消",
    State.REVOKED: "报名已撤销",
    State.ATTENDED: "已签到",
    State.NO_SHOW: "没有到场",
}
_TOLD_WHY = {State.REJECTED, State.REVOKED}
"""Moves whose reason was told to the person; other reasons are the staff's own notes."""


_TOLD_OF_MOVES = {*ACTIVE} - {State.ATTENDED}
"""Whoever is still to come hears of another time or place."""


class Step(NamedTuple):
    """One move: when, what, why if the person was told, and whether staff did it for them.

    ``details``: what changed, where it was the session that moved.
    """

    at: datetime
    words: str
    reason: str = ""
    details: tuple[str, ...] = ()


def steps_of(registration: Registration) -> list[Step]:
    """Every move of the registration, and of its session while it was told; the first one first."""
    own = list(registration.transitions.all())
    steps = [
        Step(move.at, _words(move), move.reason if move.to_state in _TOLD_WHY else "")
        for move in own
    ]
    moves = registration.session.moves.all()
    told = [move for move in moves if _state_at(own, move.at) in _TOLD_OF_MOVES]
    steps += [Step(move.at, move.headline, details=tuple(move.changes)) for move in told]
    return sorted(steps, key=lambda step: step.at)


def _state_at(transitions: list[Transition], at: datetime) -> str:
    """Where it stood then; "" before there was one."""
    return next((move.to_state for move in reversed(transitions) if move.at <= at), "")


def _words(move: Transition) -> str:
    to = State(move.to_state)
    if not move.from_state:
        return _NEW[to]
    words = _FROM.get((State(move.from_state), to)) or _TO.get(to) or str(to.label)
    by_staff = move.actor == Actor.STAFF and to == State.CANCELLED
    return f"{words}（工作人员代办）" if by_staff else words
