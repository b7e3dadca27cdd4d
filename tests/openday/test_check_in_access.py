"""Every address of the door × every role × own or another unit's session: who gets what."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from openday import access
from openday.models import Registration, Session
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event, make_group, make_registration, make_session_at_hand

pytestmark = pytest.mark.django_db

GET, POST = "get", "post"
# Address, method, what staff with the right in the unit get; all others get 404.
ROWS = [
    ("choose", GET, 200),
    ("door", GET, 200),
    ("door", POST, 422),
    ("upload", POST, 422),
    ("standing", GET, 200),
    ("find", POST, 422),
    ("people", GET, 200),
    ("undo", POST, 422),
]
# Nothing is changed by a GET, and what only answers a POST shows nothing to a GET.
ONLY_POST = ("upload", "find", "undo")


@pytest.fixture
def here(db: None) -> Registration:
    unit = make_office("党政办")
    return make_registration(make_group(make_session_at_hand(make_event(unit=unit))))


def address_of(name: str, row: Registration) -> str:
    extra = {"choose": [], "undo": [row.session_id, row.pk]}
    return reverse(f"check_in:{name}", args=extra.get(name, [row.session_id]))


def test_the_door_is_for_those_who_check_in_in_the_unit(here: Registration) -> None:
    unit, other = here.session.event.unit, make_office("农业办")
    assert unit is not None
    loner = User.objects.create_user("loner", is_staff=True)
    loner.groups.add(make_officer(other, Role.REVIEWER).groups.get())
    loner.groups.get().permissions.remove(
        *[p for p in loner.groups.get().permissions.all() if p.codename.startswith("check_in_")]
    )
    clients = {
        **{role.value: signed_in(make_officer(unit, role)) for role in Role},
        "stranger": signed_in(make_officer(other, Role.EDITOR)),
        "without the right": signed_in(loner),
        "chief": signed_in(User.objects.create_superuser("chief", "chief@example.com", "x")),
        "nobody": Client(),
    }
    own = {role.value: access.CHECK_IN in access.ROLE_RIGHTS[role] for role in Role}
    assert own == {"editor": True, "reviewer": True, "front_desk": True}
    for name, method, status in ROWS:
        got = {who: call(client, method, address_of(name, here)) for who, client in clients.items()}
        wanted = {
            **dict.fromkeys([*own, "chief"], status),
            "stranger": 200 if name == "choose" else 404,
            "without the right": 404,
            "nobody": 302,
        }
        assert (name, method, got) == (name, method, wanted)


def call(client: Client, method: str, address: str) -> int:
    return int(getattr(client, method)(address).status_code)


def test_a_get_does_nothing(here: Registration) -> None:
    client = signed_in(make_officer(here.session.event.unit, Role.EDITOR))
    got = {name: call(client, GET, address_of(name, here)) for name in ONLY_POST}
    assert got == dict.fromkeys(ONLY_POST, 405)


def test_every_address_of_the_door_stands_in_the_table() -> None:
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    spaces = [space for space in cms.url_patterns if getattr(space, "app_name", "") == "check_in"]
    assert {row[0] for row in ROWS} == {entry.name for entry in spaces[0].url_patterns}


def test_another_units_sessions_are_not_offered(here: Registration) -> None:
    stranger = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    page = stranger.get(reverse("check_in:choose")).content.decode()
    assert here.session.event.title not in page


def test_the_menu_leads_there_whom_it_concerns(here: Registration) -> None:
    session: Session = here.session
    staff = signed_in(make_officer(session.event.unit, Role.FRONT_DESK))
    other = User.objects.create_user("other", is_staff=True)
    group = make_officer(make_office("农业办"), Role.EDITOR).groups.get()
    other.groups.add(group)
    group.units.clear()
    home, address = reverse("wagtailadmin_home"), reverse("check_in:choose")
    shown = [address in one.get(home).content.decode() for one in (staff, signed_in(other))]
    assert shown == [True, False]
