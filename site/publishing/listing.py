"""What staff's lists share: the way to a row's page and back keeps the list's filters."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.tables import TitleColumn


def list_query(request: Any) -> str:
    """The list's filters and words, for the addresses that come back to it."""
    query = request.GET.copy()
    for name in ("p", "_w_filter_fragment"):
        query.pop(name, None)
    return str(query.urlencode())


class RowColumn(TitleColumn):
    """Leads to the row's page (``url_name``) with the list's filters at hand for its neighbours."""

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        query = list_query(parent_context["request"])
        address = reverse(self.url_name, args=[instance.pk])
        return f"{address}?{query}" if query else address
