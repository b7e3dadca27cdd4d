from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.forms.questions import QuestionSearch
from interpretations.mentions import anchor
from interpretations.models import InterpretationIndexPage
from interpretations.models.question_list import questions_below
from interpretations.stale_marks import stale_answers
from publishing.search import Segment, excerpt, mark, match, title_first

PAGE_SIZE = 20


class ShownQuestion(NamedTuple):
    """A question as the list shows it: words that were looked for are marked; ``is_stale``:
    内容待更新."""

    page: Any
    anchor: str
    title: list[Segment]
    answer: list[Segment]
    is_stale: bool


def list_questions(request: HttpRequest, column: InterpretationIndexPage) -> HttpResponse:
    """The questions of all interpretations of the column, the same for everyone."""
    form = QuestionSearch(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    rows = questions_below(column)
    found = title_first(match(rows, query), query) if query else rows
    listed = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = column.get_context(request) | {
        "form": form,
        "query": query,
        "words": urlencode({"q": query}) if query else "",
        "listed": listed,
        "numbers": listed.paginator.get_elided_page_range(listed.number),
        "questions": _shown(listed, query),
    }
    return render(request, "interpretations/question_list.html", context)


def _shown(listed: Iterable[Any], query: str) -> list[ShownQuestion]:
    rows = list(listed)
    stale = stale_answers(rows)
    return [
        ShownQuestion(
            row.page,
            anchor(row.anchor),
            mark(row.title, query),
            excerpt(row.answer, query),
            (row.page_id, row.anchor) in stale,
        )
        for row in rows
    ]
