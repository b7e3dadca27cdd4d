"""What a leaflet shows, as plain data: the template prints it, and its digest tells whether the
page still says the same."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from interpretations.charting import bars_of, table_rows
from interpretations.enums import CaseKind
from interpretations.policy_facts import in_words
from interpretations.stale_marks import StaleMarks, marks_of
from publishing.models import SiteProfile

FEW = 4
"""Up to so many panels of a comic are printed large, two in a row; more of them three in a row."""
IMAGE = "portal-image:"
"""The scheme by which the sheet names a picture; only ``printing`` knows what it leads to."""

Shown = dict[str, Any]


def leaflet_content(page: Any) -> Shown:
    """The page's row: what is public of it."""
    marks = marks_of(page)
    profile = SiteProfile.for_site(page.get_site())
    return {
        "title": page.title,
        "summary": page.summary,
        "unit": str(page.unit or ""),
        "host": profile.host_organisation,
        "site": profile.site_title,
        "address": page.full_url or "",
        "sources": _sources(page),
        "whole": [item.new_words for item in marks.items if item.is_whole],
        "blocks": [shown for block in page.body for shown in _block(block, marks)],
    }


def content_digest(shown: Shown) -> str:
    """The SHA-256, hex. Neither the day of printing nor the number of the version is in it."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def pictures_of(page: Any) -> dict[str, Any]:
    """The images that the leaflet shows, by their address in it."""
    found: dict[str, Any] = {}
    for block in page.body:
        if block.block_type == "comic":
            images = [panel["image"] for panel in block.value["panels"]]
        else:
            images = [block.value["image"]] if block.block_type == "infographic" else []
        found |= {f"{IMAGE}{image.pk}": image for image in images if image}
    return found


def _sources(page: Any) -> list[Shown]:
    """What is explained: its title, number, office and day, as far as anybody may read it."""
    ids = [row.subject_id for row in page.subjects.all()]
    rows = list(Page.objects.live().public().filter(pk__in=ids).specific())
    rows.sort(key=lambda row: ids.index(row.pk))
    return [
        {
            "title": row.title,
            "number": getattr(row, "document_number", ""),
            "office": getattr(row, "issuer", "") or str(getattr(row, "unit", None) or ""),
            "day": in_words(getattr(row, "written_on", None)),
        }
        for row in rows
    ]


def _block(block: Any, marks: StaleMarks) -> list[Shown]:
    """What paper can show of it; films and files are named, the code leads to them."""
    show = _SHOWN.get(block.block_type)
    if show is None:
        return []
    stale = {item.part: item.name for item in marks.items if item.part}
    shown = {"kind": block.block_type, "stale": stale.get(str(block.id), "")}
    return [shown | show(block.value, stale)]


def _comic(value: Any, stale: Mapping[str, str]) -> Shown:
    panels = [
        {
            "image": f"{IMAGE}{panel.value['image'].pk}" if panel.value["image"] else "",
            "file": panel.value["image"].file_hash if panel.value["image"] else "",
            "alt": panel.value["alt"],
            "lines": [{"who": row["who"], "words": row["words"]} for row in panel.value["lines"]],
            "text": panel.value["description"],
            "stale": stale.get(str(panel.id), ""),
        }
        for panel in value["panels"].bound_blocks
    ]
    beside = 2 if len(panels) <= FEW else 3
    rows = [panels[start : start + beside] for start in range(0, len(panels), beside)]
    return {"title": value["title"], "rows": rows, "beside": beside}


def _questions(value: Any, stale: Mapping[str, str]) -> Shown:
    items = [
        {
            "question": item.value["question"],
            "answer": expand_db_html(item.value["answer"].source),
            "stale": stale.get(str(item.id), ""),
        }
        for item in value["items"].bound_blocks
    ]
    return {"title": value["title"], "items": items}


def _story(value: Any, stale: Mapping[str, str]) -> Shown:
    kind = CaseKind(value["kind"] or CaseKind.COMPOSED)
    label = "真实案例" if kind is CaseKind.REAL else "情景案例（为说明政策编写）"
    told = {name: value[name] for name in ("title", "who", "what", "result")}
    return {"label": label, **told}


def _infographic(value: Any, stale: Mapping[str, str]) -> Shown:
    image, rows = value["image"], table_rows(value["table"])
    return {
        "title": value["title"],
        "image": f"{IMAGE}{image.pk}" if image else "",
        "file": image.file_hash if image else "",
        "alt": value["alt"],
        "table": rows,
        "with_chart": bool(value["with_chart"]) and bars_of(rows) is not None,
        "text": value["text"],
    }


def _words(value: Any, stale: Mapping[str, str]) -> Shown:
    return {"text": expand_db_html(value["text"].source)}


def _quote(value: Any, stale: Mapping[str, str]) -> Shown:
    return {"words": value["words"], "source": value["source"]}


def _table(value: Any, stale: Mapping[str, str]) -> Shown:
    return {"title": value["caption"], "table": table_rows(value["table"])}


def _video(value: Any, stale: Mapping[str, str]) -> Shown:
    return {"title": value["video"].title if value["video"] else ""}


def _document(value: Any, stale: Mapping[str, str]) -> Shown:
    return {"title": value["title"]}


_SHOWN: dict[str, Callable[[Any, Mapping[str, str]], Shown]] = {
    "comic": _comic,
    "questions": _questions,
    "story": _story,
    "infographic": _infographic,
    "words": _words,
    "quote": _quote,
    "table": _table,
    "video": _video,
    "document": _document,
}
