"""Stale answers where all questions stand together, and for search engines."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interpretations.enums import Validity
from interpretations.models import PublicQuestion, StaleItem
from interpretations.services.stale import confirm_current
from publishing.models import User
from tests.factories.explaining import fresh, make_interpretation, question, questions
from tests.factories.interpretations import publish_policy_again
from tests.interpretations.stale_cases import Case

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "内容待更新"


def read(address: str) -> str:
    """As after a publication: nothing is kept."""
    cache.clear()
    reply = Client().get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def marked() -> list[bool]:
    """Of each question of the list whether it bears the mark."""
    return [MARK in row for row in read("/explained/questions/").split('<li class="hit">')[1:]]


def in_search_engines(page: Any) -> list[str]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', read(page.url))
    return [row["name"] for row in json.loads(found[1])["mainEntity"]] if found else []


def repeal(policy: Any) -> None:
    day = timezone.localdate()
    publish_policy_again(policy, validity=Validity.REPEALED, validity_changed_on=day)


def test_the_answer_to_what_changed_bears_the_mark_until_it_is_settled() -> None:
    case, chief = Case(), User.objects.create_superuser("chief", "chief@example.com", "x")
    assert marked() == [False, False]
    case.change()
    assert marked() == [True, False]
    item = StaleItem.objects.get(kind="questions")
    confirm_current(pk=item.pk, version=item.new_version, user=chief)
    assert marked() == [False, False]


def test_a_repealed_policy_marks_all_of_its_answers_and_no_others() -> None:
    case = Case()
    make_interpretation(body=[questions(question("别的？"))])
    repeal(case.policy)
    assert marked() == [False, True, True]


def test_what_only_a_draft_refers_to_bears_no_mark() -> None:
    """The public answer says the same words, and names no clause that changed."""
    case = Case()
    page = fresh(case.page)
    body = list(page.body.raw_data)
    asked = body[1]["value"]["items"][1]["value"]
    asked["clauses"] = [{"type": "item", "id": "x", "value": case.clauses[2].id}]
    page.body = body
    page.save_revision()
    case.change(place=2)
    assert StaleItem.objects.get().title == "几点开门？"
    assert (marked(), MARK in read(case.page.url)) == ([False, False], False)


def test_search_engines_are_told_no_stale_answer() -> None:
    case = Case()
    assert in_search_engines(case.page) == ["收费吗？", "几点开门？"]
    case.change()
    assert in_search_engines(case.page) == ["几点开门？"]
    repeal(case.policy)
    assert in_search_engines(case.page) == []


def counted() -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        count = sum(marked())
    return count, len(seen)


def test_more_stale_answers_take_no_more_queries() -> None:
    first, second, third = Case(), Case(), Case()
    first.change()
    count, few = counted()
    second.change()
    repeal(third.policy)
    more, many = counted()
    assert (count, more, many) == (1, 4, few)
    assert PublicQuestion.objects.count() == 6
