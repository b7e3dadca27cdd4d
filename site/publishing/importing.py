"""From a text that an editor has before him to the clauses of a page: propose, then import."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.functional import cached_property

from publishing.clauses.blocks import clauses_of, raw_stream
from publishing.clauses.clause import ClauseText
from publishing.clauses.document import Block, Document, ParseWarning
from publishing.clauses.flatten import flatten
from publishing.clauses.matching import match
from publishing.clauses.parser import parse_text
from publishing.clauses.redline import ClauseChange, redline
from publishing.forms.importing import ALL_PARTS
from publishing.ids import parse_id

MOST_CLAUSES = 3_000
"""Each is some seven fields of the editor's form, which has DATA_UPLOAD_MAX_NUMBER_FIELDS."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One block of the preview: its depth in the outline (0 outermost) and its warnings."""

    block: Block
    depth: int
    warnings: tuple[ParseWarning, ...]


@dataclass
class Proposal:
    """What an import would do: the outline, the clauses with old identities kept, the redline."""

    document: Document
    old: list[ClauseText]
    part: str = ALL_PARTS
    most = MOST_CLAUSES

    @property
    def is_too_long(self) -> bool:
        """Whether the editor's form of the page could not be saved any more."""
        return len(self.clauses) > MOST_CLAUSES

    @cached_property
    def clauses(self) -> list[ClauseText]:
        return match(self.old, flatten(self._chosen()))

    @cached_property
    def changes(self) -> list[ClauseChange]:
        """The redline against what the page holds; empty where it holds nothing."""
        return redline(self.old, self.clauses) if self.old else []

    @cached_property
    def mark(self) -> str:
        """Differs from that of another proposal; new clauses have other identities each time."""
        new = [replace(clause, id="") for clause in self.clauses]
        return hashlib.sha256(repr((self.old, new)).encode()).hexdigest()

    @property
    def changed(self) -> list[ClauseChange]:
        return [change for change in self.changes if change.op != "same"]

    @property
    def commentable(self) -> int:
        """How many clauses people could speak to."""
        return sum(clause.commentable for clause in self.clauses)

    @cached_property
    def outline(self) -> list[OutlineLine]:
        """The blocks in reading order, each warning at the last block that begins before it."""
        lines = list(self._lines())
        waiting = sorted(self.document.warnings, key=lambda warning: warning.line)
        placed: list[OutlineLine] = []
        for at, (block, depth) in enumerate(lines):
            until = lines[at + 1][0].line if at + 1 < len(lines) else None
            mine = [w for w in waiting if until is None or w.line < until]
            waiting = waiting[len(mine) :]
            placed.append(OutlineLine(block, depth, tuple(mine)))
        return placed

    def _lines(self) -> Iterator[tuple[Block, int]]:
        blocks = [block for part in self._chosen().parts for block in part.blocks]
        stack = [(block, 0) for block in reversed(blocks)]
        while stack:
            block, depth = stack.pop()
            yield block, depth
            stack += [(child, depth + 1) for child in block.children[::-1]]

    def _chosen(self) -> Document:
        """The document, or the one part of it that the editor wants."""
        parts, wanted = self.document.parts, parse_id(self.part)
        if wanted is None or wanted >= len(parts):
            return self.document
        return Document(title=self.document.title, parts=[parts[wanted]])


def propose_import(*, page: Any, text: str, part: str) -> Proposal:
    """What importing the text into the page's latest draft would do; nothing is written."""
    document = parse_text(text)
    return Proposal(document, clauses_of(page.body), _known_part(document, part))


def _known_part(document: Document, part: str) -> str:
    """The part that was chosen; without a choice the last one, since a notice comes before the
    document that it issues."""
    if len(document.parts) < 2:
        return ALL_PARTS
    known = [ALL_PARTS, *(str(place) for place in range(len(document.parts)))]
    return part if part in known else known[-1]


@transaction.atomic
def import_clauses(*, page: Any, proposal: Proposal, user: Any) -> Any:
    """Put the proposed clauses into the page as a draft revision; returns the revision."""
    page.body = json.dumps(raw_stream(proposal.clauses))
    page.take_facts(proposal.document)
    return page.save_revision(user=user, log_action=True)
