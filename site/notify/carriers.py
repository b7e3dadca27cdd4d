"""Who carries messages, by channel."""

from typing import Protocol

from notify.email import Mailer
from notify.enums import MessageChannel
from notify.models import Message
from notify.sms.texter import Texter


class Carrier(Protocol):
    """What every channel that the program sends by can do."""

    def send(self, message: Message) -> None:
        """Sends it; raises Outage or Refused."""

    def close(self) -> None:
        """Ends what is open."""


class Carriers:
    """The carriers of one run, each made when first needed, all closed together."""

    def __init__(self) -> None:
        self._made: dict[str, Carrier] = {}

    def of(self, channel: str) -> Carrier:
        """The carrier of a channel that is configured."""
        if channel not in self._made:
            self._made[channel] = Texter() if channel == MessageChannel.SMS else Mailer()
        return self._made[channel]

    def close(self) -> None:
        """Says goodbye to the servers that were spoken to."""
        for carrier in self._made.values():
            carrier.close()
