from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.forms.interpretation_filters import InterpretationFilter
from interpretations.forms.list_filter import ListFilter
from interpretations.forms.policy_filters import PolicyFilter
from interpretations.models import InterpretationIndexPage, PolicyIndexPage
from interpretations.models.interpretation_list import public_interpretations
from interpretations.models.policy_list import public_policies

PAGE_SIZE = 12


def list_policies(request: HttpRequest, column: PolicyIndexPage) -> HttpResponse:
    """The same for everyone, twelve a page, the latest document first."""
    chosen = PolicyFilter(request.GET, public_policies(column))
    context = _page_of(request, column, chosen) | {"what": "文件"}
    return render(request, "interpretations/policy_index_page.html", context)


def list_interpretations(request: HttpRequest, column: InterpretationIndexPage) -> HttpResponse:
    """The same for everyone, twelve a page, what was published last first."""
    chosen = InterpretationFilter(request.GET, public_interpretations(column))
    context = _page_of(request, column, chosen) | {"what": "解读"}
    return render(request, "interpretations/interpretation_index_page.html", context)


def _page_of(request: HttpRequest, column: Any, chosen: ListFilter) -> dict[str, Any]:
    listed = Paginator(chosen.narrowed(), PAGE_SIZE).get_page(request.GET.get("page"))
    return column.get_context(request) | {
        "filter": chosen,
        "query": chosen.query,
        "listed": listed,
        "numbers": listed.paginator.get_elided_page_range(listed.number),
    }
