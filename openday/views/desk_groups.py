"""The groups of a session: adding, changing, taking one out."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages

from openday.access import SEATS, groups_for, sessions_for
from openday.forms.desk_groups import GroupForm
from openday.forms.desk_sessions import show_refusal
from openday.models import SeatGroup, Session
from openday.refusals import SeatRefused
from openday.services.sessions import add_group, change_group, remove_group
from openday.views.desk_frame import SESSIONS, frame


def add(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions_for(request.user, SEATS), pk=pk, cancelled_at=None)
    form = GroupForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            group = add_group(group=form.instance, user=request.user)
        except (SeatRefused, ValidationError) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已添加名额组“{group}”。{_invitation(group)}")
            again = "then-next" in request.POST
            return redirect(*(("seats:add_group", pk) if again else _event(session)))
    return _form(request, session, form, "添加名额组")


def change(request: HttpRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    form = GroupForm(request.POST or None, instance=group, session=group.session)
    if request.method == "POST" and form.is_valid():
        try:
            change_group(group=form.instance, user=request.user)
        except (SeatRefused, ValidationError) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已修改名额组“{group}”。")
            return redirect(*_event(group.session))
    return _form(request, group.session, form, "修改名额组", group=group)


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first; a group in which somebody registered stays."""
    group = _group(request, pk)
    if request.method == "POST":
        name = str(group)
        try:
            remove_group(group=group, user=request.user)
        except SeatRefused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"已删除名额组“{name}”。")
        return redirect(*_event(group.session))
    title = frame("删除名额组", SESSIONS, icon="date", event=group.session.event)
    return render(request, "openday/desk/remove_group.html", {**title, "group": group})


def _group(request: HttpRequest, pk: int) -> SeatGroup:
    """The group, if its session stands and the user sets up that unit's seats; else 404."""
    rows = groups_for(request.user, SEATS)
    return get_object_or_404(rows, pk=pk, session__cancelled_at=None)


def _event(session: Session) -> tuple[str, int]:
    return "seats:event", session.event_id


def _invitation(group: SeatGroup) -> str:
    return f"邀请码：{group.invitation_code}。" if group.invitation_code else ""


def _form(
    request: HttpRequest,
    session: Session,
    form: GroupForm,
    title: str,
    group: SeatGroup | None = None,
) -> HttpResponse:
    context = {
        **frame(title, SESSIONS, icon="date", event=session.event),
        "session": session,
        "group": group,
        "others": session.groups.select_related("audience"),
        "form": form,
        "media": form.media,
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk/group.html", context, status=status)
