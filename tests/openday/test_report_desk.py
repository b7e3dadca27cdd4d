"""One click from the event to its report, for the event's unit."""

import pytest
from django.test import Client
from django.urls import reverse

from openday.models import EventPage, EventReportPage
from publishing.enums import Role
from publishing.models import Unit
from publishing.services import equip_unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event_index
from tests.openday.reporting import make_past_event, make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    unit = make_office("党政办")
    return equip_unit(unit=unit, column=make_event_index())


@pytest.fixture
def event(unit: Unit) -> EventPage:
    return make_past_event(unit)


@pytest.fixture
def editor(unit: Unit) -> Client:
    return signed_in(make_officer(unit, Role.EDITOR))


def address(event: EventPage) -> str:
    return reverse("hearing:report", args=[event.pk])


def test_the_figures_and_what_is_open(event: EventPage, editor: Client) -> None:
    make_suggestion(event, answer="")
    page = editor.get(address(event)).content.decode()
    assert "报名2人，到场1人" in page
    assert "其中1条还没有答复" in page
    assert EventReportPage.objects.count() == 0


def test_one_click_makes_it_and_opens_it(event: EventPage, editor: Client) -> None:
    leads_to = [editor.post(address(event))["Location"] for _ in range(2)]
    report = EventReportPage.objects.get()
    assert leads_to == [reverse("wagtailadmin_pages:edit", args=[report.pk])] * 2
    assert editor.get(leads_to[0]).status_code == 200
    assert "编辑活动总结" in editor.get(address(event)).content.decode()


def test_who_may(event: EventPage, unit: Unit) -> None:
    stranger = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    front_desk = signed_in(make_officer(unit, Role.FRONT_DESK))
    got = [client.post(address(event)).status_code for client in (stranger, front_desk)]
    assert (got, EventReportPage.objects.count()) == ([404, 404], 0)
    assert "login" in Client().post(address(event))["Location"]
