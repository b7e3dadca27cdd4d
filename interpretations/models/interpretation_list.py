"""Many interpretations at once: which are public, by what they can be chosen, what they explain."""

from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from wagtail.models import Page

from interpretations.enums import Form
from interpretations.mentions import Mention, mentions_in
from interpretations.models.interpretation_page import InterpretationPage
from interpretations.models.interpretation_parts import InterpretationSubject
from interpretations.models.topic import PolicyTopic
from interpretations.models.video import Video


class Explanation(NamedTuple):
    """A part of a public interpretation that explains a clause."""

    page: InterpretationPage
    mention: Mention


def public_interpretations(below: Page) -> QuerySet[Any]:
    """The public interpretations below a page, the latest first. The long texts are not read."""
    rows = InterpretationPage.objects.descendant_of(below).live().public()
    subjects = InterpretationSubject.objects.select_related("subject")
    rows = rows.select_related("unit").prefetch_related(Prefetch("subjects", subjects))
    found: QuerySet[Any] = rows.defer("body").order_by("-first_published_at", "-pk")
    return found


def topics_of(rows: QuerySet[Any]) -> QuerySet[PolicyTopic]:
    """The topics of the policies that are explained, in the order of the list."""
    topics = rows.order_by().values("subjects__subject__policypage__topic")
    return PolicyTopic.objects.filter(pk__in=topics)


def years_of(rows: QuerySet[Any]) -> list[int]:
    """The years of publication, the latest first."""
    days = rows.exclude(first_published_at=None).order_by()
    return [day.year for day in days.datetimes("first_published_at", "year", order="DESC")]


def forms_of(rows: QuerySet[Any]) -> list[Form]:
    """The forms that at least one has."""
    noted = ",".join(rows.order_by().values_list("public_forms", flat=True).distinct())
    return [form for form in Form if f",{form.value}," in f",{noted},"]


def interpretations_of(subject: Page) -> list[InterpretationPage]:
    """The public interpretations of a policy or a draft, the latest first."""
    rows = InterpretationPage.objects.live().public().filter(subjects__subject=subject.pk)
    return list(rows.distinct().order_by("-first_published_at", "-pk"))


def explanations_of(pages: list[InterpretationPage]) -> dict[str, list[Explanation]]:
    """By block id of the clause, what explains it."""
    found: dict[str, list[Explanation]] = {}
    ids = {number for page in pages for number in page.video_ids}
    films = Video.objects.titles(ids)
    for page in pages:
        for mention in mentions_in(page.body.raw_data, films):
            found.setdefault(mention.clause, []).append(Explanation(page, mention))
    return found
