"""The list on paper, for whoever makes the calls away from the screen."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from notify.models import Message
from notify.viewsets.listing import CallListFilterSet, users_call_list
from people.services import RevealRefused, reveal_contact


class PrintView(PermissionCheckedMixin, View):
    """Masked by GET; by POST in full, with one line in the audit log for each person shown."""

    model = Message
    permission_required = "change"
    index_url_name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, revealed=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                for message in self._rows(request):
                    about = _t("打印电话告知名单")
                    reveal_contact(contact=message.contact, user=request.user, about=about)
        except RevealRefused as refusal:
            raise PermissionDenied(refusal.message) from None
        return self._show(request, revealed=True)

    def _rows(self, request: HttpRequest) -> Any:
        """The user's list with the filters that were set in it."""
        rows = users_call_list(request.user)
        filters = CallListFilterSet(request.GET, queryset=rows, request=request)
        return filters.qs if filters.is_valid() else rows

    def _show(self, request: HttpRequest, *, revealed: bool) -> HttpResponse:
        context = {
            "rows": self._rows(request),
            "revealed": revealed,
            "may_reveal": request.user.has_perm("people.reveal_contact"),
            "printed_at": timezone.now(),
            "index_url": reverse(self.index_url_name),
        }
        return render(request, "notify/call_list_print.html", context)
