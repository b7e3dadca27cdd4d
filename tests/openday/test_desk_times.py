"""Years that no calendar of an office has: said beside the field, never stored, never an error."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from openday.models import SeatGroup, Session
from tests.openday.desk import furnish

pytestmark = pytest.mark.django_db
ABSURD = ["0001-01-01 00:00", "0001-01-20 09:00", "1999-12-31 23:59", "9999-12-31 23:59"]
TIMES = (
    *("starts_at", "ends_at", "registration_opens_at", "registration_closes_at"),
    *("cancel_until", "offers_until"),
)


@pytest.mark.parametrize("field", [*TIMES, "computed_from"])
def test_a_session_in_an_absurd_year(field: str) -> None:
    office = furnish()
    before = Session.objects.values(*TIMES).get(pk=office.session.pk)
    start = timezone.localtime() + timedelta(days=60)
    for written, more in product(ABSURD, [{}, {"fill": "1"}]):
        typed = {
            "starts_at": f"{start:%Y-%m-%d} 09:00",
            "ends_at": f"{start:%Y-%m-%d} 12:00",
            **{"capacity": 12, "offer_hours": 24, field: written, **more},
        }
        reply = office.client().post(f"/cms/sessions/{office.session.pk}/", typed)
        assert reply.status_code == (200 if more else 422), written
        assert more or field == "computed_from" or "年份不对" in reply.content.decode(), written
        assert Session.objects.values(*TIMES).get(pk=office.session.pk) == before, written


@pytest.mark.parametrize("written", ABSURD)
def test_seats_kept_until_an_absurd_year(written: str) -> None:
    office = furnish()
    typed = {
        "audience": office.group.audience_id,
        **{"quota": 1, "minimum": 0, "sort_order": 0, "minimum_until": written},
    }
    reply = office.client().post(f"/cms/groups-of-seats/{office.group.pk}/", typed)
    assert reply.status_code == 422
    assert "年份不对" in reply.content.decode()
    assert SeatGroup.objects.get(pk=office.group.pk).minimum_until is None
