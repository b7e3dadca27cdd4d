"""Each challenge is used once: burning is an INSERT that the database refuses the second time."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from people.models import BurntChallenge


def burn(*, challenge: str, owner: str, expires_at: datetime) -> bool:
    """Marks the challenge as used; False if another owner, or nobody in particular, used it.

    ``owner`` is the request's idempotency key or empty. The same owner may come again, so that a
    retry of the same request isn't refused; what a request does once is not decided here.
    """
    digest, owned_by = _digest(challenge), _digest(owner) if owner else ""
    try:
        with transaction.atomic():
            BurntChallenge.objects.create(digest=digest, owner=owned_by, expires_at=expires_at)
    except IntegrityError:
        if not owned_by:
            return False
        return BurntChallenge.objects.filter(digest=digest, owner=owned_by).exists()
    return True


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
