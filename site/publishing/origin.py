"""Where a browser says that a request comes from."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def came_from_us(request: HttpRequest) -> bool:
    """Whether a page of this site sent it, as far as the browser says; who says nothing, no.

    For what needs no rights and can't hold a token. Browsers set ``Sec-Fetch-Site`` (where the
    connection is safe) and ``Origin`` themselves, and no page can forge them (Fetch, 3.2 and 2.2.2;
    W3C Fetch Metadata).
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(source).netloc == request.get_host()
    except ValueError:
        return False
