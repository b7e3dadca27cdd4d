"""The demo's interpretation: its policy in all forms, with drawings and a film made here."""

import json
import tomllib
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from interpretations.film.captions import Cue
from interpretations.film.enums import CaptionLanguage
from interpretations.leaflet.printing import LeafletRefused
from interpretations.models import (
    InterpretationChange,
    InterpretationIndexPage,
    InterpretationPage,
    InterpretationSubject,
    PolicyPage,
    Video,
)
from interpretations.services.leaflets import make_leaflet
from interpretations.services.videos import set_captions
from interpretations.tasks import transcode_task
from portal.demo.film.tasks import SECONDS, draw_film
from portal.demo.people import Staff
from portal.demo.pictures import store
from portal.demo.stories import FOLDER
from publishing.clauses.clause import fresh_id


class _Author:
    """Writes the body: clauses are named by their first words, pictures by their scene."""

    def __init__(self, policy: PolicyPage, user: Any) -> None:
        self.policy, self.user = policy, user
        self.collection = Collection.objects.get(name=policy.unit.name)  # type: ignore[union-attr] # it has one

    def body(self, written: dict[str, Any]) -> list[dict[str, Any]]:
        film = self._film(written["video"])
        comic, asked = written["comic"], written["questions"]
        panels = _items([self._panel(row) for row in comic["panels"]])
        answers = _items([self._explaining(row) for row in asked["items"]])
        shown = {**written["infographic"], "image": None, "alt": ""}
        shown["table"] = {"data": shown["table"], "first_row_is_table_header": True}
        return [
            _block("comic", {"title": comic["title"], "panels": panels}),
            *([_block("video", film)] if film else []),
            _block("questions", {"title": asked["title"], "items": answers}),
            _block("story", self._explaining(written["story"])),
            _block("infographic", self._explaining(shown)),
        ]

    def clause(self, begins: str) -> str:
        """The id of the clause. StopIteration: the demo names one that isn't there."""
        return next(one.id for one in self.policy.clauses if one.full_text.startswith(begins))

    def _explaining(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "clauses": _items([self.clause(one) for one in row.get("clauses", [])])}

    def _panel(self, row: dict[str, Any]) -> dict[str, Any]:
        image: Any = store(row["scene"], row["alt"], self.collection)
        told = {name: row[name] for name in ("alt", "description")}
        lines = _items(row["lines"])
        clauses = self._explaining(row)["clauses"]
        return {"image": image.pk, "lines": lines, "clauses": clauses, **told}

    def _film(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The video's block; None where there is no ffmpeg to make one."""
        content = draw_film()
        if content is None:
            return None
        video = Video(type="video", title=row["title"], collection=self.collection)
        video.uploaded_by_user, video.transcript = self.user, "\n".join(row["captions"])
        video.file.save("film.mp4", ContentFile(content), save=False)
        video.save()
        transcode_task(video.pk)
        video.refresh_from_db()
        length = SECONDS / len(row["captions"])
        cues = [
            Cue(place * length, (place + 1) * length - 0.1, words)
            for place, words in enumerate(row["captions"])
        ]
        set_captions(video=video, language=CaptionLanguage.CHINESE, cues=cues, user=self.user)
        return self._explaining({"video": video.pk, "clauses": row["clauses"]})


def write_interpretation(policy: PolicyPage, staff: Staff) -> InterpretationPage:
    """Written by the unit's writer, to be published with its policy."""
    with (FOLDER / "stories" / "parking-explained.toml").open("rb") as file:
        written = tomllib.load(file)
    unit: Any = policy.unit
    writer = staff.writer(unit)
    author = _Author(policy, writer)
    page = InterpretationPage(
        **{name: written[name] for name in ("title", "slug", "summary")},
        **written["elements"],
        unit=unit,
        owner=writer,
        body=json.dumps(author.body(written)),
        live=False,
    )
    page.subjects = [InterpretationSubject(subject=policy.page_ptr)]  # type: ignore[misc] # modelcluster's
    page.changes = [  # type: ignore[misc] # modelcluster's
        InterpretationChange(**{**row, "clause": author.clause(row["clause"])})
        for row in written["changes"]
    ]
    InterpretationIndexPage.objects.get(unit=unit).add_child(instance=page)
    page.save_revision(user=writer, log_action=True)
    found: InterpretationPage = InterpretationPage.objects.get(pk=page.pk)
    return found


def print_leaflet(staff: Staff) -> None:
    """One that is there to be looked at; none where the machine has no Pango or no Chinese font."""
    page = InterpretationPage.objects.get(slug="parking-explained")
    with suppress(LeafletRefused):
        make_leaflet(page=page, user=staff.writer(page.unit))  # type: ignore[arg-type] # it has one


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "id": fresh_id(), "value": value}


def _items(values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "id": fresh_id(), "value": value} for value in values]
