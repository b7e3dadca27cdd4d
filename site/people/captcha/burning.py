"""Each challenge is used once: burning is an INSERT that the database refuses the second time."""

import hashlib
from datetime import datetime

from people.captcha.refusals import CaptchaUsed
from people.models import BurntChallenge
from people.rows import insert_unless_taken


def burn(*, challenge: str, owner: str, expires_at: datetime) -> bool:
    """Marks the challenge as used; False if the same owner has used it before.

    ``owner`` is the request's idempotency key or empty. The same owner may come again, so that a
    retry of the same request isn't refused; what a request does once is not decided here.

    Raises:
        CaptchaUsed: another owner, or nobody in particular, used it.
    """
    digest, owned_by = _digest(challenge), _digest(owner) if owner else ""
    burnt = BurntChallenge(digest=digest, owner=owned_by, expires_at=expires_at)
    if insert_unless_taken(burnt):
        return True
    if was_burnt_by(challenge=challenge, owner=owner):
        return False
    raise CaptchaUsed


def was_burnt_by(*, challenge: str, owner: str) -> bool:
    """Whether this owner used the challenge before; nobody in particular never did."""
    burnt = BurntChallenge.objects.filter(digest=_digest(challenge), owner=_digest(owner))
    return bool(owner) and burnt.exists()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
