"""One call: what to tell, to whom, and what came of it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from notify.forms import PhonedForm
from notify.models import Message
from notify.services import NotToPhone, record_phoned
from people.services import RevealRefused, reveal_contact


class CallView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """What to tell one person, and the form that keeps 已电话告知. Another unit's is not found."""

    model = Message
    permission_required = "change"
    form_class = PhonedForm
    template_name = "notify/call.html"
    page_title = _("电话告知")
    header_icon = "comment"
    index_url_name = ""
    call_url_name = ""
    reveal_url_name = ""
    revealed = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Message.objects.for_user(request.user).select_related("contact", "unit")
        self.message = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.message.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": _t("告知"), "sublabel": self.message.subject}
        index = {"url": reverse(self.index_url_name), "label": self.page_title}
        return [*self.breadcrumbs_items, index, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "message": self.message,
            "revealed": self.revealed,
            "may_reveal": self.request.user.has_perm("people.reveal_contact"),
            "index_url": reverse(self.index_url_name),
            "call_url": reverse(self.call_url_name, args=[self.message.pk]),
            "reveal_url": reverse(self.reveal_url_name, args=[self.message.pk]),
        }
        return super().get_context_data(**more, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            note = form.cleaned_data["note"]
            record_phoned(message_id=self.message.pk, user=self.request.user, note=note)
            messages.success(self.request, _t("已记录：电话告知“%s”。") % self.message.subject)
        except NotToPhone as refusal:
            messages.error(self.request, refusal.message)
        return redirect(self.index_url_name)


class RevealView(CallView):
    """The same page with the person in full, after the audit log has taken who looked."""

    http_method_names = ["post"]
    revealed = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.message.contact is None or not self.message.is_to_phone:
            return redirect(self.call_url_name, self.message.pk)
        about = _t("电话告知 %s") % self.message.pk
        try:
            reveal_contact(contact=self.message.contact, user=request.user, about=about)
        except RevealRefused as refusal:
            raise PermissionDenied(refusal.message) from None
        # What was noted down so far stays in the form.
        form = PhonedForm(initial={"note": request.POST.get("note", "")})
        return self.render_to_response(self.get_context_data(form=form))
