"""Wagtail's API of page actions, which skips the pages' own methods and the admin's hooks.

Each action here asks them first, and leaves nothing half done.
"""

from typing import Any

from django.db import transaction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.create_alias import CreatePageAliasAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.move import MovePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet

from publishing.fixed import refuse_copying, refuse_moving


class CopyAction(CopyPageAPIAction):
    def execute(self, instance: Any, data: dict[str, Any]) -> Any:
        refuse_copying(instance, alias=False, recursive=data["recursive"])
        with transaction.atomic():
            return super().execute(instance, data)


class AliasAction(CreatePageAliasAPIAction):
    def execute(self, instance: Any, data: dict[str, Any]) -> Any:
        refuse_copying(instance, alias=True, recursive=data["recursive"])
        with transaction.atomic():
            return super().execute(instance, data)


class MoveAction(MovePageAPIAction):
    def execute(self, instance: Any, data: dict[str, Any]) -> Any:
        refuse_moving(instance.specific)
        return super().execute(instance, data)


class DeleteAction(DeletePageAPIAction):
    def execute(self, instance: Any, data: dict[str, Any]) -> Any:
        with transaction.atomic():
            return super().execute(instance, data)


class CarefulPages(PagesAdminAPIViewSet):
    """The admin's pages, with the actions above."""

    actions = {
        **PagesAdminAPIViewSet.actions,
        "copy": CopyAction,
        "create_alias": AliasAction,
        "move": MoveAction,
        "delete": DeleteAction,
    }
