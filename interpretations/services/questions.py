"""The questions that stand together on one page, and what readers say of the answers."""

import re
from typing import Any

from django.db import transaction
from django.db.models import F

from interpretations.mentions import questions_in
from interpretations.models import AnswerRating, InterpretationPage, PublicQuestion
from publishing.text import rich_text_words

_BLOCK_ENDS = re.compile(r"</(?:p|li|ul|ol|h[2-6])>|<br ?/?>")
_COLUMNS = ("anchor", "place", "title", "answer")


@transaction.atomic
def keep_questions(*, page: InterpretationPage) -> None:
    """Has the rows say what the public page asks and answers; nothing is written where they do.

    One by one: that is how each row reaches the search index.
    """
    wanted = _rows_of(page)
    rows = PublicQuestion.objects.filter(page=page)
    if list(rows.values_list(*_COLUMNS)) == wanted:
        return
    rows.delete()
    for values in wanted:
        PublicQuestion.objects.create(page=page, **dict(zip(_COLUMNS, values, strict=True)))


@transaction.atomic
def rate_answer(*, question: PublicQuestion, is_useful: bool) -> None:
    """Counts one more. Nothing else is stored."""
    name: dict[str, Any] = {"page_id": question.page_id, "anchor": question.anchor}
    AnswerRating.objects.get_or_create(**name)
    column = "useful" if is_useful else "useless"
    AnswerRating.objects.filter(**name).update(**{column: F(column) + 1})


def _rows_of(page: InterpretationPage) -> list[tuple[Any, ...]]:
    """One for each question that has a name of its own."""
    found = {str(one.key): one for one in reversed(questions_in(page.body.raw_data)) if one.key}
    rows = reversed(found.items())
    return [
        (key, place, one.question.strip(), _plain(one.answer))
        for place, (key, one) in enumerate(rows)
    ]


def _plain(answer: str) -> str:
    """Without tags; what stood in blocks of its own stays apart."""
    return " ".join(rich_text_words(_BLOCK_ENDS.sub(" ", answer)).split())
