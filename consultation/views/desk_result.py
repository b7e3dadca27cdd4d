"""One click from the decisions to the adoption result's page, with what is still to do before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.admin import messages

from consultation.access import DECIDE, drafts_for
from consultation.enums import Outcome
from consultation.models import AdoptionResultPage, DecisionDraftPage
from consultation.services.results import ResultRefused, count_opinions, create_result
from consultation.views.desk_frame import REGISTER, RESPONSES, frame

_MADE = (
    "已生成采纳情况反馈的草稿。请补充“说明”，填写“征集工作开展情况”，"
    "点“数字和汇总表”里的链接核对一遍，再送审。"
)


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """By GET the figures and the button; by POST the page is made and opened for editing."""
    draft = get_object_or_404(drafts_for(request.user, DECIDE), pk=pk)
    existing = AdoptionResultPage.objects.child_of(draft).first()
    allowed = existing or draft.permissions_for_user(request.user).can_add_subpage()
    if request.method != "POST" or not allowed:
        return _page(request, draft, existing, allowed=bool(allowed))
    try:
        made = create_result(draft=draft, user=request.user)
    except ResultRefused as refusal:
        messages.error(request, refusal.message)
        return _page(request, draft, existing, allowed=True)
    if existing is None:
        messages.success(request, _MADE)
    return redirect("wagtailadmin_pages:edit", made.pk)


def _page(
    request: HttpRequest,
    draft: DecisionDraftPage,
    existing: AdoptionResultPage | None,
    *,
    allowed: bool,
) -> HttpResponse:
    figures = count_opinions(draft=draft)
    context = {
        **frame("采纳情况反馈", REGISTER, RESPONSES, icon="doc-full"),
        "draft": draft,
        "existing": existing,
        "allowed": allowed,
        "closed": draft.closes_at is not None and timezone.now() >= draft.closes_at,
        "figures": figures,
        "outcomes": [(outcome.label, figures[outcome]) for outcome in Outcome],
    }
    return render(request, "consultation/desk/result.html", context)
