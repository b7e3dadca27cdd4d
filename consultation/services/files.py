"""Hashes of what is kept."""

import hashlib


def sha256_of(content: bytes) -> str:
    """The SHA-256 of the bytes, hex."""
    return hashlib.sha256(content).hexdigest()
