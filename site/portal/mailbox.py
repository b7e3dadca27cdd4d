"""The mails of the demo, read from the folder into which Django's file backend writes them."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

# The file backend's line between two messages of one file.
_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail; ``name`` is its address in the mailbox."""

    name: str
    subject: str
    sender: str
    recipients: str
    sent_at: datetime | None
    text: str


def read_mails(folder: Path) -> list[Mail]:
    """All mails of the folder, the newest first; none where there is no folder."""
    mails = [mail for path in folder.glob("*.log") for mail in _read(path)]
    return sorted(mails, key=lambda mail: (mail.sent_at or timezone.now(), mail.name), reverse=True)


def find_mail(folder: Path, name: str) -> Mail | None:
    """The mail of that name. The name is compared, never opened: it comes from an address."""
    return next((mail for mail in read_mails(folder) if mail.name == name), None)


def _read(path: Path) -> list[Mail]:
    parts = [part for part in _BETWEEN.split(path.read_bytes()) if part.strip()]
    return [_parse(f"{path.stem}-{number}", part) for number, part in enumerate(parts, 1)]


def _parse(name: str, source: bytes) -> Mail:
    message = email.message_from_bytes(source, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return Mail(
        name=name,
        subject=str(message["Subject"] or "").strip(),
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        sent_at=_sent_at(message["Date"]),
        text=body.get_content() if body else "",
    )


def _sent_at(header: Any) -> datetime | None:
    """The time of a Date header. Django writes "-0000": UTC that tells no zone (RFC 5322 3.3)."""
    moment: datetime | None = header.datetime if header else None
    if moment is None or timezone.is_aware(moment):
        return moment
    return moment.replace(tzinfo=UTC)
