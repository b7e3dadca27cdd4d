"""Units, their staff in each role, and signed-in clients for the tests of the desk."""

from django.contrib.auth.models import Group
from django.test import Client

from publishing.enums import Role
from publishing.models import Unit, User
from publishing.services import equip_unit
from tests.factories.consultation import make_home, make_index


def make_office(name: str) -> Unit:
    """A unit with its groups and a column of its own, as an administrator sets it up."""
    unit = Unit.objects.create(name=name, site=make_home().get_site())
    return equip_unit(unit=unit, column=make_index(unit))


def make_officer(unit: Unit, role: Role) -> User:
    """A member of staff in the unit's group for the role."""
    user = User.objects.create_user(username=f"{unit.pk}-{role}", is_staff=True)
    user.groups.add(Group.objects.get(name=f"{unit.name}·{role.label}"))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
