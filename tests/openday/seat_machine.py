"""A machine that calls the services at random, for ``test_state_machine``.

The seats are reckoned here once more, by other means than ``openday.seats``, and the moves stand
here as design.md has them.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from notify.models import Message
from openday.enums import SeatMethod
from openday.models import EventPage, Registration, SeatGroup, Session, Transition
from openday.refusals import SeatRefused
from openday.services.answering import accept_offer, cancel, decline_offer
from openday.services.checking_in import check_in, undo_check_in
from openday.services.deciding import approve, reject, revoke
from openday.services.drawing import freeze_list, run_draw
from openday.services.sessions import cancel_session, change_group, change_session
from openday.services.sweeping import sweep
from publishing.models import User
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_registration,
    make_session,
)

SEATED = {"confirmed", "offered", "attended"}
LIVE = {*SEATED, "pending", "in_draw", "waitlisted"}
ENDS = {(state, end) for state in LIVE - {"attended"} for end in ("cancelled", "revoked")}
ALLOWED = ENDS | {
    *(("", state) for state in ("confirmed", "waitlisted", "pending", "in_draw")),
    *(("pending", state) for state in ("confirmed", "waitlisted", "rejected")),
    *(("in_draw", state) for state in ("confirmed", "waitlisted", "not_selected")),
    *(("waitlisted", "offered"), ("offered", "confirmed"), ("offered", "lapsed")),
    *(("confirmed", "attended"), ("attended", "confirmed")),
    *(("confirmed", "no_show"), ("no_show", "attended")),
}
LIMITS = st.sampled_from([1, None])
small = st.integers(1, 6)
anybody = st.integers(0, 30)
STEPS = st.sampled_from(
    [timedelta(minutes=20), timedelta(hours=6), timedelta(hours=25), timedelta(days=6)]
)


class Seats(RuleBasedStateMachine):
    """One session with a group of each kind. ``event``, ``officer``: made once for all runs."""

    event: EventPage
    officer: User

    def __init__(self) -> None:
        super().__init__()
        self.began = transaction.atomic()
        self.began.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.moment = self.clock.start()
        self.swept = True

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.began.__exit__(None, None, None)

    @initialize(capacity=st.integers(2, 5), minimum=st.integers(0, 2), limit=LIMITS)
    def announce(self, capacity: int, minimum: int, limit: int | None) -> None:
        session = make_session(self.event, capacity=capacity)
        self.session_id = session.pk
        released = session.registration_closes_at - timedelta(days=3)
        self.groups = [
            make_group(session, quota=3, minimum=minimum, minimum_until=released),
            make_group(session, quota=4, waiting_limit=limit),
            make_group(session, quota=2, method=SeatMethod.REVIEW),
            make_group(session, quota=2, method=SeatMethod.INVITED),
            make_drawn_group(session, quota=2),
        ]

    @property
    def session(self) -> Session:
        return Session.objects.select_related("event").get(pk=self.session_id)

    def group(self, number: int) -> SeatGroup:
        pk = self.groups[number % len(self.groups)].pk
        return SeatGroup.objects.select_related("session").get(pk=pk)

    def one(self, number: int, *states: str) -> Registration | None:
        """Some registration, of those in the states where there is one."""
        rows = Registration.objects.filter(session=self.session_id).order_by("pk")
        found = list(rows.filter(state__in=states)) or list(rows)
        return found[number % len(found)] if found else None

    def act(self, action: Callable[..., Any], row: Registration | None, **more: Any) -> None:
        """Call a service; that it refuses is as good as that it acts."""
        if row is not None:
            with suppress(SeatRefused):
                action(registration=row, **more)

    @rule(group=anybody, phone=st.integers(0, 12))
    def sign_up(self, group: int, phone: int) -> None:
        chosen = self.group(group)
        with suppress(SeatRefused):
            make_registration(
                chosen, phone=f"138{phone:08d}", invitation=chosen.invitation_code, email="a@b.cn"
            )

    @rule(number=anybody)
    def say_yes(self, number: int) -> None:
        self.act(accept_offer, self.one(number, "offered"))

    @rule(number=anybody)
    def say_no(self, number: int) -> None:
        self.act(decline_offer, self.one(number, "offered"))

    @rule(number=anybody)
    def give_up(self, number: int) -> None:
        self.act(cancel, self.one(number, *LIVE))

    @rule(number=anybody)
    def approve_one(self, number: int) -> None:
        self.act(approve, self.one(number, "pending"), user=self.officer)

    @rule(number=anybody)
    def reject_one(self, number: int) -> None:
        self.act(reject, self.one(number, "pending"), user=self.officer, reason="条件不符")

    @rule(number=anybody)
    def revoke_one(self, number: int) -> None:
        self.act(revoke, self.one(number, *LIVE), user=self.officer, reason="重复")

    @rule(number=anybody)
    def let_in(self, number: int) -> None:
        row = self.one(number, "confirmed", "no_show")
        if row:
            more = {"number": row.receipt.number, "user": self.officer, "nonce": uuid.uuid4()}
            with suppress(SeatRefused):
                check_in(session=self.session, **more)

    @rule(number=anybody)
    def take_back(self, number: int) -> None:
        self.act(undo_check_in, self.one(number, "attended"), user=self.officer, reason="误扫")

    @rule(capacity=small)
    def set_capacity(self, capacity: int) -> None:
        session = self.session
        session.capacity = capacity
        with suppress(SeatRefused):
            change_session(session=session, user=self.officer)

    @rule(number=anybody, quota=small, minimum=st.integers(0, 3))
    def set_quota(self, number: int, quota: int, minimum: int) -> None:
        group = self.group(number)
        group.quota, group.minimum = quota, minimum
        with suppress(SeatRefused, ValidationError), transaction.atomic():
            change_group(group=group, user=self.officer)

    @rule(hours=st.integers(1, 72))
    def set_cut_off(self, hours: int) -> None:
        """The last moment for offers, and for registering, is moved."""
        session = self.session
        session.offers_until = session.starts_at - timedelta(hours=hours)
        with suppress(SeatRefused, ValidationError), transaction.atomic():
            change_session(session=session, user=self.officer)

    @rule()
    def tell(self) -> None:
        """The offers go out."""
        unsent = Message.objects.filter(kind="openday_offer", sent_at=None).exclude(
            state="withdrawn"
        )
        unsent.update(sent_at=timezone.now(), state="sent", next_try_at=None)

    @rule(step=STEPS, sweeps=st.booleans())
    def pass_time(self, step: timedelta, sweeps: bool) -> None:
        self.moment.shift(step)
        self.swept = sweeps
        if sweeps:
            sweep()

    @rule()
    def draw(self) -> None:
        group = self.group(4)
        with suppress(SeatRefused):
            freeze_list(group=group, user=self.officer)
        with suppress(SeatRefused):
            run_draw(group=group, user=self.officer, digits="123456", witness="村民代表")

    @precondition(lambda self: timezone.now() > self.session.registration_closes_at)
    @rule()
    def call_off(self) -> None:
        with suppress(SeatRefused):
            cancel_session(session=self.session, user=self.officer, reason="暴雨")

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        held = self.held()
        groups = list(SeatGroup.objects.filter(session=self.session_id))
        assert all(held[group.pk] <= group.quota for group in groups)
        assert self.chairs(held, groups) <= self.session.capacity

    @invariant()
    def the_formula_is_right(self) -> None:
        """What it says is free can be given, one by one, and not one more."""
        session, held = self.session, self.held()
        groups = list(SeatGroup.objects.filter(session=self.session_id))
        for group in groups:
            more = Counter(held)
            while True:
                more[group.pk] += 1
                if more[group.pk] > group.quota or self.chairs(more, groups) > session.capacity:
                    break
            assert session.free_seats()[group.pk] == more[group.pk] - held[group.pk] - 1

    @invariant()
    def nobody_waits_in_vain(self) -> None:
        """Before the cut-off, once the sweeper came by."""
        session = self.session
        if not self.swept or session.is_cancelled or timezone.now() >= session.offers_until:
            return
        free = session.free_seats()
        queued = session.registrations.filter(state="waitlisted").values_list("group", flat=True)
        assert [pk for pk in queued if free[pk]] == []

    @invariant()
    def every_move_is_written_down_once(self) -> None:
        last: dict[int, str] = {}
        steps = Transition.objects.filter(registration__session=self.session_id).order_by("pk")
        for pk, *step in steps.values_list("registration", "from_state", "to_state"):
            assert (step[0], tuple(step) in ALLOWED) == (last.get(pk, ""), True), step
            last[pk] = step[1]
        rows = Registration.objects.filter(session=self.session_id)
        assert last == dict(rows.values_list("pk", "state"))

    @invariant()
    def each_person_has_one_place(self) -> None:
        rows = Registration.objects.filter(session=self.session_id, state__in=LIVE)
        assert set(Counter(rows.values_list("person_key", flat=True)).values()) <= {1}

    @invariant()
    def offers_alone_have_an_end(self) -> None:
        rows = Registration.objects.filter(session=self.session_id)
        ends = rows.values_list("state", "offer_expires_at")
        assert all((state == "offered") == (end is not None) for state, end in ends)

    def held(self) -> Counter[int]:
        now = timezone.now()
        rows = Registration.objects.filter(session=self.session_id, state__in=SEATED)
        return Counter(
            group
            for group, end in rows.values_list("group", "offer_expires_at")
            if end is None or end > now
        )

    def chairs(self, held: Counter[int], groups: list[SeatGroup]) -> int:
        """How many chairs it takes to seat those and to keep what is kept."""
        now = timezone.now()
        return sum(
            held[group.pk]
            if group.minimum_until and group.minimum_until <= now
            else max(held[group.pk], group.minimum)
            for group in groups
        )
