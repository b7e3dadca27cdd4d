"""暂缓解读: a policy may be public some days before its interpretation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages

from interpretations.bundle_access import EXEMPT
from interpretations.bundle_refusals import BundleRefused
from interpretations.forms.bundles import ExemptionForm
from interpretations.models import PolicyPage
from interpretations.services.exemptions import grant_exemption
from interpretations.views.bundle_frame import frame
from publishing.unit_policy import unit_ids


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason and the last day; who granted it is in the log."""
    policy = _policy(request, pk)
    form = ExemptionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = grant_exemption(policy=policy, **form.cleaned_data, user=request.user)
        except BundleRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            told = f"已记下：解读最迟{made.until:%Y年%-m月%-d日}公布。文件现在可以单独发布。"
            messages.success(request, told)
            return redirect("wagtailadmin_pages:edit", policy.pk)
    return _form(request, policy, form)


def _form(request: HttpRequest, policy: PolicyPage, form: ExemptionForm) -> HttpResponse:
    context = {
        **frame("暂缓解读"),
        "policy": policy,
        "exemptions": policy.exemptions.select_related("granted_by"),
        "form": form,
        "media": form.media,
    }
    status = 422 if form.is_bound else 200
    return render(request, "interpretations/desk_bundles/exemption.html", context, status=status)


def _policy(request: HttpRequest, pk: int) -> PolicyPage:
    """404 for another unit's; a policy that needs no interpretation needs no exemption."""
    units = unit_ids(request.user, EXEMPT)
    rows = PolicyPage.objects.all() if units is None else PolicyPage.objects.filter(unit__in=units)
    found: PolicyPage = get_object_or_404(rows, pk=pk)
    return found
