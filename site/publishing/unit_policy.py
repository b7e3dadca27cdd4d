"""Permissions that hold within a unit: the one rule by which staff see and do things."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from wagtail.permission_policies import ModelPermissionPolicy


def unit_ids(user: Any, permission: str) -> frozenset[int] | None:
    """The ids of the units in which the user holds "app.codename"; None: in all of them.

    All of the user's rights are read in one query, once for each user object, that is, a request.
    """
    if user.is_active and user.is_superuser:
        return None
    if "_units_by_permission" not in user.__dict__:
        user.__dict__["_units_by_permission"] = _units_by_permission(user)
    known: dict[str, frozenset[int]] = user.__dict__["_units_by_permission"]
    return known.get(permission, frozenset())


def _units_by_permission(user: Any) -> dict[str, frozenset[int]]:
    """As ``Unit.objects.where_may`` for every permission: a group's right counts in its units."""
    if not user.is_active or not user.is_authenticated:
        return {}
    rights = Group.objects.filter(user=user, units__isnull=False).values_list(
        "units", "permissions__content_type__app_label", "permissions__codename"
    )
    found: dict[str, set[int]] = {}
    for unit, app_label, codename in rights:
        found.setdefault(f"{app_label}.{codename}", set()).add(unit)
    return {permission: frozenset(units) for permission, units in found.items()}


class UnitPermissionPolicy(ModelPermissionPolicy):
    """A permission counts only in the units of the group that gives it.

    ``unit_path`` leads from a row to its unit ("draft__unit"). ``shared`` rows, those without a
    unit, may be seen by everybody who may see any, and changed by administrators alone.
    """

    def __init__(self, model: Any, *, unit_path: str, shared: bool = False) -> None:
        super().__init__(model)
        self.unit_path = unit_path
        self.shared = shared

    def user_has_permission(self, user: Any, action: str) -> bool:
        units = unit_ids(user, self._get_permission_name(action))
        return units is None or bool(units)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        allowed = self.instances_user_has_permission_for(user, action)
        return bool(allowed.filter(pk=instance.pk).exists())

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self.model._default_manager.all()
        where = models.Q(pk__in=())
        for action in actions:
            units = unit_ids(user, self._get_permission_name(action))
            if units is None:
                return rows
            where |= models.Q(**{f"{self.unit_path}__in": units})
            if self.shared and units and action == "view":
                where |= models.Q(**{f"{self.unit_path}__isnull": True})
        return rows.filter(where)
