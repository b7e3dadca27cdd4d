"""Which parts of an interpretation explain which clause.

Read from the raw data of the body: a page that lists what explains its clauses must not load
pictures and films for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from interpretations.enums import Form


class Mention(NamedTuple):
    """One part that explains one clause. ``anchor``: where it stands on the interpretation's
    page."""

    clause: str
    form: Form
    title: str
    anchor: str


def anchor(block_id: Any) -> str:
    return f"b-{block_id}"


class Part(NamedTuple):
    """A panel, an answer, or a block that is one thing: what can explain clauses. ``clauses``: what
    it refers to, each with the id of the reference; ``value``: as Wagtail stores it."""

    key: str
    form: Form
    title: str
    clauses: list[tuple[str, str]]
    value: dict[str, Any]


def parts_in(raw: Iterable[dict[str, Any]], films: Mapping[int, str] | None = None) -> list[Part]:
    """All of them, in the order of the body. ``films``: the titles of videos, where known."""
    known = [block for block in raw if block["type"] in Form.values]
    return [part for block in known for part in _of_block(block, films or {})]


def mentions_in(
    raw: Iterable[dict[str, Any]], films: Mapping[int, str] | None = None
) -> list[Mention]:
    """All of them, in the order of the body."""
    return [
        Mention(clause, part.form, part.title, anchor(part.key))
        for part in parts_in(raw, films)
        for clause, _reference in part.clauses
    ]


def films_in(raw: Iterable[dict[str, Any]]) -> list[int]:
    """The ids of the videos of a body, in its order."""
    films = [block["value"] for block in raw if block["type"] == Form.VIDEO.value]
    return [int(film["video"]) for film in films if film.get("video")]


def _of_block(block: dict[str, Any], films: Mapping[int, str]) -> Iterator[Part]:
    form, value = Form(block["type"]), block["value"]
    if form is Form.COMIC:
        for number, (panel, key) in enumerate(_items(value.get("panels")), 1):
            yield _part(panel, form, f"{value.get('title', '')}第{number}格", key)
    elif form is Form.QUESTIONS:
        for item, key in _items(value.get("items")):
            yield _part(item, form, item.get("question", ""), key)
    else:
        title = value.get("title") or films.get(value.get("video") or 0) or str(form.label)
        yield _part(value, form, title, block.get("id"))


def _part(value: dict[str, Any], form: Form, title: str, key: Any) -> Part:
    clauses = [(clause, str(own)) for clause, own in _items(value.get("clauses")) if clause]
    return Part(str(key), form, title, clauses, value)


def _items(rows: Any) -> Iterator[tuple[Any, Any]]:
    """The values of a list as Wagtail stores it, each with its id."""
    for row in rows or []:
        yield row["value"], row.get("id")


class Asked(NamedTuple):
    """A question with its answer as rich text. ``key``: the block id."""

    key: Any
    question: str
    answer: str


def questions_in(raw: Iterable[dict[str, Any]]) -> list[Asked]:
    """Every question of a body, in its order."""
    return [
        Asked(key, item.get("question") or "", item.get("answer") or "")
        for block in raw
        if block["type"] == Form.QUESTIONS.value
        for item, key in _items(block["value"].get("items"))
    ]
