"""签到表 and 通话单 of a session: on paper, masked unless somebody says what for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from openday.access import REVEAL, VIEW, may, sessions_for
from openday.desk_reading import on_paper
from openday.enums import ACTIVE, State
from openday.forms.desk_exports import UnmaskForm
from openday.services.exports import record_export

SEATED = (State.CONFIRMED, State.ATTENDED)


def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a seat, with room for a signature."""
    return _paper(request, pk, "签到表", SEATED, "openday/desk/sign_in.html")


def call_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip for each active registration: whom to phone, what about, room for what was said."""
    return _paper(request, pk, "通话单", ACTIVE, "openday/desk/call_slips.html")


def _paper(
    request: HttpRequest, pk: int, title: str, states: tuple[str, ...], template: str
) -> HttpResponse:
    """Masked by GET; by POST in full, with what for in the audit log."""
    session = get_object_or_404(sessions_for(request.user, VIEW), pk=pk)
    rows = list(on_paper(session, states=states))
    may_reveal = may(request.user, REVEAL, session.event)
    form = UnmaskForm(request.POST or None, initial={"reason": f"打印{title}"})
    revealed = False
    if request.method == "POST":
        if not may_reveal:
            raise PermissionDenied
        revealed = form.is_valid()
    if revealed:
        record_export(
            session=session,
            what=title,
            rows=len(rows),
            user=request.user,
            unmasked=True,
            reason=form.cleaned_data["reason"],
        )
    context: dict[str, Any] = {"title": title, "session": session, "rows": rows, "form": form}
    more = {"revealed": revealed, "may_reveal": may_reveal, "printed_at": timezone.now()}
    response = render(request, template, {**context, **more})
    response["Cache-Control"] = "private, no-store"
    return response
