"""A unit's event with everything in it, its staff, and their browsers, for the desk's tests."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from openday.enums import Origin, SeatMethod
from openday.models import EventPage, Registration, SeatGroup, Session
from openday.services.registering import Applicant, Entry, register
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import (
    make_drawn_group,
    make_event,
    make_group,
    make_registration,
    make_session,
)


@dataclass
class Office:
    """A unit with one row of everything that seats have."""

    unit: Unit
    event: EventPage
    session: Session
    group: SeatGroup
    review: SeatGroup
    drawn: SeatGroup
    confirmed: Registration
    waiting: Registration
    pending: Registration
    entered: Registration
    staff: dict[Role, User]

    def client(self, role: Role = Role.EDITOR) -> Client:
        return signed_in(self.staff[role])


def furnish(name: str = "党政办") -> Office:
    """An open event: first come (one seat, one waits), by review (one pending), by lot."""
    unit = make_office(name)
    event = make_event(unit=unit, title=f"{name}的开放日")
    session = make_session(event, capacity=12)
    group = make_group(session, name=f"群众代表（{name}）", quota=1)
    review = make_group(
        session,
        name=f"人大代表（{name}）",
        method=SeatMethod.REVIEW,
        quota=2,
        decided_by=timezone.localdate() + timedelta(days=20),
    )
    drawn = make_drawn_group(
        session, name=f"妇女代表（{name}）", decided_by=timezone.localdate() + timedelta(days=25)
    )
    staff = {role: make_officer(unit, role) for role in Role}
    confirmed, waiting = make_registration(group), make_registration(group, name="李四")
    pending = make_registration(review, name="王五")
    entered = enter(review, staff[Role.FRONT_DESK])
    make_registration(drawn, name="赵六")
    return Office(
        unit, event, session, group, review, drawn, confirmed, waiting, pending, entered, staff
    )


def enter(group: SeatGroup, user: User, phone: str = "", key: object = None) -> Registration:
    """Somebody came to the counter."""
    return make_registration(group, origin=Origin.COUNTER, entered_by=user, phone=phone)


__all__ = ["Applicant", "Entry", "Office", "enter", "furnish", "register", "signed_in"]
