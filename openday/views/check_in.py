"""现场签到: the page at the door, for phones; and what it asks the server."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from openday import door_reading
from openday.access import CHECK_IN, registrations_for, sessions_for
from openday.forms.check_in import ArrivalForm, NameForm, UndoForm, read_queue
from openday.models import Registration, Session
from openday.refusals import SeatRefused
from openday.services.checking_in import undo_check_in
from openday.views.check_in_answers import WORDS, Answer, answer, answer_all
from publishing.unit_policy import unit_ids

_TITLE = "现场签到"


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which session: today's first."""
    if unit_ids(request.user, CHECK_IN) == frozenset():
        raise Http404
    context = {**_frame(_TITLE), "doors": door_reading.doors_for(request.user)}
    return render(request, "openday/check_in/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one session; by POST one arrival, without a script."""
    session = _session(request, pk)
    if request.method != "POST":
        return _door(request, session)
    form = ArrivalForm(request.POST)
    said = answer(form, session, request.user)
    if not form.is_valid():
        return _door(request, session, form=form, said=said)
    return _door(request, session, said=said)


@require_POST
def upload(request: HttpRequest, pk: int) -> JsonResponse:
    """What a device took, many at once; each gets its answer. 422 if anything is nonsense."""
    session = _session(request, pk)
    try:
        items = read_queue(request.body)
    except ValueError:
        return JsonResponse({"results": []}, status=422)
    answers, understood = answer_all(items, session, request.user)
    body = {"results": [one.as_json() for one in answers], **_standing(session)}
    return JsonResponse(body, status=200 if understood else 422)


@require_safe
def standing(request: HttpRequest, pk: int) -> JsonResponse:
    """The head count and the numbers of the session, as other devices have changed them."""
    return JsonResponse(_standing(_session(request, pk)))


@require_POST
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is called so, with a button each; around the session alone."""
    session, form = _session(request, pk), NameForm(request.POST)
    if not form.is_valid() or not session.is_at_the_door:
        return _door(request, session, search=form, status=422)
    found = door_reading.people_called(session, form.cleaned_data["name"])
    return _door(request, session, search=form, found=found)


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has come, and who hasn't."""
    return _people(request, _session(request, pk))


@require_POST
def undo(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """Take an arrival back that was noted by mistake, with the reason."""
    session, form = _session(request, pk), UndoForm(request.POST)
    rows = registrations_for(request.user, CHECK_IN).filter(session=session)
    row = get_object_or_404(rows.select_related("receipt"), pk=registration)
    if not form.is_valid():
        return _people(request, session, refused=row, refusal=str(form.errors["reason"][0]))
    try:
        undo_check_in(registration=row, user=request.user, reason=form.cleaned_data["reason"])
    except SeatRefused as refusal:
        return _people(request, session, refused=row, refusal=refusal.message)
    messages.success(request, f"已撤销{row}的签到。")
    return redirect("check_in:people", session.pk)


def _session(request: HttpRequest, pk: int) -> Session:
    """The session, if its unit is one where the user may check people in; else 404."""
    return get_object_or_404(sessions_for(request.user, CHECK_IN), pk=pk)


def _standing(session: Session) -> dict[str, Any]:
    return {**door_reading.head_count(session), "numbers": door_reading.numbers_of(session)}


def _door(
    request: HttpRequest,
    session: Session,
    *,
    form: ArrivalForm | None = None,
    said: Answer | None = None,
    search: NameForm | None = None,
    found: list[Registration] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame("签到", (_TITLE, reverse("check_in:choose"))),
        "session": session,
        "is_today": door_reading.is_today(session),
        "form": form or ArrivalForm(),
        "said": said,
        "search": search or NameForm(),
        "found": found and _offered(found),
        "searched": found is not None,
        "too_many": max(0, len(found or ()) - door_reading.MOST_FOUND),
        "standing": _standing(session),
        "words": WORDS,
    }
    refused = said is not None and not said.is_in
    return render(request, "openday/check_in/door.html", context, status=422 if refused else status)


def _offered(found: list[Registration]) -> list[dict[str, Any]]:
    """Those shown, each with a form of its own where a check-in makes sense."""
    return [
        {"row": row, "nonce": ArrivalForm()["nonce"].initial}
        for row in found[: door_reading.MOST_FOUND]
    ]


def _people(
    request: HttpRequest,
    session: Session,
    *,
    refused: Registration | None = None,
    refusal: str = "",
) -> HttpResponse:
    rows = door_reading.people_of(session)
    context = {
        **_frame(
            "签到名单",
            (_TITLE, reverse("check_in:choose")),
            (session.event.title, reverse("check_in:door", args=[session.pk])),
        ),
        "session": session,
        "came": [row for row in rows if row.state == "attended"],
        "missing": [row for row in rows if row.state != "attended"],
        "refused": refused,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "openday/check_in/people.html", context, status=status)


def _frame(title: str, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """What Wagtail's page furniture needs: title and breadcrumbs, as (label, address)."""
    home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
    above = [{"url": address, "label": label} for label, address in crumbs]
    return {
        "header_title": title,
        "header_icon": "check",
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
    }
