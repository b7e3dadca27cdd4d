"""Where a request comes from, as far as our own proxies vouch for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = ""


def client_address(request: HttpRequest) -> str:
    """The address of the browser, or of the last machine that our proxies have seen.

    ``settings.TRUSTED_PROXIES`` of ours each append to X-Forwarded-For; so only that many entries
    from the right can be believed. A shorter header means that a proxy was passed by, and the
    connection's own address counts. Empty where there is none (a local socket).
    """
    direct = _address(request.META.get("REMOTE_ADDR", ""))
    proxies = int(getattr(settings, "TRUSTED_PROXIES", 0))
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies < 1 or len(entries) < proxies:
        return direct
    return _address(entries[-proxies]) or direct


def address_range(address: str) -> str:
    """The network that one household or office is likely to share: /24 of IPv4, /56 of IPv6."""
    if not _address(address):
        return UNKNOWN
    parsed = ipaddress.ip_address(_address(address))
    prefix = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


def _address(text: str) -> str:
    """The address without port, brackets, zone; an IPv4 address in IPv6 clothes undressed."""
    host = text.strip().partition("%")[0]
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return UNKNOWN
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return str(mapped or parsed)
