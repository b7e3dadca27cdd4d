"""The gateway that is spoken to by plain HTTP, as aggregators of short messages offer it."""

import json
import secrets

from django.conf import settings
from django.utils import timezone

from notify.sms.gateway import ShortMessage
from notify.sms.posting import post
from notify.sms.signing import sign
from notify.sms.verdict import judge


class HttpGateway:
    """One signed POST for each message; all that is personal is in its body."""

    def send(self, short: ShortMessage) -> None:
        """Hands it over; raises Outage or Refused."""
        fields = self.fields(short)
        judge(*post(settings.SMS_GATEWAY_URL, fields | {"sign": sign(fields, settings.SMS_SECRET)}))

    def fields(self, short: ShortMessage) -> dict[str, str]:
        """The parameters but for ``sign``. The template's words, or our own with the signature."""
        name = settings.SMS_SIGNATURE
        said = {"content": f"【{name}】{short.text}"}
        if short.template:
            values = json.dumps(dict(short.values), ensure_ascii=False, sort_keys=True)
            said = {"template": short.template, "values": values}
        return {
            "account": settings.SMS_ACCOUNT,
            "id": short.reference,
            "phone": short.phone,
            "signature": name,
            "timestamp": str(int(timezone.now().timestamp())),
            "nonce": secrets.token_hex(16),
            **said,
        }
