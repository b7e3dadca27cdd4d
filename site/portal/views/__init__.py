from portal.views.demo import mail, mailbox
from portal.views.errors import (
    bad_request,
    csrf_failure,
    page_not_found,
    permission_denied,
    server_error,
)
from portal.views.health import healthz, readyz
from portal.views.media import media_file
from portal.views.policy_redline import policy_redline
from portal.views.search import search
from portal.views.sitemap import sitemap_page
from portal.views.styleguide import styleguide

__all__ = [
    "bad_request",
    "csrf_failure",
    "healthz",
    "mail",
    "mailbox",
    "media_file",
    "page_not_found",
    "permission_denied",
    "policy_redline",
    "readyz",
    "search",
    "server_error",
    "sitemap_page",
    "styleguide",
]
