"""抽签 of a group: the commitment, the frozen list, the draw itself, and its public record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from openday.access import DECIDE, VIEW, groups_for, may
from openday.enums import SeatMethod, State
from openday.forms.desk_draw import DrawForm
from openday.forms.desk_sessions import show_refusal
from openday.models import SeatGroup
from openday.refusals import SeatRefused
from openday.services.drawing import freeze_list, run_draw
from openday.views.desk_frame import SESSIONS, frame


@require_safe
def show_draw(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _group(request, pk, VIEW), DrawForm())


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the masked list; nobody comes to it afterwards."""
    group = _group(request, pk, DECIDE)
    try:
        run = freeze_list(group=group, user=request.user)
    except SeatRefused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"名单已冻结并公布，共{len(run.entries)}人。")
    return redirect("seats:draw", pk)


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Run it, once: again is refused."""
    group = _group(request, pk, DECIDE)
    form = DrawForm(request.POST)
    if form.is_valid():
        digits, witness = form.cleaned_data["digits"], form.cleaned_data["witness"]
        try:
            run_draw(group=group, user=request.user, digits=digits, witness=witness)
        except SeatRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "抽签完毕，结果已公布，正在通知报名人。")
            return redirect("seats:draw", pk)
    return _page(request, _group(request, pk, DECIDE), form)


def _group(request: HttpRequest, pk: int, permission: str) -> SeatGroup:
    rows = groups_for(request.user, permission).select_related(
        "audience", "session__event__unit", "draw_run__drawn_by"
    )
    return get_object_or_404(rows, pk=pk, method=SeatMethod.DRAW, draw_run__isnull=False)


def _page(request: HttpRequest, group: SeatGroup, form: DrawForm) -> HttpResponse:
    session = group.session
    context = {
        **frame(f"抽签：{group}", SESSIONS, icon="date", event=session.event),
        "group": group,
        "session": session,
        "run": group.run,
        "form": form,
        "in_draw": group.registrations.filter(state=State.IN_DRAW).count(),
        "held": group.registrations.active().filter(held_for_review=True).count(),
        "closed": timezone.now() >= session.registration_closes_at,
        "results": _results(group),
        "public": _public_address(group),
        "may_decide": may(request.user, DECIDE, session.event),
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk/draw.html", context, status=status)


def _results(group: SeatGroup) -> list[tuple[str, str, str]]:
    """Number, masked name, result, in the order of the draw."""
    record = group.run.record or {}
    names = {entry["number"]: entry["name"] for entry in group.run.entries}
    words = dict.fromkeys(record.get("selected", ()), "抽中")
    waiting = record.get("waiting", ())
    words |= {number: f"候补第{place}位" for place, number in enumerate(waiting, start=1)}
    words |= dict.fromkeys(record.get("withdrawn", ()), "抽签前已取消")
    order = record.get("order", ())
    return [(number, names.get(number, ""), words.get(number, "未抽中")) for number in order]


def _public_address(group: SeatGroup) -> str:
    """The public page of the draw, while the event is public."""
    event = group.session.event
    address = event.url if event.live else None
    return f"{address}{event.reverse_subpage('draw', args=[group.pk])}" if address else ""
