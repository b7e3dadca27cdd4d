"""Questions of what is not public, or not for all, stand on no list and take no rating."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from interpretations.models import AnswerRating, InterpretationPage, PublicQuestion
from people.throttle import reset_limits
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.consultation import make_unit
from tests.factories.explaining import (
    fresh,
    make_interpretation,
    make_interpretation_index,
    question,
    questions,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[InterpretationPage], object]
OURS = {"Origin": "http://testserver"}


def restrict(page: Any, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


def unpublished(page: InterpretationPage) -> object:
    return page.unpublish()


def unpublished_in_bulk_with_its_column(page: InterpretationPage) -> object:
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    column = page.get_parent()
    return signed_in(chief).post(f"{address}?id={column.pk}", {"include_descendants": "on"})


def expired(page: InterpretationPage) -> object:
    InterpretationPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        return call_command("publish_scheduled")


def private(page: InterpretationPage) -> object:
    return restrict(page)


def behind_a_password(page: InterpretationPage) -> object:
    return restrict(page, PageViewRestriction.PASSWORD)


def in_a_private_column(page: InterpretationPage) -> object:
    return restrict(page.get_parent())


def moved_to_a_private_column(page: InterpretationPage) -> object:
    column = make_interpretation_index(make_unit("教育办"))
    restrict(column)
    return page.move(column, pos="last-child")


def asked_for(address: str) -> str:
    cache.clear()
    return Client().get(f"{address}questions/").content.decode()


@pytest.mark.parametrize(
    "route",
    [
        unpublished,
        unpublished_in_bulk_with_its_column,
        expired,
        private,
        behind_a_password,
        in_a_private_column,
        moved_to_a_private_column,
    ],
    ids=lambda route: route.__name__,
)
def test_what_is_not_for_all_is_neither_listed_nor_rated(route: Route) -> None:
    reset_limits()
    page = make_interpretation(body=[questions(question("收费吗？"))])
    rate = reverse("rate_answer", args=[page.pk, PublicQuestion.objects.get().anchor])
    assert Client().post(rate, {"useful": "yes"}, headers=OURS).status_code == 302
    assert "收费吗？" in asked_for("/explained/")
    route(fresh(page))
    assert "收费吗？" not in asked_for("/explained/")
    assert PublicQuestion.objects.exists() == fresh(page).live
    assert Client().post(rate, {"useful": "yes"}, headers=OURS).status_code == 404
    thanks = reverse("answer_rated", args=[page.pk, rate.split("/")[-2]])
    assert Client().get(thanks).status_code == 404
    assert list(AnswerRating.objects.values_list("useful", "useless")) == [(1, 0)]


def test_moved_to_another_units_column_it_stands_there() -> None:
    here, there = make_unit("民政办"), make_interpretation_index(make_unit("教育办"))
    page = make_interpretation(body=[questions(question("收费吗？"))], unit=here)
    page.move(there, pos="last-child")
    columns = [make_interpretation_index(here).url, there.url, "/explained/"]
    assert ["收费吗？" in asked_for(address) for address in columns] == [False, True, True]
