"""Many policies at once: which are public, and by what they can be chosen."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from interpretations.models.policy_page import PolicyPage
from interpretations.models.topic import PolicyTopic


def public_policies(below: Page) -> QuerySet[Any]:
    """The public policies below a page, the latest document first. The long texts are not read."""
    policies = PolicyPage.objects.descendant_of(below).live().public()
    return policies.select_related("unit", "topic").defer("body").order_by("-written_on", "-pk")


def topics_of(policies: QuerySet[Any]) -> QuerySet[PolicyTopic]:
    """The topics that the policies have, in the order of the list."""
    return PolicyTopic.objects.filter(pk__in=policies.order_by().values("topic"))


def years_of(policies: QuerySet[Any]) -> list[int]:
    """The years of the documents' dates, the latest first."""
    dates = policies.exclude(written_on=None).order_by().dates("written_on", "year", order="DESC")
    return [day.year for day in dates]
