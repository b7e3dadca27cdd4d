"""The audit trail for many rows at once (rule G2): Wagtail's ``log`` writes them one by one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, registry
from wagtail.models import ModelLogEntry


def log_all(
    rows: Iterable[tuple[models.Model, Mapping[str, Any]]], *, action: str, user: Any
) -> None:
    """One entry for each (instance, data), all with one time, as ``wagtail.log_actions.log`` would.

    Raises:
        LookupError: the action is not registered, so nobody could read the entry.
    """
    if not registry.action_exists(action):
        raise LookupError(f"log action {action!r} is not registered")
    now = timezone.now()
    context = get_active_log_context()
    types = ContentType.objects
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=types.get_for_model(instance, for_concrete_model=False),
                object_id=str(instance.pk),
                label=str(instance),
                action=action,
                data=dict(data),
                timestamp=now,
                user=user or context.user,
                uuid=context.uuid,
            )
            for instance, data in rows
        ],
        batch_size=2000,
    )
