"""The search page: live public pages of this site, in Chinese, page by page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from portal.models import HomePage, InformationPage
from portal.search import PAGE_SIZE
from tests.factories.consultation import make_home

pytestmark = pytest.mark.django_db


def page(title: str, body: str = "<p>正文</p>", *, live: bool = True) -> InformationPage:
    return make_home().add_child(instance=InformationPage(title=title, body=body, live=live))


def titles(client: Client, query: str, number: int = 1) -> list[str]:
    answer = client.get("/search/", {"q": query, "page": number})
    assert answer.status_code == 200
    found = re.findall(r'hit__title"><a href="[^"]+">(.*?)</a>', answer.content.decode(), re.S)
    return [re.sub(r"<[^>]+>|\s", "", title) for title in found]


def test_pages_are_found_by_what_stands_in_them(client: Client) -> None:
    page("停车办法", "<p>夜间停车收费</p>")
    page("别的")
    assert titles(client, "夜间停车") == ["停车办法"]


def test_the_words_are_marked(client: Client) -> None:
    page("停车办法", "<p>夜间停车收费</p>")
    text = client.get("/search/", {"q": "停车"}).content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", text) == ["停车", "停车"]


def test_what_is_not_public_is_not_found(client: Client) -> None:
    page("停车草稿", live=False)
    hidden = page("停车内部")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    other = Page.objects.get(depth=1).add_child(instance=HomePage(title="另一站", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=other)
    other.add_child(instance=InformationPage(title="别站停车", body="<p>正文</p>"))
    assert titles(client, "停车") == []


def test_many_pages_are_shown_page_by_page(client: Client) -> None:
    for number in range(PAGE_SIZE + 2):
        page(f"停车{number}")
    make_home()
    first, second = titles(client, "停车"), titles(client, "停车", 2)
    assert (len(first), len(second), len(set(first + second))) == (PAGE_SIZE, 2, PAGE_SIZE + 2)
    assert 'href="?q=%E5%81%9C%E8%BD%A6&amp;page=2"' in client.get(
        "/search/", {"q": "停车"}
    ).content.decode().replace("&amp;amp;", "&amp;")


@pytest.mark.parametrize("query", ["", "，。", "没有这个词", "'\"\\ & | !", "%", "\x00"])
def test_nothing_found_is_an_answer_too(client: Client, query: str) -> None:
    page("停车")
    assert titles(client, query) == []


def test_a_query_too_long_is_refused_and_kept(client: Client) -> None:
    make_home()
    text = client.get("/search/", {"q": "停" * 101}).content.decode()
    assert "搜索词最多 100 个字，现在有 101 个，请缩短。" in text
    assert "停" * 101 in text


def test_a_query_is_shown_and_never_run(client: Client) -> None:
    make_home()
    assert (
        "<script>alert(1)"
        not in client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    )


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999"])
def test_any_page_number_is_answered(client: Client, number: str) -> None:
    page("停车")
    assert client.get("/search/", {"q": "停车", "page": number}).status_code == 200


def test_as_many_queries_for_ten_pages_as_for_two(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(2):
        page(f"停车{number}")
    titles(client, "停车")  # what is kept between requests is there from now on
    with CaptureQueriesContext(connection) as few:
        titles(client, "停车")
    for number in range(2, PAGE_SIZE):
        page(f"停车{number}")
    with django_assert_num_queries(len(few)):
        assert len(titles(client, "停车")) == PAGE_SIZE


def test_it_is_asked_by_address_alone(client: Client) -> None:
    """The page of hits was taken for a page of the site, and the answer to a POST was an error."""
    page("便民服务")
    assert client.post("/search/", {"q": "便民"}).status_code == 405
