"""Numbers that are none, in every place where the seats' desk expects one: never an error."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from publishing.models import User
from tests.openday.desk import Office, furnish, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NO_NUMBERS = ["²", "9" * 23, "9" * 18, "٣", "-1", "x", "\0", "\u202e1"]


@pytest.fixture
def office() -> Office:
    return furnish()


@pytest.fixture
def chief() -> Client:
    client = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    client.raise_request_exception = False
    return client


def got(written: str, office: Office) -> Iterator[str]:
    value, session = quote(written), office.session.pk
    names = ("event", "session", "group", "state", "origin", "held", "q", "p")
    yield from (f"registrations/?{name}={value}" for name in names)
    yield f"registrations/?session={session}&group={value}"
    yield f"registrations/?session={session}&q={value}"
    yield f"registrations/{office.pending.pk}/?session={value}&q={value}"
    yield from (f"sessions/?{name}={value}" for name in ("event", "stage", "p"))
    yield f"registrations/new/?session={value}"
    yield f"registrations/new/?session={session}&group={value}&origin={value}"
    for action in ("approve", "reject", "revoke"):
        yield f"bulk/openday/registration/{action}/?next=/cms/&id={value}"
        yield f"bulk/openday/registration/{action}/?next=/cms/&id=all&session={value}"


SESSION = ("starts_at", "ends_at", "capacity", "registration_opens_at", "registration_closes_at")
GROUP = ("audience", "method", "quota", "minimum", "minimum_until", "waiting_limit", "sort_order")


def posted(written: str, office: Office) -> Iterator[tuple[str, dict[str, Any]]]:
    session, group = office.session.pk, office.group.pk
    yield f"events/{office.event.pk}/sessions/new/", dict.fromkeys(SESSION, written)
    more = ("cancel_until", "offers_until", "offer_hours", "computed_from", "reconfirm_by")
    yield f"sessions/{session}/", dict.fromkeys((*SESSION, *more, "title", "place"), written)
    yield f"sessions/{session}/", {**dict.fromkeys((*SESSION, *more), written), "fill": "1"}
    yield f"sessions/{session}/groups/new/", dict.fromkeys(GROUP, written)
    yield f"groups-of-seats/{group}/", dict.fromkeys((*GROUP, "decided_by"), written)
    yield f"sessions/{session}/export/", {"kind": written, "reason": written}
    yield f"sessions/{session}/import/", {"group": written}
    fields = ("idempotency_key", "origin", "group", "name", "phone", "email", "address")
    yield f"registrations/new/?session={session}", dict.fromkeys(fields, written)
    yield f"groups-of-seats/{office.drawn.pk}/draw/run/", {"digits": written, "witness": "x"}
    yield "bulk/openday/registration/approve/?next=/cms/&id=all", {"upto": written}


def test_no_number_is_no_error(office: Office, chief: Client) -> None:
    replies = {}
    for written in NO_NUMBERS:
        for place in got(written, office):
            replies[place] = chief.get(f"/cms/{place}").status_code
        for place, data in posted(written, office):
            replies[f"POST {place} {data}"] = chief.post(f"/cms/{place}", data).status_code
    assert {place: status for place, status in replies.items() if status >= 500} == {}


@pytest.mark.parametrize("address", ["events/%s/sessions/", "hearings/events/%s/", "check-in/%s/"])
def test_a_number_that_no_column_holds_is_not_found(address: str) -> None:
    reply = furnish().client().get("/cms/" + address % ("9" * 25))
    assert reply.status_code == 404
