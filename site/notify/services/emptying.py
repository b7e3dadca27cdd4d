"""What a message said goes with the person's details: it names the matter and the query code."""

from django.utils import timezone

from notify.models import Message

_TEXTS = ("body", "secret", "short", "short_values", "calendar", "phone_note")


def empty_messages() -> int:
    """Empties the texts of messages to people whose details were purged; how many. Idempotent."""
    left = Message.objects.filter(emptied_at=None, contact__purged_at__isnull=False)
    emptied = dict.fromkeys(_TEXTS, "")
    return left.update(**emptied, emptied_at=timezone.now())
