"""The state machine of a registration: which moves there are, and writing one down."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from openday.enums import State
from openday.models import Actor, Registration, Transition
from openday.refusals import ChangedMeanwhile
from people.rows import insert

_S = State
_ENDS = {_S.CANCELLED, _S.REVOKED}

MOVES: dict[str, set[State]] = {
    "": {_S.CONFIRMED, _S.WAITLISTED, _S.PENDING, _S.IN_DRAW},
    _S.PENDING: {_S.CONFIRMED, _S.WAITLISTED, _S.IN_DRAW, _S.REJECTED, *_ENDS},
    _S.IN_DRAW: {_S.CONFIRMED, _S.WAITLISTED, _S.NOT_SELECTED, *_ENDS},
    _S.WAITLISTED: {_S.OFFERED, *_ENDS},
    _S.OFFERED: {_S.CONFIRMED, _S.LAPSED, *_ENDS},
    _S.CONFIRMED: {_S.ATTENDED, _S.NO_SHOW, *_ENDS},
    _S.ATTENDED: {_S.CONFIRMED},
    # Somebody whose arrival reached us late, from a device without a network.
    _S.NO_SHOW: {_S.ATTENDED},
}
"""From which state to which; "" is a registration that comes into being. All others are final."""


@dataclass(frozen=True, slots=True)
class By:
    """Who moves it, and why."""

    actor: Actor = Actor.SYSTEM
    user: Any = None
    reason: str = ""

    @classmethod
    def staff(cls, user: Any, reason: str = "") -> "By":
        return cls(Actor.STAFF, user, reason)


PERSON = By(Actor.PERSON)
SYSTEM = By()


def move(registration: Registration, to: State, *, by: By, **columns: Any) -> Registration:
    """Move it, with a row of the history. Call with the session locked.

    ``columns`` change with it; an offer's times end with the offer.

    Raises:
        ChangedMeanwhile: there is no such move from where it stands now.
    """
    before = State(registration.state)
    if to not in MOVES.get(before, set()):
        raise ChangedMeanwhile(f"这项报名现在是“{before.label}”，不能改为“{to.label}”。")
    if before == State.OFFERED:
        columns = {"offer_expires_at": None, **columns}
    changed = {"state": to, **columns}
    for name, value in changed.items():
        setattr(registration, name, value)
    registration.save(update_fields=[*changed])
    record(registration, before, by=by)
    return registration


def require_state(registration: Registration, state: State) -> None:
    """Refuse what is meant for another state, although a move by that name exists from here, too.

    Raises:
        ChangedMeanwhile: it stands elsewhere now.
    """
    now = State(registration.state)
    if now != state:
        raise ChangedMeanwhile(f"这项报名现在是“{now.label}”，不是“{state.label}”。")


def record(registration: Registration, before: str, *, by: By) -> Transition:
    """Write down how it came to its present state."""
    step = Transition(
        registration=registration,
        from_state=before,
        to_state=registration.state,
        at=timezone.now(),
        actor=by.actor,
        by=by.user,
        reason=by.reason,
    )
    insert(step)
    return step
