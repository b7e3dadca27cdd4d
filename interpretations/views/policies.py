from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.forms.policy_filters import PolicyFilter
from interpretations.models import PolicyIndexPage
from interpretations.models.policy_list import public_policies

PAGE_SIZE = 12


def list_policies(request: HttpRequest, column: PolicyIndexPage) -> HttpResponse:
    """The same for everyone, twelve a page, the latest document first."""
    chosen = PolicyFilter(request.GET, public_policies(column))
    listed = Paginator(chosen.narrowed(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = column.get_context(request) | {
        "filter": chosen,
        "query": chosen.query,
        "listed": listed,
        "numbers": listed.paginator.get_elided_page_range(listed.number),
    }
    return render(request, "interpretations/policy_index_page.html", context)
