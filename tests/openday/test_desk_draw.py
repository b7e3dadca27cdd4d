"""抽签 at the desk: commitment, frozen list, digits and witness, once, and the public record."""

import pytest
import time_machine
from django.urls import reverse

from openday.draw import verify
from openday.models import DrawRun, EventPage, Registration
from publishing.enums import Role
from tests.factories.openday import make_registration, publish
from tests.openday.desk import Office, furnish

pytestmark = pytest.mark.django_db
ROLLED = {"digits": "4 1 5 2 6 3", "witness": "测试镇纪委 张三", "sure": "on"}


@pytest.fixture
def office() -> Office:
    return furnish()


def page_of(office: Office, role: Role = Role.EDITOR) -> str:
    address = reverse("seats:draw", args=[office.drawn.pk])
    return office.client(role).get(address).content.decode()


def post(office: Office, name: str, **typed: str) -> str:
    address = reverse(f"seats:{name}", args=[office.drawn.pk])
    return office.client().post(address, typed, follow=True).content.decode()


def test_the_commitment_is_shown_and_the_seed_is_not(office: Office) -> None:
    run = DrawRun.objects.get(group=office.drawn)
    page = page_of(office)
    assert (run.commitment in page, run.seed in page) == (True, False)


def test_the_list_is_frozen_after_closing_alone(office: Office) -> None:
    assert "报名截止后才能冻结名单" in post(office, "freeze")
    with time_machine.travel(office.session.registration_closes_at):
        assert "共1人" in post(office, "freeze")
        assert "名单已经冻结公布" in post(office, "freeze")


def test_the_draw_runs_once_with_digits_and_witness(office: Office) -> None:
    for _n in range(3):
        make_registration(office.drawn)
    with time_machine.travel(office.session.registration_closes_at):
        assert "请先冻结" in post(office, "run_draw", **ROLLED)
        post(office, "freeze")
        assert "请先核对，再勾选" in post(office, "run_draw", **{**ROLLED, "sure": ""})
        assert "4到40位数字" in post(office, "run_draw", **{**ROLLED, "digits": "12a4"})
        assert "请写明见证人" in post(office, "run_draw", **{**ROLLED, "witness": " "})
        assert DrawRun.objects.get(group=office.drawn).drawn_at is None
        assert "抽签完毕" in post(office, "run_draw", **ROLLED)
        assert "已经抽过签" in post(office, "run_draw", **ROLLED)
        page = page_of(office, Role.FRONT_DESK)
    run = DrawRun.objects.get(group=office.drawn)
    assert run.digits == "415263"
    assert all(finding.right for finding in verify(run.record))
    drawn = Registration.objects.filter(group=office.drawn)
    assert [str(row) in page for row in drawn] == [True] * 4
    assert "抽中" in page


def take_off(office: Office) -> None:
    EventPage.objects.get(pk=office.event.pk).unpublish()


def test_it_leads_to_the_public_page_while_the_event_is_public(office: Office) -> None:
    address = f"draws/{office.drawn.pk}/"
    assert address in page_of(office)
    take_off(office)
    assert address not in page_of(office)


def test_what_nobody_could_see_is_neither_frozen_nor_drawn(office: Office) -> None:
    with time_machine.travel(office.session.registration_closes_at):
        take_off(office)
        assert "请先发布公告" in post(office, "freeze")
        assert DrawRun.objects.get(group=office.drawn).frozen_at is None
        publish(office.event)
        post(office, "freeze")
        take_off(office)
        assert "请先发布公告" in post(office, "run_draw", **ROLLED)
        assert DrawRun.objects.get(group=office.drawn).drawn_at is None
        assert "请先重新发布" in page_of(office)


def test_what_is_public_is_called_so(office: Office) -> None:
    with time_machine.travel(office.session.registration_closes_at):
        assert "名单已冻结并公布，共1人" in post(office, "freeze")
        assert "结果已公布，" in post(office, "run_draw", **ROLLED)


def test_a_group_without_a_draw_has_no_page(office: Office) -> None:
    address = reverse("seats:draw", args=[office.group.pk])
    assert office.client().get(address).status_code == 404
