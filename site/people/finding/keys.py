"""The keyed hash by which a find is known again without being kept."""

import hashlib
import hmac

from django.conf import settings

from people.finding.find import Kind


def find_key(kind: Kind, value: str) -> str:
    """HMAC-SHA256 with ``settings.PERSON_KEY`` in hex, of the kind and the normalised value.

    The kind goes before it, so that it is no ``person_key``: rows can't be joined with contacts.
    """
    said = f"find:{kind}:{value}".encode()
    return hmac.new(settings.PERSON_KEY.encode(), said, hashlib.sha256).hexdigest()
