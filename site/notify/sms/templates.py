"""Templates that carriers approve beforehand: which one a kind of message has, if any."""

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings


class Template(NamedTuple):
    """A carrier's template: its number there, and the names of what is filled in."""

    number: str
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """What the template asks for, and nothing else."""
        return {name: values[name] for name in self.names}


def is_ready(kind: str, values: Mapping[str, str]) -> bool:
    """Whether a message of the kind can be said by SMS.

    Where no templates are set the gateway takes free text, for every kind.
    """
    if not settings.SMS_TEMPLATES:
        return True
    template = template_for(kind)
    return template is not None and set(template.names) <= set(values)


def template_for(kind: str) -> Template | None:
    """The template of ``settings.SMS_TEMPLATES``."""
    known = settings.SMS_TEMPLATES.get(kind)
    return Template(known["id"], tuple(known["values"])) if known else None
