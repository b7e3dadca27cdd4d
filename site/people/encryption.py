"""Encryption of personal data at rest, with keys that can be rotated (rules.md G5).

``settings.PEOPLE_KEYS`` is a list of secrets: the first one encrypts, all of them decrypt. Tokens
are Fernet's (AES-128-CBC with HMAC-SHA256), so a changed or foreign token never decrypts quietly.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """A stored value that none of the keys opens: a key is missing, or the value was changed."""

    def __init__(self) -> None:
        super().__init__("现有的 PEOPLE_KEYS 都无法解密这项数据：密钥缺失，或数据已损坏。")


def encrypt(text: str) -> str:
    """The text as a token under the first key; nothing stays nothing."""
    return _ring().encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """The text of a token; raises Unreadable where no key opens it."""
    if not token:
        return ""
    try:
        return _ring().decrypt(token).decode()
    except InvalidToken:
        raise Unreadable from None


def rotate(token: str) -> str:
    """The same text under the first key; unchanged where the first key opens it already."""
    if not token:
        return ""
    try:
        _fernet(settings.PEOPLE_KEYS[0]).decrypt(token)
    except InvalidToken:
        return encrypt(decrypt(token))
    return token


def _ring() -> MultiFernet:
    """All keys of the settings, the first in front."""
    if not settings.PEOPLE_KEYS:
        raise ImproperlyConfigured("PEOPLE_KEYS 中没有密钥，无法保存个人信息。")
    return MultiFernet([_fernet(secret) for secret in settings.PEOPLE_KEYS])


@lru_cache(maxsize=16)
def _fernet(secret: str) -> Fernet:
    """A key of 32 bytes from a secret of any length (HKDF, RFC 5869; the secrets are random)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"people.encryption")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
