"""报名办理: finding registrations, deciding many and one, and what a page of one shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notify.models import Message
from openday.enums import Origin, State
from openday.models import Registration, SeatGroup
from openday.services.answering import cancel
from openday.services.sessions import change_session
from openday.services.sweeping import sweep
from publishing.enums import Role
from tests.factories.openday import make_group, make_registration, make_session, next_phone
from tests.openday.desk import Office, furnish

pytestmark = pytest.mark.django_db
INDEX = "registration:index"


@pytest.fixture
def office() -> Office:
    return furnish()


def listed(office: Office, query: str) -> set[Registration]:
    page = office.client().get(f"{reverse(INDEX)}?{query}")
    return set(page.context["page_obj"].object_list)


def test_filters_choose_and_may_be_combined(office: Office) -> None:
    other = make_registration(make_group(make_session(office.event)), origin=Origin.WEB)
    Registration.objects.filter(pk=office.waiting.pk).update(held_for_review=True)
    everybody = set(Registration.objects.all())
    session = office.session.pk
    assert listed(office, "") == everybody
    assert listed(office, f"event={office.event.pk}") == everybody
    assert listed(office, f"session={session}") == everybody - {other}
    assert listed(office, f"session={session}&group={office.group.pk}") == {
        office.confirmed,
        office.waiting,
    }
    assert listed(office, "state=waitlisted") == {office.waiting}
    assert listed(office, "origin=counter") == {office.entered}
    assert listed(office, "held=True") == {office.waiting}
    assert listed(office, f"group={office.group.pk}") == everybody
    assert listed(office, "state=nonsense") == set()


def test_it_is_found_by_number_and_by_phone(office: Office) -> None:
    phone = next_phone()
    row = make_registration(office.drawn, phone=phone)
    for words in (str(row), str(row).replace("-", ""), str(row)[-6:], phone, f"+86 {phone}"):
        assert listed(office, f"q={words.replace('+', '%2B')}") == {row}
    assert listed(office, "q=20200101-000000") == set()


def test_a_name_is_looked_for_within_one_session_alone(office: Office) -> None:
    assert listed(office, "q=李四") == set()
    assert listed(office, f"q=李四&session={office.session.pk}") == {office.waiting}
    page = office.client().get(f"{reverse(INDEX)}?q=李四").content.decode()
    assert "按姓名查找须先选定一个场次" in page


def test_the_list_is_masked(office: Office) -> None:
    page = office.client().get(reverse(INDEX)).content.decode()
    assert ("李四" in page, "李**" in page) == (False, True)
    assert office.waiting.contact.shown_phone not in page


def test_a_longer_list_asks_as_few_queries(office: Office) -> None:
    client = office.client()

    def asked() -> int:
        client.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(INDEX))
        return len(queries)

    once = asked()
    for _n in range(4):
        make_registration(office.drawn)
    assert asked() == once


def bulk(action: str, chosen: str) -> str:
    address = reverse("wagtail_bulk_action", args=["openday", "registration", action])
    return f"{address}?{chosen}&next={reverse(INDEX)}"


def pending_group(office: Office, *, quota: int, limit: int | None = None) -> SeatGroup:
    session = make_session(office.event)
    return make_group(session, method="review", quota=quota, waiting_limit=limit)


def test_many_are_approved_in_order_and_each_outcome_is_told(office: Office) -> None:
    group = pending_group(office, quota=1, limit=1)
    rows = [make_registration(group) for _n in range(3)]
    client = office.client()
    address = bulk("approve", f"id=all&session={group.session_id}")
    asked = client.get(address).content.decode()
    assert "共3人" in asked
    page = client.post(address, {"upto": rows[-1].pk}, follow=True).content.decode()
    states = [Registration.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.CONFIRMED, State.WAITLISTED, State.PENDING]
    assert "已确认1人，候补1人" in page
    assert f"{rows[2]}没有处理：“{group}”的名额和候补都已满" in page


def test_all_means_what_the_filters_show_and_no_later_row(office: Office) -> None:
    group = pending_group(office, quota=5)
    seen, later = make_registration(group), make_registration(group)
    typed = {"upto": seen.pk, "reason": "不符合条件"}
    address = bulk("reject", f"id=all&session={group.session_id}&q={seen}")
    office.client().post(address, typed)
    address = bulk("reject", f"id=all&session={group.session_id}")
    office.client().post(address, typed)
    states = [Registration.objects.get(pk=row.pk).state for row in (seen, later, office.pending)]
    assert states == [State.REJECTED, State.PENDING, State.PENDING]


def test_many_are_not_rejected_without_a_reason(office: Office) -> None:
    page = office.client().post(bulk("reject", f"id={office.pending.pk}"), {"upto": 10**6})
    assert "请写明理由" in page.content.decode()
    assert Registration.objects.get(pk=office.pending.pk).state == State.PENDING


def test_what_a_step_makes_no_sense_for_is_named_and_left(office: Office) -> None:
    address = bulk("approve", f"id={office.pending.pk}&id={office.waiting.pk}")
    page = office.client().get(address).content.decode()
    assert f"{office.waiting}现在是“候补”，不是待审核。" in page


def test_many_are_revoked_and_the_next_in_line_is_offered(office: Office) -> None:
    address = bulk("revoke", f"id={office.confirmed.pk}")
    office.client().post(address, {"upto": 10**6, "reason": "重复报名"})
    states = [
        Registration.objects.get(pk=row.pk).state for row in (office.confirmed, office.waiting)
    ]
    assert states == [State.REVOKED, State.OFFERED]


def page_of(office: Office, row: Registration, role: Role = Role.EDITOR) -> str:
    address = reverse("seats:registration", args=[row.pk])
    return office.client(role).get(address).content.decode()


def step(office: Office, row: Registration, name: str, role: Role, **typed: str) -> str:
    data = {f"{name}-{field}": value for field, value in typed.items()}
    address = reverse("seats:step", args=[row.pk, name])
    return office.client(role).post(address, data, follow=True).content.decode()


def test_a_page_says_where_it_stands_and_what_was_told(office: Office) -> None:
    page = page_of(office, office.waiting)
    assert "候补第1位" in page
    assert "新报名 → 候补，本人" in page
    assert "报名回执：党政办的开放日：" in page
    assert ("李**" in page, "李四" in page) == (True, False)


def test_contacts_are_shown_to_who_may_and_it_is_logged(office: Office) -> None:
    address = reverse("seats:reveal", args=[office.waiting.pk])
    page = office.client().post(address).content.decode()
    assert ("李四" in page, office.waiting.contact.shown_phone in page) == (True, True)
    entry = ModelLogEntry.objects.get(action="people.reveal")
    assert entry.user == office.staff[Role.EDITOR]
    assert str(office.waiting) in entry.data["about"]


def test_one_is_approved_or_rejected_with_a_reason(office: Office) -> None:
    assert "现为“已确认”" in step(office, office.pending, "approve", Role.EDITOR)
    refused = step(office, office.entered, "reject", Role.EDITOR, reason="")
    assert "请写明理由" in refused
    told = step(office, office.entered, "reject", Role.EDITOR, reason="名额给本镇居民")
    assert "现为“未通过”" in told
    assert "名额给本镇居民" in page_of(office, office.entered)


def test_what_was_refused_is_said_and_what_was_typed_is_kept(office: Office) -> None:
    cancel(registration=office.pending)
    page = step(office, office.pending, "reject", Role.EDITOR, reason="重复")
    assert "这项报名现在是“已取消”" in page
    assert 'value="重复"' not in page_of(office, office.pending)


def test_an_offer_is_accepted_or_declined_by_phone(office: Office) -> None:
    cancel(registration=office.confirmed)
    assert "来电确认名额" in page_of(office, office.waiting, Role.FRONT_DESK)
    told = step(office, office.waiting, "accept", Role.FRONT_DESK)
    assert "现为“已确认”" in told
    again = step(office, office.waiting, "decline", Role.FRONT_DESK)
    assert "这个名额已不再等您确认" in again


def test_the_desk_cancels_for_a_person_after_the_deadline(office: Office) -> None:
    type(office.session).objects.filter(pk=office.session.pk).update(cancel_until=timezone.now())
    told = step(office, office.confirmed, "cancel", Role.FRONT_DESK, reason="本人来电")
    assert "现为“已取消”" in told
    assert "本人来电" in page_of(office, office.confirmed)


def test_a_person_confirms_again_by_phone(office: Office) -> None:
    session = office.session
    session.place = "测试镇礼堂"
    by = timezone.now() + timedelta(days=2)
    change_session(session=session, user=office.staff[Role.EDITOR], reconfirm_by=by)
    assert "来电重新确认参加" in page_of(office, office.confirmed)
    step(office, office.confirmed, "reconfirm", Role.FRONT_DESK)
    assert Registration.objects.get(pk=office.confirmed.pk).reconfirm_by is None


def test_the_mark_for_a_check_goes_when_somebody_checked(office: Office) -> None:
    Registration.objects.filter(pk=office.pending.pk).update(held_for_review=True)
    assert "需人工核验" in page_of(office, office.pending)
    step(office, office.pending, "verify", Role.FRONT_DESK)
    assert "需人工核验" not in page_of(office, office.pending)
    assert ModelLogEntry.objects.filter(action="openday.verify").count() == 1
    assert "不需要核验" in step(office, office.pending, "verify", Role.EDITOR)


def test_the_call_list_holds_the_units_own_people(office: Office) -> None:
    cancel(registration=office.confirmed)
    sweep()
    offer = Message.objects.get(kind="openday_offer")
    assert (offer.unit, offer.state) == (office.unit, "unsent")
    address = reverse("call_list:index")
    page = office.client(Role.FRONT_DESK).get(address).content.decode()
    assert "有名额了，请确认：党政办的开放日" in page
    stranger = furnish("农业办").client(Role.FRONT_DESK)
    assert "党政办的开放日" not in stranger.get(address).content.decode()


def test_what_a_person_needs_is_seen_by_who_may_see_the_phone(office: Office) -> None:
    Registration.objects.filter(pk=office.pending.pk).update(access_needs="轮椅")
    assert "轮椅" not in page_of(office, office.pending)
    address = reverse("seats:reveal", args=[office.pending.pk])
    shown = office.client(Role.EDITOR).post(address).content.decode()
    hidden = office.client(Role.FRONT_DESK).post(address, follow=True).content.decode()
    assert ("轮椅" in shown, "轮椅" in hidden) == (True, False)


def test_who_is_offered_a_seat_is_phoned_first_and_the_call_leads_to_the_place(
    office: Office,
) -> None:
    cancel(registration=office.confirmed)
    offer = Message.objects.get(contact=office.waiting.contact, kind="openday_offer")
    later = Message.objects.filter(contact=office.entered.contact).latest("pk")
    unsent = {"state": "unsent", "next_try_at": None, "phone_if_unsent": True}
    Message.objects.filter(pk__in=[offer.pk, later.pk]).update(**unsent)
    Message.objects.filter(pk=later.pk).update(id=offer.pk + 1)
    desk = office.client(Role.FRONT_DESK)
    rows = desk.get(reverse("call_list:index")).context["page_obj"].object_list
    assert [row.pk for row in rows] == [offer.pk, offer.pk + 1]
    call = desk.get(reverse("call_list:edit", args=[offer.pk]))
    assert call.context["following"] == offer.pk + 1
    place = reverse("seats:registration", args=[office.waiting.pk])
    assert f'<a href="{place}">{office.waiting}</a>' in call.content.decode()
    told = {"state": "phoned", "phoned_at": timezone.now(), "phoned_by": office.staff[Role.EDITOR]}
    Message.objects.filter(pk__in=[offer.pk, offer.pk + 1]).update(**told)
    rows = desk.get(f"{reverse('call_list:index')}?state=phoned").context["page_obj"].object_list
    assert [row.pk for row in rows] == [offer.pk + 1, offer.pk]
