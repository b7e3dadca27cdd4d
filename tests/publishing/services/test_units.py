"""Setting up a unit: its groups, what they may do, and that doing it again changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from publishing.enums import Role
from publishing.models import Unit
from publishing.services import equip_unit, set_up_unit
from publishing.services.units import column_of
from tests.factories.consultation import make_home, make_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    site: Site = make_home().get_site()
    return site


def group_of(unit: Unit, role: Role) -> Group:
    return unit.groups.get(name__endswith=f"·{role.label}")


def rights_of(group: Group) -> set[str]:
    rows = group.permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def test_a_unit_gets_a_group_for_each_role(site: Site) -> None:
    unit = set_up_unit(name=" 党政办 ", site=site)
    names = sorted(unit.groups.values_list("name", flat=True))
    assert (unit.name, names) == ("党政办", ["党政办·前台", "党政办·审核", "党政办·编辑"])


def test_each_role_has_its_rights_with_opinions_and_seats(site: Site) -> None:
    unit = set_up_unit(name="党政办", site=site)
    rights = {role: rights_of(group_of(unit, role)) for role in Role}
    assert rights[Role.FRONT_DESK] == {
        "wagtailadmin.access_admin",
        "consultation.view_opinion",
        "consultation.add_submission",
        "notify.change_message",
        "openday.view_session",
        "openday.view_registration",
        "openday.add_registration",
        "openday.change_registration",
        "openday.check_in_registration",
    }
    both = {"consultation.change_opinion", "consultation.export_opinion", "people.reveal_contact"}
    assert both <= rights[Role.EDITOR]
    assert both <= rights[Role.REVIEWER]
    assert "consultation.add_submission" in rights[Role.EDITOR] - rights[Role.REVIEWER]


def test_page_rights_hold_on_the_column(site: Site) -> None:
    unit = set_up_unit(name="党政办", site=site)
    column = make_index(unit)
    equip_unit(unit=unit, column=column)
    rights = {
        role: set(
            GroupPagePermission.objects.filter(group=group_of(unit, role), page=column).values_list(
                "permission__codename", flat=True
            )
        )
        for role in Role
    }
    assert rights == {
        Role.EDITOR: {"add_page", "change_page"},
        Role.REVIEWER: {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
        Role.FRONT_DESK: set(),
    }
    assert column_of(unit=unit) == Page.objects.get(pk=column.pk)


def test_files_lie_in_a_collection_of_the_unit(site: Site) -> None:
    here, there = (set_up_unit(name=name, site=site) for name in ("党政办", "农业办"))
    rows = GroupCollectionPermission.objects.filter(group=group_of(here, Role.EDITOR))
    assert {row.collection.name for row in rows} == {"党政办"}
    assert {row.permission.codename for row in rows} == {
        *("add_image", "change_image", "choose_image"),
        *("add_document", "change_document", "choose_document"),
        *("add_media", "change_media"),
    }
    others = GroupCollectionPermission.objects.filter(group__units=there)
    assert {row.collection.name for row in others} == {"农业办"}


def counts() -> list[int]:
    models = (Unit, Group, Collection, GroupPagePermission, GroupCollectionPermission)
    return [model.objects.count() for model in models]


def test_again_it_is_the_same_unit_and_nothing_is_added(site: Site) -> None:
    unit = set_up_unit(name="党政办", site=site)
    column = make_index(unit)
    set_up_unit(name="党政办", site=site, column=column)
    before = counts()
    assert set_up_unit(name="党政办", site=site, column=column) == unit
    assert counts() == before


def test_what_an_administrator_added_stays(site: Site) -> None:
    unit = set_up_unit(name="党政办", site=site)
    extra = Permission.objects.get(codename="change_response")
    group_of(unit, Role.FRONT_DESK).permissions.add(extra)
    set_up_unit(name="党政办", site=site)
    assert "consultation.change_response" in rights_of(group_of(unit, Role.FRONT_DESK))


def test_the_groups_follow_a_new_name(site: Site) -> None:
    unit = set_up_unit(name="党政办", site=site)
    unit.name = "党政综合办公室"
    unit.save()
    equip_unit(unit=unit)
    names = set(unit.groups.values_list("name", flat=True))
    assert names == {f"党政综合办公室·{role.label}" for role in Role}
    rights = GroupCollectionPermission.objects.filter(group__units=unit)
    assert {row.collection.name for row in rights} == {"党政综合办公室"}


def test_units_of_one_name_on_two_sites_share_nothing(site: Site) -> None:
    other = Site.objects.create(hostname="b.example.com", root_page=Page.objects.get(depth=1))
    here, there = set_up_unit(name="党政办", site=site), set_up_unit(name="党政办", site=other)
    assert set(here.groups.all()) & set(there.groups.all()) == set()
    assert "党政办（b.example.com）·编辑" in there.groups.values_list("name", flat=True)
    folders = [
        set(GroupCollectionPermission.objects.filter(group__units=unit).values_list("collection"))
        for unit in (here, there)
    ]
    assert folders[0] & folders[1] == set()
