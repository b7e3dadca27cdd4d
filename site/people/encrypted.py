"""All that is encrypted in the database, for who goes over the whole of it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from people.encryption import Unreadable, decrypt
from people.fields import EncryptedTextField

Model = type[models.Model]


def encrypted_fields() -> list[tuple[Model, str]]:
    """Each encrypted field of each model with a table of its own."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField) and not model._meta.proxy
    ]


def tokens(model: Model, name: str) -> models.QuerySet[Any]:
    """The rows with the stored value of the field as ``token``, not decrypted."""
    return model._base_manager.annotate(token=Cast(name, models.TextField()))


def unreadable_models() -> list[Model]:
    """The models whose oldest or newest value the keys don't open.

    Those two tell a key that was taken away too early, and one that was exchanged; a look at every
    row is what ``rotate_keys`` does.
    """
    found = [model for model, name in encrypted_fields() if not _opens(model, name)]
    return list(dict.fromkeys(found))


def _opens(model: Model, name: str) -> bool:
    held = tokens(model, name).exclude(token="").order_by("pk").values_list("token", flat=True)
    try:
        for token in (held.first(), held.last()):
            decrypt(token or "")
    except Unreadable:
        return False
    return True
