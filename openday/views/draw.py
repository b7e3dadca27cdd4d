"""The draw of lots before the public: the commitment, the frozen list, the result, the proof."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from openday.draw import Finding, verify
from openday.models import DrawRun, EventPage


class Place(NamedTuple):
    """One line of the result: the number, the masked name, what the draw gave."""

    rank: int
    number: str
    name: str
    outcome: str


def show_draw(request: HttpRequest, event: EventPage, group: int) -> HttpResponse:
    run = _run(event, group)
    context = event.get_context(request) | {
        "run": run,
        "group": run.group,
        "session": run.group.session,
        "places": _places(run.record) if run.record else [],
        "findings": _findings(run.record) if run.record else [],
        "entries": run.entries,
        "record_address": f"{event.get_url(request) or ''}draws/{group}/record/",
    }
    context["is_right"] = all(finding.right for finding in context["findings"])
    return render(request, "openday/draw.html", context)


def draw_record(request: HttpRequest, event: EventPage, group: int) -> HttpResponse:
    """What ``manage.py verify_draw`` reads; before the draw only what is fixed already."""
    run = _run(event, group)
    record = run.record or {
        "commitment": run.commitment,
        "committed_at": run.committed_at.isoformat(timespec="seconds"),
        "list": run.entries,
        "list_sha256": run.list_sha256,
    }
    response = JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'inline; filename="draw-{group}.json"'
    return response


def _run(event: EventPage, group: int) -> DrawRun:
    runs = DrawRun.objects.select_related("group__audience", "group__session")
    run = runs.filter(group__pk=group, group__session__event=event.pk).first()
    if run is None:
        raise Http404
    run.group.session.event = event
    return run


def _findings(record: dict[str, Any]) -> list[Finding]:
    """The server's own check; a record that can't be read is wrong as a whole."""
    try:
        return verify(record)
    except ValueError as error:
        return [Finding(str(error), False)]


def _places(record: dict[str, Any]) -> list[Place]:
    names = {entry["number"]: entry["name"] for entry in record["list"]}
    outcomes = {
        **dict.fromkeys(record["withdrawn"], "抽签前已取消"),
        **dict.fromkeys(record["selected"], "抽中"),
        **{number: f"候补第{n}位" for n, number in enumerate(record["waiting"], start=1)},
    }
    return [
        Place(rank, number, names.get(number, ""), outcomes.get(number, "未抽中"))
        for rank, number in enumerate(record["order"], start=1)
    ]
