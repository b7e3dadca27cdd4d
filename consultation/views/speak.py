"""Taking a citizen's opinions: the form, the refusals that keep the text, the receipt."""

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultation.enums import Channel
from consultation.forms.opinions import MAX_OPINIONS
from consultation.forms.speak import SpeakForm, typed_opinions, with_one_more
from consultation.models import DecisionDraftPage, Submission
from consultation.models.opinion import MAX_LENGTH
from consultation.services.register import SubmissionRefused
from consultation.services.submissions import (
    Arrival,
    ConsultationClosed,
    closed_message,
    submit_opinions,
)
from consultation.views.receipt import first_said, show_receipt
from people.addresses import client_address
from people.models import PrivacyNotice
from people.phones import is_person
from people.receipts import NumbersExhausted
from people.throttle import TooMany, check_limits
from publishing.kept import kept

logger = logging.getLogger(__name__)
NO_NOTICE = "网上提交暂未开通：还没有公布个人信息保护告知。请使用其他反馈途径。"
NOT_STORED = "附件暂时无法保存。请去掉附件后重新提交，文字已经保留；附件可以改用其他途径送交。"
CROWDED = "今天的回执编号几乎用完，请明天再提交，或使用其他反馈途径。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    """The page of the form, and the answer to it. Replays get the receipt that is there (R3)."""
    notice = _current_notice()
    if request.method == "POST" and notice and draft.is_open and _is_plain(request):
        return _receive(request, draft, notice)
    if sent := _sent_before(request, draft):
        return _show_again(request, draft, sent)
    if notice is None or not draft.is_open:
        return _show_closed(request, draft, notice)
    if request.method != "POST":
        return _show_form(request, draft, _fresh_form(request, draft, notice))
    if "add" in request.POST:
        return _show_form(request, draft, with_one_more(request.POST, draft=draft, notice=notice))
    return _receive(request, draft, notice)


def _current_notice() -> PrivacyNotice | None:
    """The notice in force, by the clock; which ones there are is kept (``publishing.kept``)."""
    notices = kept("notices", make=lambda: list(PrivacyNotice.objects.latest_first()))
    return next((notice for notice in notices if notice.in_force), None)


def _is_plain(request: HttpRequest) -> bool:
    """Nothing is done before the captcha tells whether the same was sent before."""
    return "add" not in request.POST and not request.FILES


def _sent_before(request: HttpRequest, draft: DecisionDraftPage) -> Submission | None:
    """What this very form has sent already: a double click, or a retry whose answer was lost.

    Who goes back and fills the form in for a neighbour is shown nobody else's receipt; the tab
    that sent it may ask for it (``receipt``) with an empty form.
    """
    try:
        key = uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
    sent = draft.submissions.filter(idempotency_key=key, channel=Channel.WEB)
    sent = sent.select_related("contact", "receipt").prefetch_related(
        "opinions__clause", "attachments"
    )
    found = sent.first()
    if found is None or "receipt" in request.POST:
        return found
    return found if is_person(found.contact.person_key, request.POST.get("phone", "")) else None


def _show_again(request: HttpRequest, draft: DecisionDraftPage, sent: Submission) -> HttpResponse:
    return show_receipt(request, draft, sent, unsent=_unsent(request, sent))


def _unsent(request: HttpRequest, sent: Submission) -> list[dict[str, str]]:
    """Opinions of the form that the register doesn't hold, because they were written after."""
    said = [
        (str(opinion.clause.block_id) if opinion.clause else "", opinion.text)
        for opinion in first_said(sent)
    ]
    typed = typed_opinions(request.POST, draft=sent.draft)
    return [row for row in typed if (row["clause"], row["text"]) not in said]


def _fresh_form(request: HttpRequest, draft: DecisionDraftPage, notice: PrivacyNotice) -> SpeakForm:
    wanted = {"clause": request.GET.get("clause", "")}
    return SpeakForm(draft=draft, notice=notice, initial_opinions=[wanted])


