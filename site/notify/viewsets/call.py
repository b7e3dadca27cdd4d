"""One call: what to tell, to whom, and what came of it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from notify.enums import MessageState
from notify.forms import PhonedForm
from notify.models import Message
from notify.services import NotToPhone, record_phoned, reveal_callee, undo_phoned
from notify.viewsets.listing import chosen_calls
from publishing.listing import list_query


class CallView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """What to tell one person, and the form that keeps 已电话告知. Another unit's is not found."""

    model = Message
    permission_required = "change"
    form_class = PhonedForm
    template_name = "notify/call.html"
    page_title = _("电话告知")
    header_icon = "mobile-alt"
    index_url_name = ""
    call_url_name = ""
    reveal_url_name = ""
    undo_url_name = ""
    revealed = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Message.objects.for_user(request.user).select_related("contact", "unit", "phoned_by")
        self.message = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.message.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": _t("告知"), "sublabel": self.message.subject}
        index = {"url": self.address(self.index_url_name), "label": self.page_title}
        return [*self.breadcrumbs_items, index, here]

    def address(self, name: str, *args: int) -> str:
        """An address that keeps the list's filters."""
        query = list_query(self.request)
        return f"{reverse(name, args=args)}?{query}" if query else reverse(name, args=args)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pk, following = self.message.pk, self.following()
        more = {
            "message": self.message,
            "matters": self.matters(),
            "revealed": self.revealed,
            "undoable": self.message.state == MessageState.PHONED,
            "following": following,
            "following_url": following and self.address(self.call_url_name, following),
            "index_url": self.address(self.index_url_name),
            "call_url": self.address(self.call_url_name, pk),
            "reveal_url": self.address(self.reveal_url_name, pk),
            "undo_url": self.address(self.undo_url_name, pk),
        }
        return super().get_context_data(**more, **kwargs)

    def matters(self) -> list[tuple[str, str]]:
        """What the person spoke or registered for, with its address at the desk.

        Features name the rows by the hook ``register_call_matters``, called with the contact; what
        the user may not open is left out.
        """
        finder = AdminURLFinder(self.request.user)
        rows = [
            row
            for find in hooks.get_hooks("register_call_matters")
            for row in find(self.message.contact)
        ]
        found = [(str(row), finder.get_edit_url(row)) for row in rows]
        return [(name, address) for name, address in found if address]

    def following(self) -> int | None:
        """The next of the list who waits for a call."""
        urgent, pk = self.message.is_urgent, self.message.pk
        behind = Q(is_urgent=urgent, pk__lt=pk) | (Q(is_urgent=False) if urgent else Q())
        waiting = chosen_calls(self.request).to_phone().filter(behind)
        return waiting.values_list("pk", flat=True).first()

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            note = form.cleaned_data["note"]
            record_phoned(message_id=self.message.pk, user=self.request.user, note=note)
        except NotToPhone as refusal:
            messages.error(self.request, refusal.message)
        else:
            back = messages.button(self.address(self.call_url_name, self.message.pk), _t("查看"))
            said = _t("已记录：电话告知“%s”。") % self.message.subject
            messages.success(self.request, said, buttons=[back])
        following = self.following() if "then-next" in self.request.POST else None
        if following:
            return redirect(self.address(self.call_url_name, following))
        return redirect(self.address(self.index_url_name))


class RevealView(CallView):
    """The same page with the person in full, after the audit log has taken who looked."""

    http_method_names = ["post"]
    revealed = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            reveal_callee(message_id=self.message.pk, user=request.user)
        except NotToPhone as refusal:
            messages.error(request, refusal.message)
            return redirect(self.address(self.call_url_name, self.message.pk))
        # What was noted down so far stays in the form.
        form = PhonedForm(initial={"note": request.POST.get("note", "")})
        return self.render_to_response(self.get_context_data(form=form))


class UndoView(CallView):
    """A call noted down by mistake, taken back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            undo_phoned(message_id=self.message.pk, user=request.user)
            messages.success(request, _t("已撤销，这条通知回到待告知的名单。"))
        except NotToPhone as refusal:
            messages.error(request, refusal.message)
        return redirect(self.address(self.call_url_name, self.message.pk))
