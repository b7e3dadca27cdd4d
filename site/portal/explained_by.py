"""What joins drafts with the interpretations that explain them (rule P3)."""

from typing import Any

from interpretations.models.interpretation_list import interpretations_of
from publishing.kept import kept


def explaining(subject: Any, named: Any = ()) -> list[Any]:
    """The public interpretations of the page, without those that it names itself; kept for
    visitors."""
    if subject.pk is None:
        return []
    found = kept("explained by", subject.pk, make=lambda: interpretations_of(subject))
    known = {page.pk for page in named}
    return [page for page in found if page.pk not in known]
