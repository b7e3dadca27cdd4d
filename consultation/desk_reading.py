"""What the page of one opinion shows around it: the clause as it was, neighbours, history."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from consultation.models import Opinion, OpinionQuerySet, Response
from publishing.clauses.clause import ClauseText
from publishing.clauses.redline import ClauseChange, redline

NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class SpokenTo:
    """What an opinion speaks of: the clause in the version it was said to, and what became of it.

    ``change`` is None while the clause reads as it did; ``removed`` if it is gone.
    """

    version: int
    then: ClauseText
    latest: int
    change: ClauseChange | None
    removed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history: when, who, what, on what."""

    when: Any
    who: str
    what: str
    on: str


def spoken_to(opinion: Opinion) -> SpokenTo | None:
    """The clause as it was and is (C1, C2); None for an opinion on the whole draft."""
    if opinion.clause is None:
        return None
    wanted = str(opinion.clause.block_id)
    latest = opinion.draft.versions.first()
    if latest is None:
        raise LookupError("an opinion on a draft that was never published")
    then = _clause(opinion.version.clause_texts, wanted)
    if then is None:
        # Said to a clause that an earlier version had dropped: its last words are in its row.
        row = opinion.clause
        then = ClauseText(id=wanted, kind="clause", text=row.text)
        return SpokenTo(opinion.version.number, then, latest.number, None, removed=True)
    now = _clause(latest.clause_texts, wanted)
    change = redline([then], [now] if now else [])[0]
    return SpokenTo(
        opinion.version.number,
        then,
        latest.number,
        None if change.op == "same" else change,
        removed=now is None,
    )


def _clause(clauses: list[ClauseText], wanted: str) -> ClauseText | None:
    return next((clause for clause in clauses if clause.id == wanted), None)


def others_on_clause(opinion: Opinion) -> tuple[list[Opinion], int]:
    """The nearest other opinions on the same clause, in order of number, and how many there are."""
    others = Opinion.objects.filter(draft=opinion.draft_id, clause=opinion.clause_id)
    others = others.counted().exclude(pk=opinion.pk).select_related("response")
    total = others.count()
    before = list(others.filter(pk__lt=opinion.pk).order_by("-pk")[:NEIGHBOURS])
    after = list(others.filter(pk__gt=opinion.pk).order_by("pk")[:NEIGHBOURS])
    half = NEIGHBOURS // 2
    before = before[: max(half, NEIGHBOURS - len(after))]
    return [*before[::-1], *after[: NEIGHBOURS - len(before)]], total


def beside(opinion: Opinion, chosen: OpinionQuerySet) -> dict[str, int | None]:
    """The ids of the next and the previous opinion of the list (newest first) it was opened from.

    They are found by the place of this one, also when it no longer fits the list's filters.
    """
    ids = chosen.values_list("pk", flat=True)
    return {
        "newer": ids.filter(pk__gt=opinion.pk).order_by("pk").first(),
        "older": ids.filter(pk__lt=opinion.pk).order_by("-pk").first(),
    }


def beside_response(response: Response, chosen: QuerySet[Response]) -> dict[str, int | None]:
    """The ids of the previous and the next response of the list, within the draft, by number."""
    ids = chosen.filter(draft=response.draft_id).values_list("pk", flat=True)
    return {
        "before": ids.filter(number__lt=response.number).order_by("-number").first(),
        "after": ids.filter(number__gt=response.number).order_by("number").first(),
    }


def history(*rows: Model | None) -> list[Step]:
    """What the audit trail says of the rows, the latest first (rule G2)."""
    where = Q(pk__in=())
    for row in filter(None, rows):
        kind = ContentType.objects.get_for_model(row)
        where |= Q(content_type=kind, object_id=str(row.pk))
    entries = (
        ModelLogEntry.objects.filter(where).select_related("user").order_by("-timestamp", "-pk")
    )
    return [_step(entry) for entry in entries]


def _step(entry: ModelLogEntry) -> Step:
    formatter = registry.get_formatter(entry)
    what = formatter.format_message(entry) if formatter else entry.action
    who = str(entry.user) if entry.user else "系统"
    return Step(entry.timestamp, who, str(what), entry.label)


def undoable(response: Response) -> bool:
    """Whether there is a decision to take back."""
    decisions = ModelLogEntry.objects.for_instance(response)
    return bool(decisions.filter(action="consultation.decide").exists())
