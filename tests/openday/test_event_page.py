"""What happens to live seats when their page is published anew, copied, moved, deleted: nothing."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from notify.models import Message
from openday.enums import EventKind
from openday.models import (
    EventIndexPage,
    EventPage,
    EventSubject,
    Registration,
    SeatGroup,
    Session,
    Suggestion,
)
from openday.services.hearings import publish_participants
from openday.services.sessions import cancel_session, change_session
from openday.services.suggesting import add_suggestion
from publishing.gates import ActionRefused, PublishBlocked
from publishing.models import User
from tests.factories.consultation import make_draft, make_unit
from tests.factories.openday import (
    make_event_index,
    make_group,
    make_officer_of,
    make_registration,
    publish,
)
from tests.openday.hearings import make_hearing
from tests.openday.reporting import after, make_past_event, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(group: SeatGroup) -> EventPage:
    """An event with two who registered."""
    for _ in range(2):
        make_registration(group)
    return publish(group.session.event)


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    return client


def seats() -> list[dict[str, object]]:
    """All rows of sessions, groups and registrations."""
    return [row for model in (Session, SeatGroup, Registration) for row in model.objects.values()]


def test_publishing_an_old_revision_leaves_the_seats_untouched(announced: EventPage) -> None:
    old = announced.latest_revision
    session = Session.objects.get()
    session.capacity = 5
    change_session(session=session, user=make_officer_of(announced))
    announced.title, announced.theme = "改了标题", "改了主题"
    publish(announced)
    before = seats()
    old.publish()
    assert (seats(), EventPage.objects.get().title) == (before, old.as_object().title)
    assert Session.objects.get().capacity == 5


def test_another_place_is_told_before_the_page_says_it(announced: EventPage) -> None:
    """The page's own place is that of the sessions that name none; publishing tells nobody."""
    announced.place = "二楼会议室"
    with pytest.raises(PublishBlocked, match="改地点须通知他们"):
        publish(announced)
    session = Session.objects.get()
    assert session.where != "二楼会议室"
    session.place = "二楼会议室"
    change_session(session=session, user=make_officer_of(announced))
    assert Message.objects.filter(kind="openday_moved").count() == 2
    assert publish(announced).place == "二楼会议室"


def test_a_hearing_with_a_list_stays_one() -> None:
    session = make_hearing("张三")
    event = EventPage.objects.get(pk=session.event_id)
    publish_participants(session=session, user=make_officer_of(event))
    event.kind = EventKind.OPEN_DAY
    with pytest.raises(PublishBlocked, match="不能改成别的活动类型"):
        publish(event)


def test_before_anybody_registered_the_place_is_free(session: Session) -> None:
    make_group(session)
    event = publish(session.event)
    event.place = "二楼会议室"
    assert publish(event).place == "二楼会议室"


def test_taking_the_page_off_leaves_them_too(announced: EventPage) -> None:
    before = seats()
    announced.unpublish()
    publish(EventPage.objects.get())
    assert seats() == before


def test_a_copy_is_a_draft_without_seats(announced: EventPage) -> None:
    before = seats()
    copy = announced.copy(update_attrs={"title": "副本", "slug": "copy"}, keep_live=True)
    assert (copy.live, copy.sessions.count(), copy.first_published_at) == (False, 0, None)
    assert seats() == before


def test_a_copy_with_its_report_is_refused() -> None:
    event = make_past_event()
    with after(event):
        make_report(event)
    before = seats()
    with pytest.raises(ActionRefused, match="人数和建议只属于一次活动"):
        event.copy(recursive=True, update_attrs={"slug": "copy"})
    assert (seats(), EventPage.objects.count()) == (before, 1)


def test_an_alias_is_refused(announced: EventPage) -> None:
    with pytest.raises(ActionRefused, match="不能建立别名"):
        announced.create_alias(update_slug="alias")


def test_a_published_event_stays_in_its_column(announced: EventPage, chief: Client) -> None:
    other = make_event_index(announced.unit)
    with pytest.raises(ActionRefused, match="网址已印在海报和通知上"):
        announced.move(other, pos="last-child")
    address = reverse("wagtailadmin_pages:move_confirm", args=[announced.pk, other.pk])
    reply = chief.post(address)
    assert (reply.status_code, "网址已印在海报" in reply.content.decode()) == (403, True)
    assert EventPage.objects.get().get_parent().pk == make_event_index().pk


