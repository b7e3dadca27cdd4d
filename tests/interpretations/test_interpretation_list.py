"""The column of interpretations: filters by topic, form, year, unit, without a script; the feed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from interpretations.models import InterpretationPage
from tests.factories.consultation import make_draft, make_unit
from tests.factories.explaining import (
    make_interpretation,
    make_interpretation_index,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy, make_topic
from tests.interpretations.filtered_lists import choices, read_list, titles

pytestmark = pytest.mark.django_db


def listed(address: str = "/explained/", **chosen: Any) -> str:
    return read_list(address, **chosen)


@pytest.fixture
def pages() -> dict[str, InterpretationPage]:
    one, other = make_unit("民政办"), make_unit("教育办")
    meals = make_policy(unit=one)
    school = make_policy(unit=other, topic=make_topic("科技、教育"))
    asked = questions(question("收费吗？"))
    return {
        "助餐": make_interpretation(meals, title="助餐", body=[asked]),
        "校车": make_interpretation(school, meals, unit=other, title="校车", body=[story(), asked]),
        "草案": make_interpretation(make_draft(), unit=one, title="草案", body=[story()]),
        "未发": make_interpretation(meals, unit=make_unit("没有的"), title="未发", live=False),
    }


def test_the_latest_is_first_and_only_what_there_is_can_be_chosen(
    pages: dict[str, InterpretationPage],
) -> None:
    html = listed()
    year = f"{pages['助餐'].first_published_at:%Y}年"
    assert titles(html) == ["草案", "校车", "助餐"]
    assert choices(html, "topic") == ["全部", "科技、教育", "民政、扶贫、救灾"]
    assert choices(html, "form") == ["全部", "简明问答", "事例讲解"]
    assert choices(html, "year") == ["全部", year]
    assert choices(html, "unit") == ["全部", "民政办", "教育办"]


def test_each_filter_narrows_and_they_add_up(pages: dict[str, InterpretationPage]) -> None:
    welfare, school = make_topic().pk, make_topic("科技、教育").pk
    unit = pages["校车"].unit_id
    assert titles(listed(topic=welfare)) == ["校车", "助餐"]
    assert titles(listed(topic=school)) == ["校车"]
    assert titles(listed(form="story")) == ["草案", "校车"]
    assert titles(listed(unit=unit)) == ["校车"]
    assert titles(listed(form="questions", unit=pages["助餐"].unit_id)) == ["助餐"]
    assert titles(listed(form="comic", year="abc", topic="²")) == ["草案", "校车", "助餐"]


def test_pages_keep_what_is_chosen(pages: dict[str, InterpretationPage]) -> None:
    policy = make_policy()
    for _number in range(12):
        make_interpretation(policy)
    html = listed(form="questions")
    assert len(titles(html)) == 12
    assert 'href="?form=questions&amp;page=2"' in html
    assert len(titles(listed(form="questions", page=2))) == 2


def test_the_number_of_queries_is_constant() -> None:
    make_interpretation()
    counts = []
    for number in range(2):
        listed(again=number)
        with CaptureQueriesContext(connection) as queries:
            listed(form="questions", again=number)
        counts.append(len(queries))
        for _number in range(3):
            make_interpretation(make_policy(unit=make_unit()))
    assert counts[0] == counts[1]


def test_a_private_one_is_in_no_list_and_no_feed(pages: dict[str, InterpretationPage]) -> None:
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=pages["草案"], restriction_type=login)
    assert titles(listed()) == ["校车", "助餐"]
    reply = Client().get("/explained/feed/")
    text = reply.content.decode()
    assert reply["Content-Type"].startswith("application/rss+xml")
    assert re.findall(r"<item><title>([^<]*)", text) == ["校车", "助餐"]
    assert re.findall(r"<category>([^<]*)", text) == ["简明问答", "事例讲解", "简明问答"]


def test_without_any_the_column_says_so() -> None:
    make_interpretation_index()
    assert "还没有公布解读" in listed()
