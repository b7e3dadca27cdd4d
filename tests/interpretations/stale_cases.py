"""A policy of three clauses, explained in every form, whose clauses change."""

from dataclasses import replace
from typing import Any

from interpretations.models import StaleItem
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText
from tests.factories.consultation import make_clauses
from tests.factories.explaining import (
    comic,
    fresh,
    infographic,
    make_interpretation,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy, publish_policy_again


def reworded(clauses: list[ClauseText], place: int, text: str) -> list[ClauseText]:
    rows = [*clauses]
    rows[place] = replace(rows[place], text=text)
    return rows


def say(policy: Any, clauses: list[ClauseText]) -> None:
    publish_policy_again(policy, body=raw_stream(clauses))


def shown(page: Any = None) -> list[tuple[str, str, str | None]]:
    """What waits: kind, title, and the words of now."""
    rows = StaleItem.objects.waiting().order_by("pk")
    rows = rows.filter(page=page.pk) if page else rows
    return [(r.kind, r.title, r.new_clause.text if r.new_clause else None) for r in rows]


class Case:
    """A policy of three clauses, the second of which is explained in every form."""

    def __init__(self, live: bool = True) -> None:
        self.clauses = [row for row in make_clauses() if row.commentable][:3]
        self.policy = make_policy(clauses=self.clauses)
        first, second = self.clauses[0].id, self.clauses[1].id
        self.body = [
            comic(panel(make_picture(), [second]), panel(make_picture(), [first])),
            questions(question("收费吗？", clauses=[second]), question("几点开门？")),
            story([second]),
            infographic([second]),
        ]
        self.page = make_interpretation(
            self.policy,
            body=self.body,
            changes=[{"before": "没有规定", "after": "免费", "clause": second}],
            live=live,
        )

    def change(self, text: str = "改过的文字。", place: int = 1) -> None:
        self.clauses = reworded(self.clauses, place, text)
        say(self.policy, self.clauses)

    def publish(self, **fields: Any) -> None:
        page = fresh(self.page)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()


ALL_FORMS = [
    ("comic", "看图懂停车第1格"),
    ("questions", "收费吗？"),
    ("story", "赶集"),
    ("infographic", "车位"),
    ("change", "免费"),
]
