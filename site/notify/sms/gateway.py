"""What a gateway is to the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class ShortMessage:
    """One SMS: to eleven digits, in its own words or by a template that the carrier has approved.

    ``reference`` names it for good: a gateway that has taken one of that name takes no second.
    """

    reference: str
    phone: str
    text: str
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """A carrier's or an aggregator's door for short messages."""

    def send(self, short: ShortMessage) -> None:
        """Hands it over.

        Raises:
            Outage: the gateway is away, or takes nothing from us.
            Refused: it doesn't take this one, for now or for good.
        """
