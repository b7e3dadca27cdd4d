from django.core.exceptions import ValidationError

from people.names import NOT_WHOLE, is_whole_name
from publishing.text_fields import LineField


class NameField(LineField):
    """The whole name of a person who takes a seat: identity cards are compared with it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_whole_name(value):
            raise ValidationError(NOT_WHOLE, code="not_whole")
