"""The staff's list of registrations with 100 and with 10,000 of them: what its pages cost more."""

import math
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bench import copied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openday.enums import Origin, State
from openday.models import Actor, Registration, SeatGroup, Transition
from openday.viewsets.registrations import RegistrationViewSet
from people.codes import draw_code
from people.models import Contact, Receipt
from people.phones import person_key
from publishing.enums import Role
from tests.benchmarks.lists import DeskList, compare_sizes
from tests.benchmarks.report import Figure
from tests.benchmarks.sample import BATCH, HEADERS, analyse
from tests.benchmarks.server import gunicorn
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_notice
from tests.factories.openday import make_event, make_group, make_session

SIZES = (100, 10_000)
_ROW = re.compile(r"\d{8}-\d{6}")


def compare_lists(folder: Path) -> list[Figure]:
    """First and last page and a filter, as ratios."""
    unit = make_office("党政办")
    group = make_group(make_session(make_event(unit=unit), capacity=10**5), quota=10**5)
    client = Client()
    client.force_login(make_officer(unit, Role.EDITOR))
    headers = {**HEADERS, "Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    with ExitStack() as servers:
        ports = {}
        for size in SIZES:
            add_registrations(group, size - group.registrations.count())
            analyse()
            connection.close()
            connection.close_pool()
            address = copied(os.environ["DATABASE_URL"], f"bench_seats_{size}")
            server = gunicorn(folder, "tests.benchmarks.settings", DATABASE_URL=address)
            ports[size] = servers.enter_context(server)
        path = reverse("registration:index")
        asked = DeskList("seats", "registrations", path, _ROW, headers, _queries)
        return compare_sizes(asked, ports)


def _queries(size: int) -> dict[str, str]:
    """What is asked for, by its name, at a number of registrations."""
    last = math.ceil(size / RegistrationViewSet.list_per_page)
    return {"first page": "", "last page": f"?p={last}", "filter": "?state=confirmed"}


@transaction.atomic
def add_registrations(group: SeatGroup, number: int) -> None:
    """Registrations beside those that are there, with all rows that real ones have."""
    first = group.registrations.count()
    numbers = iter(range(first, first + number))
    while wanted := list(islice(numbers, BATCH)):
        rows = Registration.objects.bulk_create(_registrations(group, wanted))
        Transition.objects.bulk_create(
            Transition(registration=row, to_state=row.state, actor=Actor.PERSON) for row in rows
        )


def _registrations(group: SeatGroup, numbers: list[int]) -> Iterator[Registration]:
    """Three of four have a seat, the others wait."""
    notice, now = make_notice(), timezone.now()
    before = now - timedelta(days=1)  # today's numbers are those of the races
    receipts = Receipt.objects.bulk_create(
        Receipt(number=f"{before:%Y%m%d}-{number:06d}", code=draw_code()) for number in numbers
    )
    contacts = Contact.objects.bulk_create(
        Contact(name=f"测试人{number}", phone=phone, person_key=person_key(phone))
        for number in numbers
        for phone in [f"+86138{number:08d}"]
    )
    for number, receipt, contact in zip(numbers, receipts, contacts, strict=True):
        yield Registration(
            session=group.session,
            group=group,
            receipt=receipt,
            contact=contact,
            person_key=contact.person_key,
            state=State.WAITLISTED if number % 4 == 0 else State.CONFIRMED,
            waiting_since=now if number % 4 == 0 else None,
            origin=Origin.WEB,
            idempotency_key=uuid.uuid4(),
            notice=notice,
            consented_at=now,
        )
