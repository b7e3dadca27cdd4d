"""A unit with its three groups: what an office needs before its people can work."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from publishing.enums import Role
from publishing.models import Unit
from publishing.services.workflows import set_up_workflow

PAGE_RIGHTS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.REVIEWER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.FRONT_DESK: (),
}
_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
    "wagtailmedia.add_media",
    "wagtailmedia.change_media",
)
FILE_RIGHTS = {Role.EDITOR: _FILES, Role.REVIEWER: _FILES, Role.FRONT_DESK: ()}


@transaction.atomic
def set_up_unit(*, name: str, site: Site, column: Page | None = None) -> Unit:
    """The unit of that name, with its groups and all their rights; again, it is the same one."""
    unit, _made = Unit.objects.get_or_create(name=name.strip(), site=site)
    return equip_unit(unit=unit, column=column)


@transaction.atomic
def equip_unit(*, unit: Unit, column: Page | None = None) -> Unit:
    """Give a unit its groups (单位·编辑, ·审核, ·前台) and what each may do; only ever adds.

    Page rights hold on ``column`` and below it, where what editors hand in goes to the reviewers;
    file rights in a collection of the unit's name.
    What the groups may do with a feature's rows, the features say by the hook
    ``register_unit_rights``: a function that returns ``{Role: ["app.codename", …]}``.
    """
    rights = _model_rights()
    collection = _collection(unit)
    for role in Role:
        group = _group(unit, role)
        group.permissions.add(*_permissions(rights[role]))
        files = [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in _permissions(FILE_RIGHTS[role])
        ]
        GroupCollectionPermission.objects.bulk_create(files, ignore_conflicts=True)
        if column is not None:
            page_rights = [f"wagtailcore.{codename}" for codename in PAGE_RIGHTS[role]]
            pages = [
                GroupPagePermission(group=group, page=column, permission=permission)
                for permission in _permissions(page_rights)
            ]
            GroupPagePermission.objects.bulk_create(pages, ignore_conflicts=True)
    if column is not None:
        set_up_workflow(unit=unit, column=column)
    return unit


@transaction.atomic
def apply_review_rule(*, site: Site) -> None:
    """Put the review tasks into the workflows of the site's units, where its rule asks for them."""
    for unit in Unit.objects.filter(site=site):
        column = column_of(unit=unit)
        if column is not None:
            set_up_workflow(unit=unit, column=column)


def column_of(*, unit: Unit) -> Page | None:
    """The page on which the unit's groups have their rights, the highest if there are several."""
    rights: Any = GroupPagePermission.objects.filter(group__units=unit)
    right = rights.select_related("page").order_by("page__depth", "page__path").first()
    return right.page if right else None


def _model_rights() -> dict[Role, set[str]]:
    """What each role may do, gathered from the features; entering the admin goes with all."""
    rights = {role: {"wagtailadmin.access_admin"} for role in Role}
    for registered in hooks.get_hooks("register_unit_rights"):
        for role, names in registered().items():
            rights[role] |= set(names)
    return rights


def _permissions(names: Iterable[str]) -> list[Permission]:
    """The rows of "app.codename" names.

    Raises:
        LookupError: a name that no model declares: a slip of the program, never passed over.
    """
    wanted = set(names)
    where = Q(pk__in=())
    for name in wanted:
        app_label, codename = name.split(".")
        where |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(where).select_related("content_type"))
    known = {f"{row.content_type.app_label}.{row.codename}" for row in found}
    if wanted - known:
        raise LookupError(f"no such permissions: {', '.join(sorted(wanted - known))}")
    return found


def _group(unit: Unit, role: Role) -> Group:
    """The unit's group for the role; it follows the unit's name, and bears the site's host too
    where another site has a unit of the same name."""
    ending = f"·{role.label}"
    own = next((row for row in unit.groups.all() if row.name.endswith(ending)), None)
    name = f"{unit.name}{ending}"
    if Group.objects.filter(name=name).exclude(units=unit).exists():
        name = f"{unit.name}（{unit.site.hostname}）{ending}"
    if own is None:
        own = Group.objects.create(name=name)
        unit.groups.add(own)
    elif own.name != name:
        own.name = name
        own.save(update_fields=["name"])
    return own


def _collection(unit: Unit) -> Collection:
    """Where the unit's images and documents lie: its own, though another may have its name."""
    rights: Any = GroupCollectionPermission.objects.filter(group__units=unit)
    right = rights.select_related("collection").order_by("collection__path").first()
    if right is None:
        return Collection.get_first_root_node().add_child(name=unit.name)
    collection: Collection = right.collection
    if collection.depth > 1 and collection.name != unit.name:
        collection.name = unit.name
        collection.save(update_fields=["name"])
    return collection
