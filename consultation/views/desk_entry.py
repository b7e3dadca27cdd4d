"""登记意见: what came in by other ways than the web, taken into the same register (rule D4)."""

from urllib.parse import urlencode, urljoin

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from consultation.access import ENTER, drafts_for
from consultation.answered import without_result
from consultation.enums import Channel
from consultation.forms.desk_entry import OpinionEntryForm, with_one_more
from consultation.models import DecisionDraftPage, Submission
from consultation.services.register import SubmissionRefused
from consultation.services.submissions import Arrival, submit_opinions
from consultation.views.desk_frame import REGISTER, frame
from people.codes import format_code
from publishing.ids import parse_id
from publishing.unit_policy import unit_ids


def enter(request: HttpRequest) -> HttpResponse:
    """First the draft, then the form: its clauses depend on the draft, with or without a script."""
    if unit_ids(request.user, ENTER) == frozenset():
        raise PermissionDenied
    drafts = drafts_for(request.user, ENTER).select_related("unit")
    wanted = parse_id(request.GET.get("draft"))
    if wanted is None:
        context = frame("登记意见", REGISTER, icon="plus")
        context["drafts"] = without_result(drafts)
        return render(request, "consultation/desk/enter_draft.html", context)
    return _fill_in(request, get_object_or_404(drafts, pk=wanted))


def _fill_in(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    if request.method != "POST":
        kept = {
            name: request.GET[name] for name in ("channel", "received_on") if name in request.GET
        }
        return _form(request, draft, OpinionEntryForm(draft=draft, initial=kept))
    if "add" in request.POST:
        return _form(request, draft, with_one_more(request.POST, draft=draft))
    form = OpinionEntryForm(request.POST, request.FILES, draft=draft)
    if not form.is_valid():
        return _form(request, draft, form, status=422)
    try:
        submission = _submit(request, draft, form)
    except SubmissionRefused as refusal:
        form.refuse(refusal)
        return _form(request, draft, form, status=422)
    return _afterwards(request, submission)


def _submit(request: HttpRequest, draft: DecisionDraftPage, form: OpinionEntryForm) -> Submission:
    typed = form.cleaned_data
    return submit_opinions(
        draft=draft,
        opinions=form.said,
        sender=form.sender,
        idempotency_key=typed["idempotency_key"],
        arrival=Arrival(
            channel=Channel(typed["channel"]),
            received_on=typed["received_on"],
            entered_by=request.user,
            files=typed["attachments"],
        ),
    )


def _afterwards(request: HttpRequest, submission: Submission) -> HttpResponse:
    """To the slip; or to the next letter, with draft, channel and date as they were."""
    if "then-next" not in request.POST:
        return redirect("desk:slip", submission.pk)
    numbers = "、".join(str(opinion) for opinion in submission.opinions.order_by("number"))
    slip = messages.button(reverse("desk:slip", args=[submission.pk]), "回执单")
    messages.success(request, f"已登记{numbers}，回执编号{submission.receipt}。", buttons=[slip])
    return redirect(_next(submission, received_on=submission.received_on.isoformat()))


def _next(submission: Submission, **kept: str) -> str:
    """The form for the next letter, by the same way."""
    kept = {"draft": str(submission.draft_id), "channel": submission.channel, **kept}
    return f"{reverse('desk:enter')}?{urlencode(kept)}"


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and code for the caller, to say or to print; for nobody but who entered them."""
    submission = get_object_or_404(
        Submission.objects.select_related("draft", "receipt", "contact"),
        pk=pk,
        entered_by=request.user,
        draft__in=drafts_for(request.user, ENTER),
    )
    context = {
        **frame("回执单", REGISTER, icon="doc-full"),
        "submission": submission,
        "code": format_code(submission.receipt.code),
        "look_up": urljoin(submission.draft.full_url or "", reverse("lookup")),
        "opinions": submission.opinions.select_related("clause").order_by("number"),
        "next": _next(submission),
    }
    return render(request, "consultation/desk/slip.html", context)


def _form(
    request: HttpRequest, draft: DecisionDraftPage, form: OpinionEntryForm, *, status: int = 200
) -> HttpResponse:
    context = {
        **frame("登记意见", REGISTER, icon="plus"),
        "draft": draft,
        "form": form,
        "late": draft.closing_day and not draft.is_open,
        "media": form.media,
    }
    return render(request, "consultation/desk/enter.html", context, status=status)
