"""A draft's register: its row is the lock, its opinions' numbers go on by one.

The two statements that every submission waits for are composed once: under the lock each
millisecond is one for all who send at the same time.
"""

from typing import Any

from django.db.models import QuerySet

from consultation.models import DecisionDraftPage, Opinion
from people.statements import Statement

NOT_PUBLISHED = "这份草案尚未公布，不能登记意见。"


class SubmissionRefused(Exception):
    """An opinion can't be taken; ``message`` tells the person why, in Chinese.

    ``field``: the field of the form that it is about, if it is about one.
    """

    field: str | None = None

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def locked_draft(pk: int) -> DecisionDraftPage:
    """The draft, its row locked for the transaction: numbers and the period hold still.

    Its text, which is long, is read when needed. NO KEY: rows that refer to the draft may be
    written meanwhile.
    """
    drafts = DecisionDraftPage.objects.select_for_update(of=("self",), no_key=True)
    found = drafts.defer("body", "explanation").filter(pk=pk).first()
    if found is None or not found.versions.exists():
        raise SubmissionRefused(NOT_PUBLISHED)
    return found


def lock_period(pk: int) -> DecisionDraftPage:
    """The same with nothing read but what tells whether the draft is open."""
    found: DecisionDraftPage | None = _PERIOD.find(pk)
    if found is None:
        raise SubmissionRefused(NOT_PUBLISHED)
    return found


def next_number(draft: DecisionDraftPage) -> int:
    """The next number of the draft's one register. Call with the draft locked."""
    highest = _HIGHEST.rows(draft.pk)
    return int(highest[0][0]) + 1 if highest else 1


def _locked_period(draft: int) -> QuerySet[DecisionDraftPage]:
    drafts = DecisionDraftPage.objects.select_for_update(of=("self",), no_key=True)
    return drafts.only("live", "opening_day", "closing_day").filter(pk=draft)


def _highest(draft: int) -> QuerySet[Any, Any]:
    return Opinion.objects.filter(draft=draft).order_by("-number").values_list("number")[:1]


_PERIOD = Statement(_locked_period, int)
_HIGHEST = Statement(_highest, int)
