"""The list on paper, for a room where calls are made without a computer."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from notify.models import Message, MessageQuerySet
from notify.services import NotToPhone, reveal_callee
from notify.viewsets.listing import call_filters, chosen_calls
from publishing.listing import list_query


class PrintView(PermissionCheckedMixin, View):
    """Masked by GET; by POST in full, with one line in the audit log for each person shown."""

    model = Message
    permission_required = "change"
    index_url_name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        revealed = []
        for pk in self._rows(request).values_list("pk", flat=True):
            # Whom somebody phones meanwhile is left out.
            with suppress(NotToPhone):
                revealed.append(reveal_callee(message_id=pk, user=request.user))
        return self._show(request, revealed=revealed)

    def _rows(self, request: HttpRequest) -> MessageQuerySet:
        """Who still waits, by the filters that were set in the list."""
        return chosen_calls(request).to_phone()

    def _show(self, request: HttpRequest, revealed: list[Message] | None = None) -> HttpResponse:
        query = list_query(request)
        context: dict[str, Any] = {
            "rows": self._rows(request) if revealed is None else revealed,
            "revealed": revealed is not None,
            "senseless": not call_filters(request).is_valid(),
            "printed_at": timezone.now(),
            "index_url": reverse(self.index_url_name) + (f"?{query}" if query else ""),
        }
        return render(request, "notify/call_list_print.html", context)
