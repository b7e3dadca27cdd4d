"""What the demo tells, read from its files: three drafts, each with all that happens to it.

Days are counted from the opening day of the draft (0); ``Story.days`` is the day that is today.
"""

import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Identities that stay the same through all loads, whatever an editor renames.
_NAMESPACE = uuid.UUID("5b0d7a52-5e0c-4f0e-9d6f-2f6f0f3a9c11")


@dataclass(frozen=True, eq=False)
class Said:
    """One opinion: on which clause (how that begins; empty: the whole draft), and its fate.

    ``group`` names the response that it is summed up in; one that has a group is reviewed.
    """

    text: str
    on: str = ""
    group: str = ""
    review: str = ""
    note: str = ""
    withdrawn: int | None = None
    parts: tuple["Said", ...] = ()

    @property
    def is_reviewed(self) -> bool:
        return bool(self.group or self.review)


@dataclass(frozen=True, eq=False)
class Arrived:
    """One submission. ``late``: days between receiving it and entering it."""

    serial: int
    day: int
    channel: str
    opinions: tuple[Said, ...]
    name: str = ""
    kind: str = "individual"
    phone: bool = True
    email: bool = False
    place: str = ""
    late: int = 0
    held: bool = False


@dataclass(frozen=True)
class Summed:
    """A response; without an outcome it is not decided yet."""

    day: int
    key: str
    summary: str
    outcome: str = ""
    reason: str = ""
    wording: str = ""


@dataclass(frozen=True)
class Called:
    """A day on which staff phone those whom no message reached, but for the last ``leave``."""

    day: int
    kind: str
    note: str
    leave: int = 0


@dataclass(frozen=True)
class Story:
    """One draft and its way until today."""

    document: str
    slug: str
    unit: str
    category: str
    period: int
    days: int
    lookup: int
    summary: str
    explanation: str
    basis: list[dict[str, str]]
    contacts: list[dict[str, str]]
    ways: list[dict[str, str]]
    submissions: tuple[Arrived, ...]
    attachment: str = ""
    corrections: list[dict[str, Any]] = field(default_factory=list)
    extensions: list[dict[str, Any]] = field(default_factory=list)
    responses: tuple[Summed, ...] = ()
    calls: tuple[Called, ...] = ()
    result: Mapping[str, Any] | None = None
    policies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> uuid.UUID:
        """The identity of the draft page."""
        return uuid.uuid5(_NAMESPACE, self.slug)

    def submission_key(self, arrived: Arrived) -> uuid.UUID:
        """The idempotency key of a submission."""
        return uuid.uuid5(self.key, str(arrived.serial))

    def text(self) -> str:
        """The document, as an editor would import it."""
        return read_document(self.document)


def read_document(name: str) -> str:
    """One of the demo's documents, as an editor would import it."""
    return (FOLDER / "documents" / name).read_text(encoding="utf-8")


def read_stories() -> list[Story]:
    """The three drafts: open, being decided, answered."""
    return [_story(number, name) for number, name in enumerate(("meals", "waste", "parking"))]


def read_township() -> dict[str, Any]:
    """The site, its columns, units, pages and templates."""
    with (FOLDER / "township.toml").open("rb") as file:
        return tomllib.load(file)


def _story(number: int, name: str) -> Story:
    with (FOLDER / "stories" / f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    arrivals = enumerate(data.pop("submissions"), start=100 * number + 1)
    return Story(
        **{name: data.pop(name, []) for name in ("corrections", "extensions", "policies")},
        submissions=tuple(_arrived(serial, row) for serial, row in arrivals),
        responses=tuple(Summed(**row) for row in data.pop("responses", [])),
        calls=tuple(Called(**row) for row in data.pop("calls", [])),
        **data,
    )


def _arrived(serial: int, row: dict[str, Any]) -> Arrived:
    opinions = tuple(_said(row.pop("opinions")))
    return Arrived(serial=serial, opinions=opinions, **row)


def _said(rows: list[dict[str, Any]]) -> Iterator[Said]:
    for row in rows:
        parts = tuple(_said(row.pop("parts", [])))
        yield Said(parts=parts, **row)
