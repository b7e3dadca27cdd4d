"""A right holds in the unit that gives it, and filters without sense show nobody."""

import pytest
from django.db import transaction
from django.test import Client

from notify.models import Message
from notify.services import record_phoned
from people.services import create_contact

from .making import message, staff, unit

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture
def waiting(settings):
    settings.NOTIFY_EMAIL = False
    return message(create_contact(name="朱测试", phone=PHONE), unit=unit("甲单位"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_who_may_phone_one_unit_and_reveal_another_ones_contacts_phones_that_one(waiting):
    other = unit("乙单位")
    user = staff(other, "notify.change_message")
    user.groups.add(staff(waiting.unit, "people.reveal_contact").groups.get())
    client = signed_in(user)
    assert client.post(f"/cms/calls/{waiting.pk}/reveal/").status_code == 404
    assert PHONE not in client.post("/cms/calls/print/").content.decode()


def test_who_phones_sees_the_number_of_those_who_wait_alone(waiting):
    user = staff(waiting.unit, "notify.change_message")
    user.groups.add(staff(unit("乙单位"), "people.reveal_contact").groups.get())
    client = signed_in(user)
    assert PHONE in client.post(f"/cms/calls/{waiting.pk}/reveal/").content.decode()
    record_phoned(message_id=waiting.pk, user=user)
    for address in (f"/cms/calls/{waiting.pk}/reveal/", "/cms/calls/print/"):
        reply = client.post(address, follow=True)
        assert (reply.status_code, PHONE in reply.content.decode()) == (200, False)


@pytest.mark.parametrize(
    "query", ["unit=999", "unit=²", f"unit={'9' * 23}", "state=zzz", "channel=zzz"]
)
def test_a_filter_without_sense_prints_and_lists_nobody(waiting, query, admin_user):
    client = signed_in(admin_user)
    for method in (client.get, client.post):
        html = method(f"/cms/calls/print/?{query}").content.decode()
        assert ("筛选条件无效" in html, "共 0 条" in html, PHONE in html) == (True, True, False)
    assert "138****1234" not in client.get(f"/cms/calls/results/?{query}").content.decode()
    assert "筛选条件无效" not in client.get("/cms/calls/print/").content.decode()


def test_the_list_has_no_export_of_wagtails(waiting, admin_user):
    reply = signed_in(admin_user).get("/cms/calls/?export=csv")
    assert (reply["Content-Type"], reply.streaming) == ("text/html; charset=utf-8", False)


def test_whom_somebody_phones_meanwhile_is_not_printed(waiting, admin_user, monkeypatch):
    """The list was read, then a colleague noted a call down."""
    second = message(create_contact(phone="13900005678"), unit=waiting.unit)

    class Late(list):
        def values_list(self, *names, **more):
            rows = [row.pk for row in self]
            with transaction.atomic():
                record_phoned(message_id=second.pk, user=admin_user)
            return rows

    rows = Late(Message.objects.all())
    monkeypatch.setattr("notify.viewsets.printing.PrintView._rows", lambda self, request: rows)
    html = signed_in(admin_user).post("/cms/calls/print/").content.decode()
    assert (PHONE in html, "13900005678" in html, "共 1 条" in html) == (True, False, True)
