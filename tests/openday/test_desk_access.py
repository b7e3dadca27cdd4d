"""Every address of the seats' desk × every role × own or another unit's row: who gets what."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from openday.models import Registration
from publishing.enums import Role
from publishing.models import User
from tests.desk_answers import AWAY, NO, NONE, OK, address_of, let_in, undone
from tests.openday.desk import Office, enter, furnish, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


# Address, whose row, what is posted (None: GET), then what it answers to the editor, reviewer,
# front desk of the unit; each of them in another unit gets what the last column says.
GET = None
ROWS: list[tuple[str, str, dict[str, object] | None, object, object, object, object]] = [
    ("seats:event", "event", GET, OK, OK, OK, NONE),
    ("seats:add_session", "event", GET, OK, OK, NONE, NONE),
    ("seats:add_session", "event", {}, OK, OK, NONE, NONE),
    ("seats:change_session", "session", GET, OK, OK, NONE, NONE),
    ("seats:change_session", "session", {}, OK, OK, NONE, NONE),
    ("seats:cancel_session", "session", GET, OK, OK, NONE, NONE),
    ("seats:cancel_session", "session", {"reason": "停电"}, OK, OK, NONE, NONE),
    ("seats:add_group", "session", GET, OK, OK, NONE, NONE),
    ("seats:add_group", "session", {}, OK, OK, NONE, NONE),
    ("seats:change_group", "group", GET, OK, OK, NONE, NONE),
    ("seats:change_group", "group", {}, OK, OK, NONE, NONE),
    ("seats:remove_group", "group", GET, OK, OK, NONE, NONE),
    ("seats:remove_group", "group", {}, OK, OK, NONE, NONE),
    ("seats:sign_in", "session", GET, OK, OK, OK, NONE),
    ("seats:sign_in", "session", {"reason": "签到"}, OK, OK, NO, NONE),
    ("seats:call_slips", "session", GET, OK, OK, OK, NONE),
    ("seats:call_slips", "session", {"reason": "打电话"}, OK, OK, NO, NONE),
    ("seats:export", "session", GET, OK, OK, NONE, NONE),
    ("seats:export", "session", {"kind": "csv"}, OK, OK, NONE, NONE),
    ("seats:import", "session", GET, OK, OK, NONE, NONE),
    ("seats:import", "session", {}, OK, OK, NONE, NONE),
    ("seats:draw", "drawn", GET, OK, OK, OK, NONE),
    ("seats:freeze", "drawn", {}, OK, OK, NONE, NONE),
    ("seats:run_draw", "drawn", {}, OK, OK, NONE, NONE),
    ("seats:slip", "entered", GET, NONE, NONE, OK, NONE),
    ("seats:registration", "pending", GET, OK, OK, OK, NONE),
    ("seats:reveal", "pending", {}, OK, OK, NO, NONE),
    ("seats:step approve", "pending", {}, OK, OK, NONE, NONE),
    ("seats:step reject", "pending", {"reject-reason": "不符"}, OK, OK, NONE, NONE),
    ("seats:step revoke", "pending", {"revoke-reason": "不符"}, OK, OK, NONE, NONE),
    ("seats:step verify", "pending", {}, OK, OK, OK, NONE),
    ("seats:step cancel", "pending", {}, OK, OK, OK, NONE),
    ("seats:step accept", "waiting", {}, OK, OK, OK, NONE),
    ("seats:step decline", "waiting", {}, OK, OK, OK, NONE),
    ("seats:step reconfirm", "confirmed", {}, OK, OK, OK, NONE),
]
LISTS: list[tuple[str, object, object, object]] = [
    ("registration:index", OK, OK, OK),
    ("registration:index_results", OK, OK, OK),
    ("session:index", OK, OK, OK),
    ("session:index_results", OK, OK, OK),
    ("seats:enter", OK, OK, OK),
]
# The list of audiences is one for all units.
SHARED: list[tuple[str, object, object, object]] = [
    ("audience:index", OK, NO, NO),
    ("audience:index_results", OK, NO, NO),
    ("audience:add", OK, NO, NO),
    ("audience:edit", OK, NO, NO),
    ("audience:delete", NO, NO, NO),
    ("audience:history", OK, NO, NO),
    ("audience:history_results", OK, NO, NO),
    ("audience:usage", OK, NO, NO),
]


def test_a_row_is_for_its_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    own = [here.client(role) for role in Role]
    strangers = [there.client(role) for role in Role]
    wanted, got = {}, {}
    for name, row, data, *roles, other in ROWS:
        case = f"{name} {'GET' if data is None else 'POST'}"
        address = address_of(name, getattr(here, row))
        wanted[case] = [*roles, other, other, other, AWAY]
        got[case] = [
            undone(client, address, data, let_in) for client in [*own, *strangers, Client()]
        ]
    assert got == wanted


def test_a_list_shows_the_own_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    wanted, got = {}, {}
    for name, *roles in LISTS:
        wanted[name] = [*roles, AWAY]
        clients = [here.client(role) for role in Role]
        got[name] = [let_in(client, reverse(name)) for client in [*clients, Client()]]
        for client in clients:
            shown = client.get(reverse(name)).content.decode()
            strange = [there.event.title, there.unit.name, there.pending.receipt.number]
            assert [words for words in strange if words in shown] == []
    assert got == wanted


def test_the_list_of_audiences_is_edited_by_editors() -> None:
    office = furnish()
    got = {}
    for name, *_roles in SHARED:
        one = name.partition(":")[2] not in {"index", "index_results", "add"}
        address = reverse(name, args=[office.group.audience.pk] if one else [])
        got[name] = [let_in(client, address) for client in map(office.client, Role)]
    assert got == {name: roles for name, *roles in SHARED}


def test_an_audience_in_use_is_renamed_by_administrators_alone() -> None:
    office = furnish()
    audience = office.group.audience
    address = reverse("audience:edit", args=[audience.pk])
    was = audience.name
    typed = {"name": "另一类代表", "note": "", "sort_order": audience.sort_order}
    refused = office.client(Role.EDITOR).post(address, typed).content.decode()
    audience.refresh_from_db()
    assert ["请另建一个类别" in refused, "另一类代表" in refused, audience.name] == [
        True,
        True,
        was,
    ]
    noted = office.client(Role.EDITOR).post(address, {**typed, "name": was, "note": "说明。"})
    audience.refresh_from_db()
    assert (noted.status_code, audience.note) == (302, "说明。")
    chief = Client()
    chief.force_login(User.objects.create_superuser("chief", "chief@example.com", "a-password"))
    chief.post(address, typed)
    audience.refresh_from_db()
    assert audience.name == "另一类代表"


def test_every_address_of_the_desk_stands_in_the_tables() -> None:
    spaces = get_resolver().url_patterns
    cms = next(space for space in spaces if str(space.pattern) == "cms/")
    found = set()
    for space in cms.url_patterns:
        if getattr(space, "app_name", "") in {"seats", "registration", "session", "audience"}:
            found |= {f"{space.app_name}:{pattern.name}" for pattern in space.url_patterns}
    listed = {name.partition(" ")[0] for name, *_more in [*ROWS, *LISTS, *SHARED]}
    assert found == listed


@pytest.mark.parametrize("get_only", ["reveal", "freeze", "run_draw", "step approve"])
def test_a_get_changes_nothing(get_only: str) -> None:
    office = furnish()
    row = office.drawn if get_only in {"freeze", "run_draw"} else office.pending
    assert let_in(office.client(), address_of(f"seats:{get_only}", row)) == 405


@pytest.mark.parametrize("action", ["approve", "reject", "revoke"])
def test_bulk_actions_reach_no_other_unit(action: str) -> None:
    here, there = furnish("党政办"), furnish("农业办")
    address = reverse("wagtail_bulk_action", args=["openday", "registration", action])
    row = there.pending
    editor = here.client()
    for chosen in (f"id={row.pk}", f"id=all&event={there.event.pk}"):
        page = editor.get(f"{address}?{chosen}&next=/cms/")
        assert "所选报名中没有可以" in page.content.decode()
    typed = {"upto": 10**6, "reason": "不符"}
    editor.post(f"{address}?id={row.pk}&next=/cms/", typed)
    assert Registration.objects.get(pk=row.pk).state == "pending"
    assert let_in(here.client(Role.FRONT_DESK), f"{address}?id={row.pk}&next=/cms/") == NO


def test_nobody_enters_into_another_units_session() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    address = f"{reverse('seats:enter')}?session={there.session.pk}"
    for role in Role:
        assert let_in(here.client(role), address) == NONE
        assert let_in(here.client(role), address, {"name": "张三"}) == NONE


def test_filters_name_no_other_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    index = reverse("registration:index")
    for query in (f"event={there.event.pk}", f"session={there.session.pk}"):
        page = here.client().get(f"{index}?{query}").content.decode()
        assert [text for text in (there.event.title, str(there.pending)) if text in page] == []


def test_a_slip_is_for_who_entered_it_alone() -> None:
    office = furnish()
    mine = enter(office.review, office.staff[Role.EDITOR])
    address = reverse("seats:slip", args=[mine.pk])
    got = [let_in(office.client(role), address) for role in Role]
    assert got == [OK, NONE, NONE]


def test_an_officer_of_two_units_has_in_each_the_rights_of_that_group() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    officer = here.staff[Role.EDITOR]
    officer.groups.add(*there.staff[Role.FRONT_DESK].groups.all())
    client = signed_in(officer)
    assert let_in(client, reverse("seats:registration", args=[there.pending.pk])) == OK
    assert let_in(client, reverse("seats:step", args=[there.pending.pk, "approve"]), {}) == NONE
    assert let_in(client, reverse("seats:reveal", args=[there.pending.pk]), {}) == NO
    assert let_in(client, reverse("seats:export", args=[there.session.pk])) == NONE


def test_buttons_lead_from_the_event_to_its_seats() -> None:
    office: Office = furnish()
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    page = chief.get(reverse("wagtailadmin_pages:edit", args=[office.event.pk])).content.decode()
    listing = reverse("wagtailadmin_explore", args=[office.event.get_parent().pk])
    more = chief.get(listing).content.decode()
    address = reverse("seats:event", args=[office.event.pk])
    assert [address in page, address in more] == [True, True]
