"""The questions of many public interpretations at once."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail.models import Page

from interpretations.enums import Element
from interpretations.models.interpretation_page import InterpretationPage
from interpretations.models.interpretation_parts import InterpretationSubject
from interpretations.models.public_question import PublicQuestion


def public_questions() -> QuerySet[Any]:
    """Those that anybody may read."""
    readable = InterpretationPage.objects.live().public()
    return PublicQuestion.objects.filter(page__in=readable.order_by().values("pk"))


def questions_below(column: Page) -> QuerySet[Any]:
    """Those of a column with their page and what it explains, of the latest page first; long texts
    are not read."""
    own = InterpretationPage.objects.descendant_of(column).order_by().values("pk")
    readable = Page.objects.live().public()
    subjects = InterpretationSubject.objects.filter(subject__in=readable).select_related("subject")
    long = ("page__body", *(f"page__{element.value}" for element in Element))
    rows = public_questions().filter(page__in=own).select_related("page").defer(*long)
    found: QuerySet[Any] = rows.prefetch_related(Prefetch("page__subjects", subjects)).order_by(
        "-page__first_published_at", "page", "place"
    )
    return found
