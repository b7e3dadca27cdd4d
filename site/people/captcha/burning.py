"""Each challenge is used once: burning is an INSERT that the database refuses the second time."""

import hashlib
from contextlib import nullcontext
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from people.models import BurntChallenge


def burn(*, challenge: str, owner: str, expires_at: datetime) -> bool:
    """Marks the challenge as used; False if another owner, or nobody in particular, used it.

    ``owner`` is the request's idempotency key or empty. The same owner may come again, so that a
    retry of the same request isn't refused; what a request does once is not decided here.
    """
    digest, owned_by = _digest(challenge), _digest(owner) if owner else ""
    # The refusal of the INSERT would spoil a transaction that is open; without one it needs none.
    apart = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with apart:
            BurntChallenge.objects.create(digest=digest, owner=owned_by, expires_at=expires_at)
    except IntegrityError:
        return was_burnt_by(challenge=challenge, owner=owner)
    return True


def was_burnt_by(*, challenge: str, owner: str) -> bool:
    """Whether this owner used the challenge before; nobody in particular never did."""
    burnt = BurntChallenge.objects.filter(digest=_digest(challenge), owner=_digest(owner))
    return bool(owner) and burnt.exists()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
