"""What the features' steps for many rows at once have in common: a page that says for which rows,
and asks once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from publishing.forms.pinned import PinnedForm
from publishing.ids import parse_id, parse_ids
from publishing.unit_policy import unit_ids

LISTED = 20
"""How many rows, and how many of what is wrong with them, a page names."""


class DeskBulkAction(BulkAction):
    """Works on the ticked rows, or on all that the list's filters show, of the user's units.

    Rows for which the step makes no sense are named before and left alone.
    """

    template_name = "publishing/desk_bulk.html"
    form_class: type[forms.Form] = PinnedForm
    permission: str
    icon: str
    explanation: Any = ""
    called: Any = _("所选内容")
    counter: Any = _("条")
    """The measure word of the rows."""
    left_counter: Any = _("条")
    """The same for those that are left alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if unit_ids(request.user, self.permission) == frozenset():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def own_rows(self) -> QuerySet[Any]:
        """The rows of the units in which the user holds the permission."""
        raise NotImplementedError

    def listed_rows(self) -> QuerySet[Any]:
        """Of these the ones that the list with the same parameters shows."""
        raise NotImplementedError

    def arranged(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in their order, with what the step and the page need."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> list[Any]:
        ids = self.request.GET.getlist("id")
        is_all = "all" in ids
        rows = self.listed_rows() if is_all else self.own_rows().filter(pk__in=parse_ids(ids))
        upto = parse_id(self.request.POST.get("upto"))
        if upto is not None:
            rows = rows.filter(pk__lte=upto)
        return list(self.arranged(rows))

    @cached_property
    def obstacles(self) -> dict[int, str]:
        """Why the step can't be done, by the id of the row."""
        found = ((row.pk, self.obstacle(row)) for row in self.chosen)
        return {pk: words for pk, words in found if words}

    @cached_property
    def able(self) -> list[Any]:
        return [row for row in self.chosen if row.pk not in self.obstacles]

    def obstacle(self, row: Any) -> str:
        """Why the step can't be done with this row; empty where it can."""
        return ""

    def line(self, row: Any) -> str:
        """How the page names a row."""
        return str(row)

    def shown(self, rows: list[Any]) -> Iterable[Any]:
        """The first rows, with what their lines need."""
        return rows

    def get_initial(self) -> dict[str, Any]:
        return {"upto": max((row.pk for row in self.chosen), default=0)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        return {
            "view": self,
            "title": self.display_name,
            "count": len(self.able),
            "lines": [self.line(row) for row in self.shown(self.able[:LISTED])],
            "obstacles": list(self.obstacles.values())[:LISTED],
            "obstacles_count": len(self.obstacles),
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
            **kwargs,
        }

    def finish(self, done: str, refused: Sequence[str] = (), in_all: str = "") -> HttpResponse:
        """Back to the list, which says what was done and what not; ``in_all``: of how many only
        the first are named."""
        for words in refused[:LISTED]:
            messages.error(self.request, words)
        if len(refused) > LISTED:
            messages.error(self.request, in_all)
        if done:
            messages.success(self.request, done)
        return redirect(self.next_url)
