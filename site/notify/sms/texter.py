"""The outbox's messages as short messages."""

from notify.models import Message
from notify.refusals import Refused
from notify.sms.gateway import Gateway, ShortMessage
from notify.sms.http_gateway import HttpGateway
from notify.sms.templates import is_ready, template_for


class Texter:
    """Hands messages to the gateway."""

    def __init__(self) -> None:
        self._gateway: Gateway = HttpGateway()

    def send(self, message: Message) -> None:
        """Sends the message, which has a mobile number; raises Outage or Refused."""
        self._gateway.send(short_message(message))

    def close(self) -> None:
        """Nothing stays open between two messages."""


def short_message(message: Message) -> ShortMessage:
    """What goes to the gateway; never the body and never the secret.

    Raises:
        Refused: for good, the template was taken away since, or asks for something else.
    """
    values = message.values
    if not message.short or not is_ready(message.kind, values):
        raise Refused("没有这类通知的短信模板", for_good=True)
    phone = message.contact.mobile if message.contact else ""
    template = template_for(message.kind)
    if template is None:
        return ShortMessage(message.reference, phone, message.short)
    filled = template.filled(values)
    return ShortMessage(message.reference, phone, message.short, template.number, filled)
