"""The word for where a session stands, on each screen of the desk that shows sessions."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from openday.enums import EventKind
from openday.models import EventPage
from openday.services.sessions import cancel_session
from publishing.enums import Role
from tests.factories.openday import make_session
from tests.openday.desk import Office, furnish
from tests.openday.test_public_pages import words_of

pytestmark = pytest.mark.django_db
SESSION_CHANGES = ("change_session", "add_group", "import", "cancel_session")
GROUP_CHANGES = ("change_group", "remove_group")


@pytest.fixture
def office() -> Office:
    """Its event is public, one session takes registrations."""
    return furnish()


def page_of(office: Office, name: str, *args: int) -> str:
    return office.client().get(reverse(name, args=args)).content.decode()


def stages(page: str) -> list[str]:
    """The words, in the order of the page; those in colour with a mark."""
    found = re.findall(r'class="w-status( w-status--primary)?">([^<]+)<', page)
    return [f"*{word}" if colour else word for colour, word in found]


def take_off(event: EventPage) -> None:
    EventPage.objects.get(pk=event.pk).unpublish()


def test_an_event_that_is_not_public_says_so_wherever_its_sessions_stand(office: Office) -> None:
    desk = page_of(office, "seats:event", office.event.pk)
    assert (stages(desk), "公告还没有发布" in desk) == (["*报名中"], False)
    assert stages(page_of(office, "seats:enter")) == ["*报名中"]
    take_off(office.event)
    desk = page_of(office, "seats:event", office.event.pk)
    assert (stages(desk), "公告还没有发布" in desk) == (["未公布"], True)
    assert stages(page_of(office, "seats:enter")) == ["未公布"]
    everything = words_of(page_of(office, "session:index"))
    assert ("未公布" in everything, "报名中" in everything) == (True, False)


def test_what_is_cancelled_or_over_stays_so_without_its_page(office: Office) -> None:
    later = make_session(office.event, starts_at=office.session.starts_at + timedelta(days=30))
    cancel_session(session=office.session, user=office.staff[Role.EDITOR], reason="暴雨")
    take_off(office.event)
    with time_machine.travel(later.ends_at):
        desk = page_of(office, "seats:event", office.event.pk)
    assert stages(desk) == ["已取消", "已结束"]


def test_the_event_leads_to_all_that_belongs_to_it(office: Office) -> None:
    """The first page of the admin sends here whose report is missing."""
    ways = ("代表建议", "活动总结", "听证准备和笔录")
    desk = words_of(page_of(office, "seats:event", office.event.pk))
    assert [way in desk for way in ways] == [True, True, False]
    EventPage.objects.filter(pk=office.event.pk).update(kind=EventKind.HEARING)
    front = office.client(Role.FRONT_DESK).get(reverse("seats:event", args=[office.event.pk]))
    assert [way in words_of(front.content.decode()) for way in ways] == [False, False, True]


def test_what_can_no_longer_be_changed_has_no_buttons_for_it(office: Office) -> None:
    changes = [
        *(reverse(f"seats:{name}", args=[office.session.pk]) for name in SESSION_CHANGES),
        *(reverse(f"seats:{name}", args=[office.group.pk]) for name in GROUP_CHANGES),
    ]
    desk = page_of(office, "seats:event", office.event.pk)
    assert [f'"{address}"' in desk for address in changes] == [True] * 6
    with time_machine.travel(office.session.ends_at):
        desk = page_of(office, "seats:event", office.event.pk)
    assert [f'"{address}"' in desk for address in changes] == [False] * 6
    assert "签到表" in desk
