"""The steps with a joint release that are no decision of the review."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from interpretations.bundle_access import CHANGE, PUBLISH, bundles_for
from interpretations.bundle_refusals import BundleRefused
from interpretations.forms.bundles import ReasonForm, ScheduleForm
from interpretations.models import ReleaseBundle
from interpretations.services import bundle_release, bundle_review, bundles
from interpretations.views.bundle_frame import bundle_context


@dataclass(frozen=True, slots=True)
class Step:
    """Who may, what is filled in, what happens; ``run`` returns what to tell."""

    permission: str
    form: type[forms.Form]
    run: Callable[[ReleaseBundle, Any, Any], list[str]]


def _hand_in(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    done = bundle_review.hand_in_bundle(bundle=bundle, user=user)
    return [f"“{bundle}”已送审，页面已锁定。", *done]


def _publish(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    bundle_release.publish_bundle(bundle=bundle, user=user)
    return [f"“{bundle}”的全部页面已发布。"]


def _schedule(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    bundle_release.schedule_bundle(bundle=bundle, at=form.at, user=user)
    return [f"“{bundle}”定于{timezone.localtime(form.at):%Y年%-m月%-d日%H:%M}一起发布。"]


def _unschedule(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    bundle_release.unschedule_bundle(bundle=bundle, user=user)
    return [f"“{bundle}”已取消定时。"]


def _take_back(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    bundles.take_back_bundle(bundle=bundle, user=user)
    return [f"“{bundle}”已收回，页面可以修改；改好以后请重新送审。"]


def _revoke(bundle: ReleaseBundle, form: Any, user: Any) -> list[str]:
    bundles.revoke_bundle(bundle=bundle, reason=form.cleaned_data["reason"], user=user)
    return [f"“{bundle}”已撤销，各页面可以单独办理。"]


STEPS = {
    "hand-in": Step(CHANGE, forms.Form, _hand_in),
    "publish": Step(PUBLISH, forms.Form, _publish),
    "schedule": Step(PUBLISH, ScheduleForm, _schedule),
    "unschedule": Step(PUBLISH, forms.Form, _unschedule),
    "take-back": Step(CHANGE, forms.Form, _take_back),
    "revoke": Step(CHANGE, ReasonForm, _revoke),
}


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do it and go back to the page, which says what was done or why not."""
    chosen = STEPS[step]
    bundle = get_object_or_404(bundles_for(request.user, chosen.permission), pk=pk)
    form = chosen.form(request.POST)
    if not form.is_valid():
        context = bundle_context(bundle, request.user, {step: form})
        return render(request, "interpretations/desk_bundles/bundle.html", context, status=422)
    try:
        for told in chosen.run(bundle, form, request.user):
            messages.success(request, told)
    except BundleRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("bundles:show", pk)
