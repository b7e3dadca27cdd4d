"""同步发布 in the admin: put together, handed in, reviewed, published, all pages at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from interpretations.bundle_access import ADD, CHANGE, bundles_for, may
from interpretations.bundle_pages import candidates, companions_of
from interpretations.bundle_refusals import BundleRefused
from interpretations.bundle_steps import form_of, may_decide, may_look, waiting_states
from interpretations.forms.bundles import BundleForm, RemarkForm, title_for
from interpretations.models import PolicyPage, ReleaseBundle
from interpretations.services.bundle_review import approve_bundle, reject_bundle
from interpretations.services.bundles import change_bundle, create_bundle
from interpretations.views.bundle_frame import bundle_context, frame
from publishing.forms.review import RejectForm
from publishing.ids import parse_id, parse_ids
from publishing.unit_policy import unit_ids


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


def new(request: HttpRequest) -> HttpResponse:
    """Begun from a policy (``?policy=``), its draft interpretations are chosen already."""
    units = unit_ids(request.user, ADD)
    if units == frozenset():
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = BundleForm(data, offered=candidates(units), initial=_begun_from(request))
    if form.is_bound and form.is_valid():
        try:
            made = create_bundle(**_typed(form), user=request.user)
        except BundleRefused as refusal:
            form.add_error("pages", refusal.message)
        else:
            return _saved(request, made)
    return _form(request, form, "新建同步发布")


def change(request: HttpRequest, pk: int) -> HttpResponse:
    bundle = get_object_or_404(bundles_for(request.user, CHANGE), pk=pk)
    if not bundle.is_editable:
        return _refused(request, bundle, "送审以后不能修改，请先收回。")
    data = request.POST if request.method == "POST" else None
    form = BundleForm(
        data, offered=candidates({bundle.unit_id}, bundle=bundle), initial=_of(bundle)
    )
    if form.is_bound and form.is_valid():
        try:
            change_bundle(bundle=bundle, **_typed(form), user=request.user)
        except BundleRefused as refusal:
            form.add_error("pages", refusal.message)
        else:
            return _saved(request, bundle)
    return _form(request, form, "修改同步发布", bundle)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the step that waits for all pages, or send all of them back."""
    bundle = _seen(request, pk)
    waiting = waiting_states(bundle)
    if not may_decide(bundle, waiting, request.user):
        return _refused(request, bundle, "这一步已经办理过，或不由您办理。请看现在的情况。")
    action = "reject" if "reject" in request.POST else "approve"
    kind = RejectForm if action == "reject" else form_of(waiting) or RemarkForm
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, bundle, {action: form})
    try:
        told = _decide(request, bundle, action, form.cleaned_data)
    except BundleRefused as refusal:
        return _refused(request, bundle, refusal.message)
    messages.success(request, told)
    return redirect("bundles:show", pk)


def _seen(request: HttpRequest, pk: int) -> ReleaseBundle:
    """404 for who has no business with it."""
    bundle = get_object_or_404(ReleaseBundle.objects.select_related("unit"), pk=pk)
    if not may_look(bundle, request.user):
        raise Http404
    return bundle


def _decide(request: HttpRequest, bundle: ReleaseBundle, action: str, said: dict[str, Any]) -> str:
    """What to tell the reviewer afterwards."""
    about: dict[str, Any] = {"bundle": bundle, "user": request.user}
    states = parse_ids(request.POST.getlist("state"))
    if action == "reject":
        reject_bundle(**about, states=states, comment=said["comment"])
        return f"“{bundle}”已退回编辑修改。"
    now = approve_bundle(**about, states=states, said=said)
    if now.is_ready:
        return f"“{bundle}”的全部页面已通过，可以发布或定时。"
    return f"“{bundle}”的这一步已通过，请办理下一步。"


def _begun_from(request: HttpRequest) -> dict[str, Any]:
    wanted = parse_id(request.GET.get("policy"))
    policy = PolicyPage.objects.filter(pk=wanted).first() if wanted is not None else None
    if policy is None or not may(request.user, ADD, policy.unit_id):
        return {}
    return {"title": title_for(policy), "pages": [page.pk for page in companions_of(policy)]}


def _typed(form: BundleForm) -> dict[str, Any]:
    return {"title": form.cleaned_data["title"], "pages": form.chosen}


def _of(bundle: ReleaseBundle) -> dict[str, Any]:
    return {"title": bundle.title, "pages": [row.page_id for row in bundle.members.all()]}


def _saved(request: HttpRequest, bundle: ReleaseBundle) -> HttpResponse:
    messages.success(request, f"“{bundle}”已保存。各页面齐全以后，点“送审”。")
    return redirect("bundles:show", bundle.pk)


def _refused(request: HttpRequest, bundle: ReleaseBundle, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect("bundles:show", bundle.pk)


def _page(
    request: HttpRequest, bundle: ReleaseBundle, forms: dict[str, Any] | None = None
) -> HttpResponse:
    context = bundle_context(bundle, request.user, forms)
    template = "interpretations/desk_bundles/bundle.html"
    return render(request, template, context, status=422 if forms else 200)


def _form(
    request: HttpRequest, form: BundleForm, title: str, bundle: ReleaseBundle | None = None
) -> HttpResponse:
    context = {**frame(title), "form": form, "bundle": bundle, "media": form.media}
    status = 422 if form.is_bound else 200
    return render(request, "interpretations/desk_bundles/form.html", context, status=status)