def test_a_draft_that_moves_takes_its_sessions_along(session: Session) -> None:
    event, other = session.event, make_event_index(session.event.unit)
    event.move(other, pos="last-child")
    assert Session.objects.get().event.get_parent().pk == other.pk


def test_a_page_with_seats_is_not_deleted(announced: EventPage) -> None:
    before = seats()
    with pytest.raises(ProtectedError):
        announced.delete()
    assert (seats(), EventPage.objects.count()) == (before, 1)


def test_nor_is_the_column_above_it(announced: EventPage) -> None:
    before = seats()
    with pytest.raises(ProtectedError):
        EventIndexPage.objects.get().delete()
    assert (seats(), Page.objects.filter(pk=announced.pk).count()) == (before, 1)


@pytest.mark.parametrize("which", ["event", "column"])
def test_the_admin_says_why_in_chinese(announced: EventPage, chief: Client, which: str) -> None:
    page = announced if which == "event" else EventIndexPage.objects.get()
    before = seats()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    reply = chief.post(address, {"confirm_site_name": "政民互动平台"})
    shown = reply.content.decode()
    assert (reply.status_code, "不能删除" in shown, "取消发布" in shown) == (403, True, True)
    assert (seats(), EventPage.objects.count()) == (before, 1)


def test_suggestions_and_reports_keep_their_event() -> None:
    event = make_past_event()
    with after(event):
        report = make_report(event)
    with pytest.raises(ProtectedError):
        report.delete()
    Registration.objects.all()
    add_suggestion(event=event, text="修路", user=make_officer_of(event))
    with pytest.raises(ProtectedError):
        EventPage.objects.get().delete()
    assert (EventPage.objects.count(), Suggestion.objects.count()) == (1, 1)


def test_a_report_has_one_event() -> None:
    event = make_past_event()
    with after(event):
        report = make_report(event)
    for refused in (report.copy, report.create_alias):
        with pytest.raises(ActionRefused, match="不能复制"):
            refused()
    with pytest.raises(ActionRefused, match="不能移到别的活动下面"):
        report.move(make_event_index(), pos="last-child")


def test_its_report_goes_with_it_and_comes_back_after_it() -> None:
    event = make_past_event(came=1)
    with after(event):
        report = make_report(event)
        EventPage.objects.get(pk=event.pk).unpublish()
        report.refresh_from_db()
        assert report.live is False
        with pytest.raises(PublishBlocked, match="请先发布活动"):
            report.get_latest_revision().publish()
        publish(EventPage.objects.get(pk=event.pk))
        report.get_latest_revision().publish()
        report.refresh_from_db()
        assert (report.live, Client().get(report.url).status_code) == (True, 200)


def test_its_report_goes_with_it_when_it_expires() -> None:
    event = make_past_event(came=1)
    with after(event):
        report = make_report(event)
        EventPage.objects.filter(pk=event.pk).update(expire_at=timezone.now())
    with after(event, days=1):
        call_command("publish_scheduled", dryrun=True)
        report.refresh_from_db()
        assert report.live
        call_command("publish_scheduled")
    rows = Page.objects.filter(pk__in=[event.pk, report.pk]).order_by("pk")
    assert [(row.live, row.expired) for row in rows] == [(False, True), (False, False)]
    entries = PageLogEntry.objects.filter(page=event.pk, action="wagtail.unpublish.scheduled")
    assert entries.count() == 1


def test_another_units_page_is_named_once_it_is_public(session: Session) -> None:
    make_group(session)
    draft = make_draft(unit=make_unit("另一个办公室"), live=False)
    event = EventPage.objects.get(pk=session.event_id)
    event.subjects = [EventSubject(subject=draft)]
    with pytest.raises(PublishBlocked, match="第1项相关草案或政策是别的单位还没有公布的页面"):
        publish(event)
    event.unit = draft.unit
    publish(event)


def test_the_poster_of_a_cancelled_event_says_so(announced: EventPage) -> None:
    poster = f"{announced.url}poster/"
    assert "已经取消" not in Client().get(poster).content.decode()
    session = announced.sessions.get()
    cancel_session(session=session, user=make_officer_of(announced), reason="停电")
    cache.clear()
    page = Client().get(poster).content.decode()
    assert ("这次活动已经取消" in page, "报名</p>" in page) == (True, False)
