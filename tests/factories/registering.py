"""What a browser posts to the form for a seat."""

import uuid
from typing import Any

from django.test import Client

from openday.models import SeatGroup, Session
from tests.factories.openday import next_phone
from tests.people.captcha.solving import solve


def filled_in(group: SeatGroup, /, **changes: Any) -> dict[str, Any]:
    """The form filled in rightly; ``changes`` replace fields, None takes one out."""
    data: dict[str, Any] = {
        "idempotency_key": str(uuid.uuid4()),
        "notice_version": "1",
        "group": str(group.pk),
        "name": "张三",
        "phone": next_phone(),
        "email": "",
        "address": "",
        "access_needs": "",
        "transport": "",
        "consent": "on",
        "captcha": solve(),
    }
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def address_of(session: Session) -> str:
    return f"{session.event.url}register/{session.pk}/"


def post(client: Client, session: Session, data: dict[str, Any]) -> Any:
    """The answer to the form."""
    return client.post(address_of(session), data)
