"""Units and working days are kept by administrators, in the admin."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from publishing.enums import Role
from publishing.models import HolidayDay, Unit, User
from publishing.services.units import column_of
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_home, make_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))


def typed(**more: object) -> dict[str, object]:
    site = Site.objects.get(is_default_site=True)
    return {"name": "党政办", "site": site.pk, "sort_order": 0, "column": "", **more}


def test_a_new_unit_has_its_groups(admin: Client) -> None:
    make_home()
    admin.post(reverse("unit:add"), typed())
    unit = Unit.objects.get()
    assert unit.groups.count() == 3


def test_a_column_can_be_given_later(admin: Client) -> None:
    make_home()
    admin.post(reverse("unit:add"), typed())
    unit = Unit.objects.get()
    column = make_index(unit)
    admin.post(reverse("unit:edit", args=[unit.pk]), typed(column=column.pk, phone="010-1"))
    assert column_of(unit=unit).pk == column.pk
    form = admin.get(reverse("unit:edit", args=[unit.pk])).context["form"]
    assert (form["column"].value(), form["phone"].value()) == (column.pk, "010-1")


def test_a_name_twice_is_told(admin: Client) -> None:
    make_home()
    admin.post(reverse("unit:add"), typed())
    reply = admin.post(reverse("unit:add"), typed())
    assert (reply.status_code, Unit.objects.count()) == (200, 1)
    assert reply.context["form"].errors


def test_a_day_is_added_and_listed(admin: Client) -> None:
    day = {"date": "2030-02-03", "name": "春节", "kind": "holiday"}
    admin.post(reverse("holidayday:add"), day)
    assert HolidayDay.objects.filter(date="2030-02-03").count() == 1
    assert "2030" in admin.get(reverse("holidayday:index")).content.decode()


HOUSE = ("unit", "holidayday", "review_rule")


@pytest.mark.parametrize("name", [f"{kind}:{view}" for kind in HOUSE for view in ("index", "add")])
def test_nobody_else_gets_in(name: str) -> None:
    unit = make_office("党政办")
    for role in Role:
        reply = signed_in(make_officer(unit, role)).get(reverse(name))
        assert (role, reply.status_code, reply["Location"]) == (
            role,
            302,
            reverse("wagtailadmin_home"),
        )
