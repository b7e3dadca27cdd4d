"""How a request shows that it is ours and whole."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def sign(parameters: Mapping[str, str], secret: str) -> str:
    """HMAC-SHA256 in hex over all parameters, timestamp and nonce among them.

    The signed text is ``name=value&name=value``, sorted by name, names and values percent-encoded
    as UTF-8 (RFC 3986: letters, digits and ``-._~`` stay as they are).
    """
    pairs = sorted(parameters.items())
    text = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
