"""代为报名: the short form, the same rules as on the web, and the slip (rule O2)."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openday.enums import Origin, SeatMethod, State
from openday.models import Registration
from people.codes import format_code
from publishing.enums import Role
from tests.factories.openday import make_group, next_phone
from tests.openday.desk import Office, furnish

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return furnish()


@pytest.fixture
def desk(office: Office) -> Client:
    return office.client(Role.FRONT_DESK)


def address(office: Office) -> str:
    return f"{reverse('seats:enter')}?session={office.session.pk}"


def caller(office: Office, **changed: Any) -> dict[str, Any]:
    base = {"idempotency_key": str(uuid.uuid4()), "origin": "phone", "group": office.review.pk}
    return {**base, "name": "孙七", "phone": next_phone(), "agreed": "on", **changed}


def test_a_caller_is_registered_and_gets_a_slip(office: Office, desk: Client) -> None:
    reply = desk.post(address(office), caller(office))
    row = Registration.objects.latest("pk")
    assert reply["Location"] == reverse("seats:slip", args=[row.pk])
    assert (row.origin, row.state) == (Origin.PHONE, State.PENDING)
    assert row.entered_by == office.staff[Role.FRONT_DESK]
    slip = desk.get(reply["Location"]).content.decode()
    code = format_code(row.receipt.code)
    assert [
        words
        for words in (str(row), code, "待审核", "孙**", "/registrations/）")
        if words not in slip
    ] == []


def test_the_front_desk_names_nobody_without_an_invitation(office: Office, desk: Client) -> None:
    invited = make_group(office.session, method=SeatMethod.INVITED, quota=3, name="特邀代表")
    reply = desk.post(address(office), caller(office, group=invited.pk))
    assert (reply.status_code, "请填写邀请函上的邀请码" in reply.content.decode()) == (422, True)
    assert not invited.registrations.exists()
    code = invited.invitation_code
    desk.post(address(office), caller(office, group=invited.pk, invitation=code))
    office.client(Role.EDITOR).post(address(office), caller(office, group=invited.pk))
    assert invited.registrations.filter(state=State.CONFIRMED).count() == 2


def test_the_next_caller_begins_with_the_same_session_and_group(office: Office, desk) -> None:
    reply = desk.post(address(office), caller(office, **{"then-next": "1"}))
    page = desk.get(reply["Location"])
    assert page.context["form"]["group"].value() == str(office.review.pk)
    assert f"报名编号{Registration.objects.latest('pk')}" in page.content.decode()


def test_the_same_form_twice_is_one_registration(office: Office, desk: Client) -> None:
    data = caller(office)
    before = Registration.objects.count()
    replies = [desk.post(address(office), data)["Location"] for _n in range(2)]
    assert (len(set(replies)), Registration.objects.count()) == (1, before + 1)


def test_the_same_form_for_another_caller_gets_a_new_key(office: Office, desk: Client) -> None:
    data = caller(office)
    desk.post(address(office), data)
    page = desk.post(address(office), {**data, "phone": next_phone()})
    assert "已经用过一次" in page.content.decode()
    key = str(page.context["form"]["idempotency_key"].value())
    again = desk.post(address(office), {**data, "phone": next_phone(), "idempotency_key": key})
    assert again.status_code == 302


def test_a_phone_that_registered_is_refused_beside_the_field(office: Office, desk: Client) -> None:
    phone = next_phone()
    desk.post(address(office), caller(office, phone=phone))
    page = desk.post(address(office), caller(office, phone=f"+86 {phone}", name="孙八"))
    form = page.context["form"]
    assert (page.status_code, "已经报过这一场" in str(form.errors["phone"])) == (422, True)
    assert form["name"].value() == "孙八"


def test_another_of_the_household_is_registered_on_the_same_phone(office: Office, desk) -> None:
    phone = next_phone()
    for data in (caller(office, phone=phone), caller(office, phone=phone, one_more="on")):
        desk.post(address(office), data)
    households = Registration.objects.order_by("-pk").values_list("household", flat=True)[:2]
    assert list(households) == [1, 0]


def test_the_window_holds_for_the_desk_too(office: Office, desk: Client) -> None:
    type(office.session).objects.filter(pk=office.session.pk).update(
        registration_closes_at=office.session.registration_opens_at.replace(second=1)
    )
    page = desk.post(address(office), caller(office))
    assert "截止，不能再报名" in str(page.context["form"].non_field_errors())


WRONG = [
    ("name", " "),
    ("name", "王"),
    ("phone", "12345"),
    ("group", ""),
    ("agreed", ""),
    ("email", "x"),
    ("origin", "web"),
]


def test_what_is_missing_is_told_beside_its_field(office: Office, desk: Client) -> None:
    before = Registration.objects.count()
    for field, value in WRONG:
        page = desk.post(address(office), caller(office, **{field: value}))
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field]), value
    assert Registration.objects.count() == before


def test_a_broken_key_is_renewed(office: Office, desk: Client) -> None:
    page = desk.post(address(office), caller(office, idempotency_key="x"))
    assert uuid.UUID(str(page.context["form"]["idempotency_key"].value()))


def test_a_group_of_another_session_is_no_choice(office: Office, desk: Client) -> None:
    other = furnish("农业办").review
    page = desk.post(address(office), caller(office, group=other.pk))
    assert list(page.context["form"].errors) == ["group"]


def test_hostile_names_are_shown_as_text(office: Office, desk: Client) -> None:
    name = "<script>alert(1)</script>"
    reply = desk.post(address(office), caller(office, name=name, access_needs=name))
    row = Registration.objects.latest("pk")
    assert row.contact.name == name
    for page in (reply["Location"], reverse("seats:registration", args=[row.pk])):
        assert "<script>alert" not in desk.get(page).content.decode()
