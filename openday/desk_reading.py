"""What the desk's pages show: sessions at a glance, and one registration's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from openday.enums import ACTIVE, State
from openday.models import Registration, SeatGroup, Session
from openday.seats import GroupSeats, free_seats

BAR = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in percent of its length."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class GroupGlance:
    """One group's figures. ``taken``: confirmed and attended; ``kept``: of the minimum, not yet
    taken; ``free``: how many could be seated now; ``open``: waits for review or for the draw."""

    group: SeatGroup
    taken: int
    offered: int
    waiting: int
    open: int
    kept: int
    free: int

    @property
    def parts(self) -> list[Part]:
        """The bar: seats first, as many as the quota, then who waits."""
        held = self.taken + self.offered
        kept = min(self.kept, max(0, self.group.quota - held))
        rest = max(0, self.group.quota - held - kept)
        lengths = [
            ("taken", self.taken),
            ("offered", self.offered),
            ("kept", kept),
            ("rest", rest),
            ("waiting", self.waiting + self.open),
        ]
        whole = sum(length for _kind, length in lengths) or 1
        parts, start = [], 0.0
        for kind, length in lengths:
            width = BAR * length / whole
            if length:
                parts.append(Part(kind, round(start, 2), round(width, 2)))
            start += width
        return parts


@dataclass(frozen=True, slots=True)
class SessionGlance:
    """A session with its groups."""

    session: Session
    groups: list[GroupGlance]

    @property
    def held(self) -> int:
        return sum(group.taken + group.offered for group in self.groups)

    @property
    def waiting(self) -> int:
        return sum(group.waiting for group in self.groups)

    @property
    def registrations(self) -> int:
        """Everybody active, who is told when the session moves."""
        return sum(g.taken + g.offered + g.waiting + g.open for g in self.groups)

    @property
    def is_open(self) -> bool:
        """Whether people can register on the event's page now."""
        return self.session.event.live and self.session.takes_registrations()

    @property
    def stage(self) -> str:
        """Where the session stands, in a word."""
        session = self.session
        if session.is_cancelled:
            return "已取消"
        if session.is_over:
            return "已结束"
        if not session.event.live:
            return "未公布"
        if session.is_running:
            return "进行中"
        if self.is_open:
            return "报名中"
        closed = session.registration_closes_at <= timezone.now()
        return "报名已截止" if closed else "未开始报名"


def glance(sessions: Iterable[Session]) -> list[SessionGlance]:
    """Each session with its groups' figures, in two queries for all of them."""
    listed = list(sessions)
    rows = Registration.objects.filter(_alive(), session__in=listed, state__in=ACTIVE)
    by_state = rows.values_list("group", "state").annotate(n=Count("pk")).order_by()
    counts: dict[int, dict[str, int]] = {}
    for group, state, count in by_state:
        counts.setdefault(group, {})[state] = count
    groups: dict[int, list[SeatGroup]] = {session.pk: [] for session in listed}
    related = ("audience", "draw_run")
    for row in SeatGroup.objects.filter(session__in=listed).select_related(*related):
        groups[row.session_id].append(row)
    return [_session(session, groups[session.pk], counts) for session in listed]


def _alive() -> Q:
    """An offer that ran out holds no seat, though the sweeper has not come by yet."""
    return ~Q(state=State.OFFERED) | Q(offer_expires_at__gt=timezone.now())


def _session(
    session: Session, groups: list[SeatGroup], counts: dict[int, dict[str, int]]
) -> SessionGlance:
    figures = {group.pk: counts.get(group.pk, {}) for group in groups}
    taken = {
        pk: states.get(State.CONFIRMED, 0) + states.get(State.ATTENDED, 0)
        for pk, states in figures.items()
    }
    seats = {
        group.pk: GroupSeats(
            group.quota,
            group.minimum_now,
            taken[group.pk] + figures[group.pk].get(State.OFFERED, 0),
        )
        for group in groups
    }
    free = free_seats(session.capacity, seats)
    return SessionGlance(
        session,
        [
            GroupGlance(
                group=group,
                taken=taken[group.pk],
                offered=figures[group.pk].get(State.OFFERED, 0),
                waiting=figures[group.pk].get(State.WAITLISTED, 0),
                open=figures[group.pk].get(State.PENDING, 0)
                + figures[group.pk].get(State.IN_DRAW, 0),
                kept=max(0, seats[group.pk].minimum - seats[group.pk].held),
                free=free[group.pk],
            )
            for group in groups
        ],
    )


def told_of_change(session: Session) -> int:
    """How many people hear of it when the session moves or is called off."""
    return session.registrations.active().exclude(state=State.ATTENDED).count()


def beside(registration: Registration, chosen: QuerySet[Registration]) -> dict[str, int | None]:
    """The ids of the next and the previous registration of the list (newest first).

    They are found by the place of this one, also when it no longer fits the list's filters.
    """
    ids = chosen.order_by().values_list("pk", flat=True)
    return {
        "newer": ids.filter(pk__gt=registration.pk).order_by("pk").first(),
        "older": ids.filter(pk__lt=registration.pk).order_by("-pk").first(),
    }


def on_paper(session: Session, *, states: Iterable[str]) -> QuerySet[Registration]:
    """The session's registrations in these states, by group and number, with what a list shows."""
    rows = session.registrations.filter(state__in=states)
    related = ("contact", "receipt", "group__audience")
    ordered = rows.select_related(*related).order_by(
        "group__sort_order", "group", "receipt__number"
    )
    return ordered


def told(registration: Registration) -> QuerySet[Any]:
    """The messages to the person, in order."""
    messages = registration.contact.messages.select_related("phoned_by")
    return messages.order_by("pk")
