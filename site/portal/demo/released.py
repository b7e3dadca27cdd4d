"""A policy and its interpretation that wait for their common time; both reviews are passed."""

import json
import tomllib
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from interpretations.bundle_steps import waiting_states
from interpretations.enums import BundleState
from interpretations.models import (
    InterpretationIndexPage,
    InterpretationPage,
    InterpretationSubject,
    PolicyIndexPage,
    PolicyPage,
    PolicyTopic,
    ReleaseBundle,
)
from interpretations.services.bundle_release import publish_bundle, schedule_bundle
from interpretations.services.bundle_review import approve_bundle, hand_in_bundle
from interpretations.services.bundles import create_bundle
from portal.demo.content import Stage
from portal.demo.people import Staff
from portal.demo.stories import FOLDER, read_document
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import fresh_id
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text
from publishing.enums import PrivacyLevel, SecrecyLevel
from publishing.models import PrivacyTask, SecrecyTask

TOPIC = "农业、林业、水利"
SAID = {
    PrivacyTask: {"level": PrivacyLevel.NONE.value, "basis": "", "comment": ""},
    SecrecyTask: {"level": SecrecyLevel.PUBLIC.value, "basis": "本镇保密事项范围（演示）"},
}
# As long as it is tried out, it waits: moved on before its time comes.
SOON = timedelta(days=1)


def build_released(stage: Stage) -> None:
    """Written and handed in by the editor, approved and scheduled by the reviewer."""
    data = _read()
    unit, staff = stage.offices[data["unit"]].unit, stage.staff
    policy = _policy(data, unit, staff.editor)
    explained = _interpretation(data, policy, staff.editor)
    bundle = pass_together(data["title"], [policy, explained], staff.editor, staff)
    schedule_bundle(bundle=bundle, at=_time(data), user=staff.reviewer)


def keep_released_young() -> None:
    """Its time lies as many days ahead as in the beginning."""
    near = timezone.now() + SOON
    waiting = ReleaseBundle.objects.filter(state=BundleState.SCHEDULED, publish_at__lt=near)
    for bundle in waiting.filter(title=_read()["title"]):
        bundle.publish_at = _time(_read())
        bundle.save(update_fields=["publish_at"])


def pass_together(title: str, pages: list[Any], writer: Any, staff: Staff) -> ReleaseBundle:
    """A release of the pages, with every step of the unit's review taken by the reviewer."""
    bundle = create_bundle(title=title, pages=pages, user=writer)
    hand_in_bundle(bundle=bundle, user=writer)
    while waiting := waiting_states(bundle):
        kind = type(waiting[0][1].task.specific)
        bundle = approve_bundle(
            bundle=bundle,
            user=staff.reviewer,
            states=[state.pk for _member, state in waiting],
            said=SAID.get(kind, {"comment": ""}),
        )
    return bundle


def publish_together(title: str, pages: list[Any], writer: Any, staff: Staff) -> None:
    """All of it, and at once."""
    bundle = pass_together(title, pages, writer, staff)
    publish_bundle(bundle=bundle, user=staff.reviewer)


def _read() -> dict[str, Any]:
    with (FOLDER / "stories" / "released.toml").open("rb") as file:
        return tomllib.load(file)


def _time(data: dict[str, Any]) -> datetime:
    day = timezone.localtime() + timedelta(days=data["in_days"])
    return day.replace(hour=data["hour"], minute=0, second=0, microsecond=0)


def _policy(data: dict[str, Any], unit: Any, editor: Any) -> PolicyPage:
    document, row = parse_text(read_document(data["document"])), dict(data["policy"])
    written_on = timezone.localdate() - timedelta(days=1)
    policy = PolicyPage(
        title=document.title,
        unit=unit,
        topic=PolicyTopic.objects.get(name=TOPIC),
        issuer="社溪镇人民政府（演示）",
        document_number=row.pop("document_number").format(year=written_on.year),
        written_on=written_on,
        body=json.dumps(raw_stream(flatten(document))),
        owner=editor,
        live=False,
        **row,
    )
    PolicyIndexPage.objects.get(unit=unit).add_child(instance=policy)
    policy.save_revision(user=editor, log_action=True)
    found: PolicyPage = PolicyPage.objects.get(pk=policy.pk)
    return found


def _interpretation(data: dict[str, Any], policy: PolicyPage, editor: Any) -> InterpretationPage:
    written = dict(data["interpretation"])
    page = InterpretationPage(
        **written.pop("elements"),
        **written,
        unit=policy.unit,
        owner=editor,
        body=json.dumps(_body(data, policy)),
        live=False,
    )
    page.subjects = [InterpretationSubject(subject=policy.page_ptr)]  # type: ignore[misc] # modelcluster's
    InterpretationIndexPage.objects.get(unit=policy.unit).add_child(instance=page)
    page.save_revision(user=editor, log_action=True)
    found: InterpretationPage = InterpretationPage.objects.get(pk=page.pk)
    return found


def _body(data: dict[str, Any], policy: PolicyPage) -> list[dict[str, Any]]:
    """Clauses are named by their first words."""

    def explaining(row: dict[str, Any]) -> dict[str, Any]:
        found = [
            next(one.id for one in policy.clauses if one.full_text.startswith(begins))
            for begins in row["clauses"]
        ]
        return {**row, "clauses": _rows("item", found)}

    asked = data["questions"]
    answers = _rows("item", [explaining(row) for row in asked["items"]])
    told = {"title": asked["title"], "items": answers}
    return [*_rows("questions", [told]), *_rows("story", [explaining(data["story"])])]


def _rows(kind: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": kind, "id": fresh_id(), "value": value} for value in values]
