from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search import PAGE_SIZE, SearchForm, find_pages, present


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The public pages of this site in which the words stand; the address can be kept."""
    form = SearchForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(find_pages(request, query), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "query": query, "page": page, "hits": present(page, query)}
    context["search_query"] = urlencode({"q": query})
    context["numbers"] = page.paginator.get_elided_page_range(page.number)
    return render(request, "portal/search.html", context)
