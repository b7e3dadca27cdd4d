"""Events, sessions, groups and registrations for tests, made by the routes that people take.

Names and numbers are invented; the phones are of a block that no operator gives out to them.
"""

import uuid
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from openday.enums import EventKind, Origin, SeatMethod
from openday.models import (
    Audience,
    EventContact,
    EventIndexPage,
    EventPage,
    Registration,
    SeatGroup,
    Session,
)
from openday.services.registering import Applicant, Entry, register
from openday.services.sessions import add_group, add_session
from publishing.models import Unit, User
from tests.factories.consultation import make_home, make_notice, make_staff, make_unit
from tests.factories.pages import indexed_once

_numbers = count(1)


def make_event_index(unit: Unit | None = None) -> EventIndexPage:
    """The site's column of events, or the unit's column below it; the same one each time."""
    home = make_home()
    site_column = EventIndexPage.objects.child_of(home).first() or home.add_child(
        instance=EventIndexPage(title="开放日与席位", slug="events", show_in_menus=True)
    )
    if unit is None:
        return site_column
    own = EventIndexPage.objects.child_of(site_column).filter(unit=unit).first()
    return own or site_column.add_child(
        instance=EventIndexPage(title=unit.name, slug=f"unit-{unit.pk}", unit=unit)
    )


def make_event(
    *, unit: Unit | None = None, kind: EventKind = EventKind.OPEN_DAY, **fields: Any
) -> EventPage:
    """A complete event, not yet public: it has no session."""
    unit = unit or make_unit()
    page = EventPage(
        title=fields.pop("title", f"测试开放日{next(_numbers)}"),
        kind=kind,
        unit=unit,
        live=False,
        **{
            "theme": "看办事流程",
            "summary": "参观便民服务中心，听介绍，提建议。",
            "place": "测试镇便民服务中心一楼",
            "matters": "便民服务办法",
            "selection_method": "各类代表按名额组确定。",
            **fields,
        },
    )
    page.contacts = [EventContact(office="测试办公室", phone="0797-0000000")]
    with indexed_once(page):
        make_event_index().add_child(instance=page)
    return page


def make_session(event: EventPage | None = None, **fields: Any) -> Session:
    """A session a month from now whose registration is open until a week before."""
    event = event or make_event()
    starts_at = fields.pop("starts_at", _clock(30))
    times = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "registration_opens_at": starts_at - timedelta(days=40),
        "registration_closes_at": starts_at - timedelta(days=7),
        "cancel_until": starts_at - timedelta(days=1),
        "offers_until": starts_at - timedelta(hours=12),
    }
    row = Session(event=event, **{"capacity": 10, **times, **fields})
    return add_session(session=row, user=make_officer_of(event))


def make_session_at_hand(event: EventPage | None = None, **fields: Any) -> Session:
    """One that begins in two hours, so that people arrive; one may still register for it."""
    starts_at = timezone.now() + timedelta(hours=2)
    last = starts_at - timedelta(hours=1)
    times = {"registration_closes_at": last, "cancel_until": last, "offers_until": last}
    return make_session(event, starts_at=starts_at, **times, **fields)


def make_group(
    session: Session, *, method: SeatMethod = SeatMethod.FIRST_COME, **fields: Any
) -> SeatGroup:
    """A group of an audience of its own."""
    name = fields.pop("name", f"代表{next(_numbers)}")
    audience, _made = Audience.objects.get_or_create(name=name)
    row = SeatGroup(session=session, audience=audience, method=method, **{"quota": 10, **fields})
    return add_group(group=row, user=make_officer_of(session.event))


def make_drawn_group(session: Session, *, public: bool = True, **fields: Any) -> SeatGroup:
    """A group whose seats are given by lot, of an event that is public, as a draw must be; made as
    if before registration opened."""
    opens = session.registration_opens_at
    Session.objects.filter(pk=session.pk).update(
        registration_opens_at=timezone.now() + timedelta(minutes=1)
    )
    group = make_group(session, method=SeatMethod.DRAW, **fields)
    Session.objects.filter(pk=session.pk).update(registration_opens_at=opens)
    group.session = Session.objects.get(pk=session.pk)
    if public:
        publish(EventPage.objects.get(pk=session.event_id))
    return group


def make_registration(
    group: SeatGroup,
    *,
    phone: str = "",
    name: str = "张三",
    email: str = "",
    key: uuid.UUID | None = None,
    **entry: Any,
) -> Registration:
    """One person's registration, over the web unless ``origin`` says otherwise."""
    arrival = Entry(**entry)
    return register(
        group=group,
        applicant=Applicant(name=name, phone=phone or next_phone(), email=email),
        idempotency_key=key or uuid.uuid4(),
        entry=arrival,
        notice=make_notice() if arrival.origin == Origin.WEB else None,
    )


def next_phone() -> str:
    """A phone number that nobody in the test has yet."""
    return f"138{next(_numbers):08d}"


def make_officer_of(event: EventPage) -> User:
    """A member of staff of the event's unit; the same one each time."""
    if event.unit is None:
        raise LookupError("an event without a unit")
    known = User.objects.filter(groups__units=event.unit).order_by("pk").first()
    return known or make_staff(event.unit)


def publish(page: Any) -> Any:
    """Through the gate, as the editor does."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def _clock(days: int, hour: int = 9) -> datetime:
    day: date = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))