def _receive(request: HttpRequest, draft: DecisionDraftPage, notice: PrivacyNotice) -> HttpResponse:
    try:
        _count_upload(request)
    except TooMany as refusal:
        form = SpeakForm(request.POST, draft=draft, notice=notice, files_refused=refusal.message)
        return _too_many(_show_form(request, draft, form, status=429), refusal)
    form = SpeakForm(request.POST, request.FILES, draft=draft, notice=notice)
    valid = form.is_valid()
    if (not valid or form.passed_before) and (sent := _sent_before(request, draft)):
        return _show_again(request, draft, sent)
    return _answer(request, draft, form) if valid else _show_form(request, draft, form, status=422)


def _count_upload(request: HttpRequest) -> None:
    """Before files are looked at: checking them costs more than any captcha was solved for."""
    if request.FILES:
        check_limits(action="upload", address=client_address(request))


def _answer(request: HttpRequest, draft: DecisionDraftPage, form: SpeakForm) -> HttpResponse:
    """The receipt, or why not; the form keeps what was typed."""
    try:
        taken = _take(request, draft, form)
        unsent = _unsent(request, taken) if taken.was_there else ()
        return show_receipt(request, draft, taken, unsent=unsent)
    except ConsultationClosed:
        return _show_closed(request, draft, form.notice)
    except TooMany as refusal:
        if sent := _sent_before(request, draft):
            return _show_again(request, draft, sent)
        response = _refuse(request, draft, form, refusal.message, status=429)
        return _too_many(response, refusal)
    except SubmissionRefused as refusal:
        return _refuse(request, draft, form, refusal.message, status=422, field=refusal.field)
    except NumbersExhausted:
        return _refuse(request, draft, form, CROWDED, status=503)
    except OSError:
        logger.exception("a citizen's file could not be kept")
        return _refuse(request, draft, form, NOT_STORED, status=503, field="attachments")


def _too_many(response: HttpResponse, refusal: TooMany) -> HttpResponse:
    response["Retry-After"] = str(refusal.retry_after)
    return response


def _take(request: HttpRequest, draft: DecisionDraftPage, form: SpeakForm) -> Submission:
    """Count the attempt, then write. What passed without a script waits for a look (design.md)."""
    files = form.cleaned_data["attachments"]
    check_limits(
        action="submit",
        address=client_address(request),
        person_key=form.person_key,
        strict=form.held_for_review,
    )
    return submit_opinions(
        draft=draft,
        opinions=form.opinions.said,
        sender=form.sender,
        idempotency_key=form.cleaned_data["idempotency_key"],
        arrival=Arrival(held_for_review=form.held_for_review, files=files),
        notice=form.notice,
    )


def _refuse(
    request: HttpRequest,
    draft: DecisionDraftPage,
    form: SpeakForm,
    message: str,
    *,
    status: int,
    field: str | None = None,
) -> HttpResponse:
    form.add_error(field, message)
    return _show_form(request, draft, form, status=status)


def _show_form(
    request: HttpRequest, draft: DecisionDraftPage, form: SpeakForm, *, status: int = 200
) -> HttpResponse:
    context = draft.get_context(request) | {
        "form": form,
        "max_length": MAX_LENGTH,
        "max_opinions": MAX_OPINIONS,
        "can_add": len(form.opinions.forms) < MAX_OPINIONS,
        "returned": request.method == "POST",
    }
    return render(request, "consultation/speak.html", context, status=status)


def _show_closed(
    request: HttpRequest, draft: DecisionDraftPage, notice: PrivacyNotice | None
) -> HttpResponse:
    """Not open: why, and what was typed, to copy (rule D3)."""
    posted = request.method == "POST"
    context = draft.get_context(request) | {
        "message": closed_message(draft) if notice else NO_NOTICE,
        "typed": typed_opinions(request.POST, draft=draft) if posted else [],
        "ways": draft.ways.all(),
        "contacts": draft.contacts.all(),
    }
    status = 503 if notice is None else 409 if posted else 200
    return render(request, "consultation/closed.html", context, status=status)
