"""What the desk's forms for somebody who phones, writes or comes have in common."""

import uuid
from typing import Any

from django import forms

from people.forms import EmailField, OnceField


class EntryForm(forms.Form):
    """Sent once, however often the button is pressed; a feature adds its fields."""

    idempotency_key = OnceField()
    email = EmailField()

    def is_valid(self) -> bool:
        valid = super().is_valid()
        self._renew_key()
        return valid

    def refuse(self, refusal: Any) -> None:
        """Show why the service didn't take it, beside the field that it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
        self._renew_key()

    def _renew_key(self) -> None:
        """Sent again with a key that was refused, the page would be refused for ever."""
        if "idempotency_key" in self.errors:
            self.data = {**self.data.dict(), "idempotency_key": uuid.uuid4()}  # type: ignore[attr-defined] # a QueryDict
