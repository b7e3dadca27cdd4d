"""The column of policies: filters by topic, year, unit, which need no script; pages; the feed."""

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from interpretations.models import PolicyPage
from tests.factories.consultation import make_unit
from tests.factories.interpretations import make_policy, make_policy_index, make_topic
from tests.interpretations.filtered_lists import choices, read_list, titles

pytestmark = pytest.mark.django_db


def listed(address: str = "/policies/", **chosen: Any) -> str:
    return read_list(address, **chosen)


@pytest.fixture
def policies() -> dict[str, PolicyPage]:
    one, other = make_unit("民政办"), make_unit("教育办")
    school = make_topic("科技、教育")
    return {
        "助餐": make_policy(unit=one, title="助餐", written_on=date(2025, 5, 1)),
        "补助": make_policy(unit=one, title="补助", written_on=date(2026, 1, 5)),
        "校车": make_policy(unit=other, title="校车", topic=school, written_on=date(2026, 2, 5)),
        "草稿": make_policy(unit=other, title="草稿", topic=make_topic("国防"), live=False),
    }


def test_the_latest_document_is_first(policies: dict[str, PolicyPage]) -> None:
    assert titles(listed()) == ["校车", "补助", "助餐"]
    assert titles(listed(policies["助餐"].get_parent().url)) == ["补助", "助餐"]


def test_only_what_some_policy_has_can_be_chosen(policies: dict[str, PolicyPage]) -> None:
    html = listed()
    assert choices(html, "topic") == ["全部", "科技、教育", "民政、扶贫、救灾"]
    assert choices(html, "year") == ["全部", "2026年", "2025年"]
    assert choices(html, "unit") == ["全部", "民政办", "教育办"]


def test_each_filter_narrows_and_they_add_up(policies: dict[str, PolicyPage]) -> None:
    school, welfare = make_topic("科技、教育").pk, make_topic().pk
    unit = policies["校车"].unit_id
    assert titles(listed(topic=school)) == ["校车"]
    assert titles(listed(year=2026)) == ["校车", "补助"]
    assert titles(listed(unit=unit)) == ["校车"]
    assert titles(listed(year=2026, topic=welfare)) == ["补助"]
    nothing = listed(year=2025, topic=school)
    assert (titles(nothing), "没有符合条件的文件" in nothing) == ([], True)


def test_a_value_that_nobody_offers_narrows_nothing(policies: dict[str, PolicyPage]) -> None:
    for name, value in product(
        ("topic", "year", "unit"), ("", "0", "abc", "²", "9" * 30, "2026年")
    ):
        assert titles(listed(**{name: value})) == ["校车", "补助", "助餐"], (name, value)


def test_what_is_chosen_stays_chosen_from_page_to_page() -> None:
    unit, topic = make_unit(), make_topic()
    for _number in range(13):
        make_policy(unit=unit)
    html = listed(topic=topic.pk, year=2026)
    assert len(titles(html)) == 12
    assert f'href="?topic={topic.pk}&amp;year=2026&amp;page=2"' in html
    assert f'<option value="{topic.pk}" selected>' in html
    assert len(titles(listed(topic=topic.pk, year=2026, page=2))) == 1


def test_the_number_of_queries_is_constant() -> None:
    unit, column = make_unit(), make_policy_index()
    make_policy(unit=unit)
    counts = []
    for _round in range(2):
        listed(column.url, year=2025)
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"{column.url}?year=2026&again={len(counts)}")
        counts.append(len(queries))
        for number in range(3):
            make_policy(unit=make_unit(), topic=make_topic(f"主题{number}"))
    assert counts[0] == counts[1]


def test_a_private_policy_is_in_no_list_and_no_choice(policies: dict[str, PolicyPage]) -> None:
    private = policies["校车"]
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=private, restriction_type=login)
    html = listed()
    assert (titles(html), choices(html, "unit")) == (["补助", "助餐"], ["全部", "民政办"])


def test_the_feed_has_the_latest_publications_first(policies: dict[str, PolicyPage]) -> None:
    reply = Client().get("/policies/feed/")
    text = reply.content.decode()
    assert reply["Content-Type"].startswith("application/rss+xml")
    assert re.findall(r"<item><title>([^<]*)", text) == ["校车", "补助", "助餐"]
    assert "成文日期：2026年2月5日" in text
    assert policies["校车"].full_url in text
    assert "草稿" not in text


def test_without_policies_the_column_says_so() -> None:
    make_policy_index()
    assert "还没有公布文件" in listed()
