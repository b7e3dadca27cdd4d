from typing import Any

from django import forms
from django.core.exceptions import FieldError
from django.db import models

from people.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python. It can't be searched or sorted.

    An empty text stays empty, so that what is missing can be told without a key.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return encrypt(prepared) if isinstance(prepared, str) else prepared

    def get_lookup(self, lookup_name: str) -> Any:
        """Only isnull: every encryption of a text is different, so a comparison finds nothing."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} 是加密字段，不能用于查找（{lookup_name}）。")

    def value_to_string(self, obj: models.Model) -> str:
        """Refused: dumpdata would write the plain text; a backup of the database keeps it safe."""
        raise FieldError(f"{self.name} 是加密字段，不能用 dumpdata 导出，请备份数据库。")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **kwargs})
