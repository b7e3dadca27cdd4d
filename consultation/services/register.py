"""A draft's register: its row is the lock, its opinions' numbers go on by one.

The two statements that every submission waits for are composed once: under the lock each
millisecond is one for all who send at the same time.
"""

from functools import cache

from django.db import connection

from consultation.models import DecisionDraftPage, Opinion

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
    for found in DecisionDraftPage.objects.raw(_locking(connection.vendor), [pk]):
        return found
    raise SubmissionRefused(NOT_PUBLISHED)


def next_number(draft: DecisionDraftPage) -> int:
    """The next number of the draft's one register. Call with the draft locked."""
    with connection.cursor() as cursor:
        cursor.execute(_highest(connection.vendor), [draft.pk])
        row = cursor.fetchone()
    return int(row[0]) + 1 if row else 1


@cache
def _locking(vendor: str) -> str:
    drafts = DecisionDraftPage.objects.select_for_update(of=("self",), no_key=True)
    period = drafts.only("live", "opening_day", "closing_day").filter(pk=0)
    return str(period.query.sql_with_params()[0])


@cache
def _highest(vendor: str) -> str:
    numbers = Opinion.objects.filter(draft=0).order_by("-number").values_list("number")
    return str(numbers[:1].query.sql_with_params()[0])
