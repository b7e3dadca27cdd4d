"""ALTCHA: the browser finds a number by trying (proof of work); no sight, no third party (E3).

Challenges and their checking are those of the altcha library. What arrives is checked for its
exact shape before, because the library trusts the shape, and burnt in the database after.
"""

import base64
import binascii
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.utils import timezone

from people.captcha.burning import burn
from people.captcha.refusals import CaptchaExpired, CaptchaWrong

LIFETIME = timedelta(minutes=20)
MAX_PAYLOAD = 1000
_SALT = re.compile(r"[0-9a-f]{24}\?expires=([0-9]{10})&")
_HEX = re.compile(r"[0-9a-f]{64}")


def new_challenge() -> dict[str, Any]:
    """A challenge for the widget, in the words of its JSON; twenty minutes are left to solve it."""
    options = altcha.ChallengeOptions(
        hmac_key=settings.ALTCHA_HMAC_KEY,
        max_number=settings.ALTCHA_MAX_NUMBER,
        expires=timezone.now() + LIFETIME,
    )
    challenge: dict[str, Any] = altcha.create_challenge(options).to_dict()
    return challenge


def check_proof(payload: str, *, owner: str) -> bool:
    """Burns the challenge that the payload solves; raises a CaptchaRefused. False: once more.

    ``payload`` is base64 of the JSON that the widget sends; ``owner`` as in people.captcha.burning.
    """
    solution = _read(payload)
    match = _SALT.fullmatch(solution["salt"])
    if not match or solution["algorithm"] != "SHA-256":
        raise CaptchaWrong
    expires_at = datetime.fromtimestamp(int(match[1]), UTC)
    verified, _error = altcha.verify_solution(
        solution, settings.ALTCHA_HMAC_KEY, check_expires=False
    )
    if not verified:
        raise CaptchaWrong
    if expires_at <= timezone.now():
        raise CaptchaExpired
    return burn(challenge=solution["challenge"], owner=owner, expires_at=expires_at)


def _read(payload: str) -> dict[str, Any]:
    """The payload's parts, each of the type and form that a widget sends."""
    if len(payload) > MAX_PAYLOAD:
        raise CaptchaWrong
    try:
        solution = json.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise CaptchaWrong from None
    texts = ("algorithm", "challenge", "salt", "signature")
    if (
        not isinstance(solution, dict)
        or type(solution.get("number")) is not int
        or any(type(solution.get(part)) is not str for part in texts)
        or not _HEX.fullmatch(solution["challenge"])
        or not _HEX.fullmatch(solution["signature"])
    ):
        raise CaptchaWrong
    return solution
