"""Permissions that hold within a unit: the one rule by which staff see and do things."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.permission_policies import ModelPermissionPolicy

from publishing.models import Unit


def unit_ids(user: Any, permission: str) -> frozenset[int] | None:
    """The ids of the units in which the user holds "app.codename"; None: in all of them.

    Looked up once for each user object, that is, once a request.
    """
    if user.is_active and user.is_superuser:
        return None
    known: dict[str, frozenset[int]] = user.__dict__.setdefault("_units_by_permission", {})
    if permission not in known:
        found = Unit.objects.where_may(user, permission) if user.is_authenticated else ()
        known[permission] = frozenset(unit.pk for unit in found)
    return known[permission]


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
