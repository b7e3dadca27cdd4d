from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.forms.interpretation_filters import InterpretationFilter
from interpretations.models import InterpretationIndexPage
from interpretations.models.interpretation_list import public_interpretations

PAGE_SIZE = 12


def list_interpretations(request: HttpRequest, column: InterpretationIndexPage) -> HttpResponse:
    """The same for everyone, twelve a page, what was published last first."""
    chosen = InterpretationFilter(request.GET, public_interpretations(column))
    listed = Paginator(chosen.narrowed(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = column.get_context(request) | {
        "filter": chosen,
        "query": chosen.query,
        "listed": listed,
        "numbers": listed.paginator.get_elided_page_range(listed.number),
    }
    return render(request, "interpretations/interpretation_index_page.html", context)
