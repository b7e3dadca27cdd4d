"""The questions of all public interpretations on one page, found by Chinese words."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction
from wagtail.search.backends import get_search_backend

from interpretations.models import InterpretationPage, PublicQuestion
from publishing.clauses.clause import fresh_id
from tests.factories.consultation import make_unit
from tests.factories.explaining import (
    fresh,
    make_interpretation,
    make_interpretation_index,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy

pytestmark = pytest.mark.django_db


def listed(address: str = "/explained/", **asked: Any) -> str:
    reply = Client().get(f"{address}questions/?{urlencode(asked)}")
    assert reply.status_code == 200
    return reply.content.decode()


def asked_in(html: str) -> list[str]:
    found = re.findall(r'class="hit__title"><a href="[^"]*">(.*?)</a>', html, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", one).strip() for one in found]


def rows() -> list[tuple[str, str]]:
    return list(PublicQuestion.objects.order_by("place").values_list("title", "answer"))


@pytest.fixture
def page() -> InterpretationPage:
    return make_interpretation(
        body=[
            story(),
            questions(
                question("集市日停车收费吗？", "<p>前两小时<b>免费</b>。</p><p>以后收费。</p>"),
                question("电动车在哪里充电？", "<p>到充电棚。</p>"),
            ),
        ]
    )


def test_rows_follow_what_is_public(page: InterpretationPage) -> None:
    assert rows() == [
        ("集市日停车收费吗？", "前两小时免费。 以后收费。"),
        ("电动车在哪里充电？", "到充电棚。"),
    ]
    page.body[1].value["items"][1]["question"] = "电动车能在家充电吗？"
    page.save_revision()
    assert rows()[1][0] == "电动车在哪里充电？"
    fresh(page).get_latest_revision().publish()
    assert rows()[1][0] == "电动车能在家充电吗？"
    fresh(page).unpublish()
    assert (rows(), asked_in(listed())) == ([], [])
    fresh(page).get_latest_revision().publish()
    assert len(rows()) == 2
    fresh(page).delete()
    assert rows() == []


def test_publishing_the_same_again_writes_nothing(page: InterpretationPage) -> None:
    before = list(PublicQuestion.objects.values_list("pk", flat=True))
    page.title = "另一个标题"
    page.save_revision().publish()
    assert list(PublicQuestion.objects.values_list("pk", flat=True)) == before


def test_a_word_within_running_chinese_is_found_in_question_and_answer(
    page: InterpretationPage,
) -> None:
    assert asked_in(listed(q="充电")) == ["电动车在哪里充电？"]
    assert asked_in(listed(q="充电棚")) == ["电动车在哪里充电？"]
    assert asked_in(listed(q="免费")) == ["集市日停车收费吗？"]
    assert asked_in(listed(q="停车 收费")) == ["集市日停车收费吗？"]
    assert asked_in(listed(q="医保")) == []
    assert "没有找到这样的问题" in listed(q="医保")
    assert "<mark>充电</mark>" in listed(q="充电")


def test_what_has_the_word_in_its_question_stands_first() -> None:
    make_interpretation(body=[questions(question("收费吗？", "<p>停车免费。</p>"))])
    make_interpretation(body=[questions(question("停车去哪里？", "<p>集市。</p>"))])
    make_interpretation(body=[questions(question("多久？", "<p>停车两小时。</p>"))])
    assert asked_in(listed(q="停车")) == ["停车去哪里？", "多久？", "收费吗？"]


def test_each_leads_to_its_answer_its_interpretation_and_the_policy() -> None:
    policy, hidden = make_policy(title="停车办法"), make_policy(title="未公布的")
    page = make_interpretation(policy, hidden, body=[questions(question("收费吗？"))])
    hidden.unpublish()
    html, row = listed(), PublicQuestion.objects.get()
    assert f'<a href="{page.url}#b-{row.anchor}">' in html
    assert f'id="b-{row.anchor}"' in Client().get(page.url).content.decode()
    assert re.findall(r'class="from__link" href="([^"]*)"', html) == [page.url, policy.url]
    assert f'href="{page.get_parent().get_parent().url}questions/"' in column_of(page)


def column_of(page: Any) -> str:
    return Client().get(page.get_parent().get_parent().url).content.decode()


def test_a_units_column_has_its_own_and_private_pages_are_left_out() -> None:
    one, other = make_unit("民政办"), make_unit("教育办")
    make_interpretation(unit=one, body=[questions(question("助餐收费吗？"))])
    shut = make_interpretation(unit=other, body=[questions(question("校车收费吗？"))])
    assert asked_in(listed(make_interpretation_index(one).url)) == ["助餐收费吗？"]
    assert len(asked_in(listed())) == 2
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=shut, restriction_type=login)
    assert asked_in(listed(again=1)) == ["助餐收费吗？"]
    assert asked_in(listed(q="收费")) == ["助餐收费吗？"]


def test_too_long_a_question_is_told_and_the_list_stays(page: InterpretationPage) -> None:
    html = listed(q="长" * 101)
    assert ("最多 100 个字" in html, len(asked_in(html))) == (True, 2)


def make_many(pages: int, each: int) -> None:
    """As after many publications, without the way there."""
    for number in range(pages):
        page = make_interpretation(body=[questions(question(f"第{number}份收费吗？"))])
        more = [
            PublicQuestion(
                page=page,
                anchor=fresh_id(),
                place=place,
                title=f"第{number}份第{place}问停车吗？",
                answer="可以停。",
            )
            for place in range(1, each)
        ]
        PublicQuestion.objects.bulk_create(more)
    get_search_backend().get_index_for_model(PublicQuestion).add_items(
        PublicQuestion, PublicQuestion.objects.all()
    )


def counted(**asked: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        html = listed(**asked)
    assert len(asked_in(html)) >= 1
    # Bodies are long; not one is read.
    assert not [
        row for row in queries if '"interpretations_interpretationpage"."body"' in row["sql"]
    ]
    return len(queries)


def test_hundreds_cost_as_many_queries_as_a_few() -> None:
    make_many(2, 2)
    listed()
    few = [counted(again=1), counted(q="停车")]
    make_many(8, 50)
    assert PublicQuestion.objects.count() == 404
    many = [counted(again=2), counted(q="停车", page=3)]
    assert many == few
    assert re.findall(r"共 (\d+)", listed(again=3)) == ["404", "21"]
    assert len(asked_in(listed(page=21))) == 4
