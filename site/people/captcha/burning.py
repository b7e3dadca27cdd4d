"""Each challenge is used once: burning is an INSERT that the database refuses the second time."""

import hashlib
from datetime import datetime

from people.models import BurntChallenge
from people.rows import insert_unless_taken


def burn(*, challenge: str, owner: str, expires_at: datetime) -> bool:
    """Marks the challenge as used; False if another owner, or nobody in particular, used it.

    ``owner`` is the request's idempotency key or empty. The same owner may come again, so that a
    retry of the same request isn't refused; what a request does once is not decided here.
    """
    digest, owned_by = _digest(challenge), _digest(owner) if owner else ""
    burnt = BurntChallenge(digest=digest, owner=owned_by, expires_at=expires_at)
    return insert_unless_taken(burnt) or was_burnt_by(challenge=challenge, owner=owner)


def was_burnt_by(*, challenge: str, owner: str) -> bool:
    """Whether this owner used the challenge before; nobody in particular never did."""
    burnt = BurntChallenge.objects.filter(digest=_digest(challenge), owner=_digest(owner))
    return bool(owner) and burnt.exists()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
