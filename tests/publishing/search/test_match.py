"""Chinese is found in running text on PostgreSQL and on SQLite alike."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.paginator import Paginator
from modelsearch.query import MATCH_ALL, Not, Phrase, PlainText
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from portal.models import HomePage, InformationPage
from publishing.search import match, title_first

pytestmark = pytest.mark.django_db

RARE = "\U0002a6d6\U00030edd\U000323af"
# A query that is full of operators, and whether the page "医疗保险" holds its words.
HOSTILE = [
    ("'", 0),
    ('"', 0),
    ('"医疗', 1),
    ("医疗'", 1),
    ("\\", 0),
    ("医疗 & !", 1),
    ("<->", 0),
    ("a:*", 0),
    ("医疗*", 1),
    ("NOT OR AND NEAR(", 0),
    ("body : 医疗", 0),
    ("{title} : x", 0),
    ("^医疗", 1),
    ("%", 0),
    ("_", 0),
    ("医\x00疗", 1),
    ("x" * 5000, 0),
    ("医" * 5000, 0),
    ("医疗 " * 500, 1),
    (" ".join(f"词{number}" for number in range(500)), 0),
]


@pytest.fixture
def home() -> HomePage:
    return Page.get_first_root_node().add_child(instance=HomePage(title="首页", slug="shouye"))


def page(home: HomePage, title: str, body: str = "<p>正文</p>") -> InformationPage:
    return home.add_child(instance=InformationPage(title=title, body=body))


def found(query: str) -> list[str]:
    pages = match(Page.objects.filter(depth=3), query).order_by("title")
    return list(pages.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("医疗保险", "<p>完善城乡居民医疗保险制度。</p>"),
        ("医疗", "<p>完善城乡居民医疗保险制度。</p>"),
        ("度", "<p>完善城乡居民医疗保险制度。</p>"),
        ("完", "<p>完善城乡居民医疗保险制度。</p>"),
        ("社府发〔2022〕3号", "<p>依据社府发（2022）3号文件</p>"),
        ("社府发2022", "<p>依据社府发（2022）3号文件</p>"),
        ("2022年", "<p>截至 2022 年底</p>"),
        ("标准目录", "<p>公开标准 目录</p>"),
        ("ｗｉｆｉ", "<p>全镇WiFi覆盖</p>"),
        (RARE, f"<p>姓{RARE}的同志</p>"),
        (RARE[1], f"<p>姓{RARE}的同志</p>"),
        ("居民 制度", "<p>完善城乡居民医疗保险制度。</p>"),
        ("标题 制度", "<p>完善城乡居民医疗保险制度。</p>"),
        ("制度。第二", "<p>完善制度。</p><p>第二段</p>"),
    ],
)
def test_found(home: HomePage, query: str, body: str) -> None:
    page(home, "标题", body)
    page(home, "别的", "<p>毫不相干</p>")
    assert found(query) == ["标题"]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("医疗保险", "<p>医疗机构，疗保中心，保险公司</p>"),
        ("险保", "<p>医疗保险</p>"),
        ("3号", "<p>社府发（2022）13号</p>"),
        ("202", "<p>2022</p>"),
        ("医疗 住房", "<p>医疗保险</p>"),
        ("，。", "<p>医疗，保险。</p>"),
        ("", "<p>医疗保险</p>"),
        (RARE[2] + RARE[0], f"<p>{RARE}</p>"),
    ],
)
def test_not_found(home: HomePage, query: str, body: str) -> None:
    page(home, "标题", body)
    assert found(query) == []


def test_what_stands_deep_in_a_long_text_is_found(home: HomePage) -> None:
    filling = "".join(chr(0x4E00 + number % 900) for number in range(40_000))
    page(home, "长文", f"<p>{'工作、' * 400}{filling}最后谈医疗保险工作。</p>")
    assert (found("医疗保险工作"), found("医疗保险劳作")) == (["长文"], [])


@pytest.mark.slow
def test_a_text_too_large_for_the_index_is_saved_all_the_same(home: HomePage) -> None:
    body = "".join(
        f"{chr(0x4E00 + n % 20000)}{chr(0x4E00 + n // 37 % 20000)}" for n in range(250_000)
    )
    page(home, "巨文", f"<p>医疗保险</p><p>{body}</p>")
    assert found("医疗保险") == ["巨文"]


@pytest.mark.parametrize(("query", "expected"), HOSTILE)
def test_no_query_breaks_or_means_anything_else(home: HomePage, query: str, expected: int) -> None:
    page(home, "医疗保险")
    pages = Page.objects.all()
    assert [
        match(pages, query).count(),
        pages.search(query).count(),
        pages.autocomplete(query).count(),
    ] == [expected] * 3


def test_any_word_of_a_hostile_page_can_be_indexed(home: HomePage) -> None:
    page(home, "'\"\\&|!", f"<p>{'x' * 5000} 医疗\\'\"</p>")
    assert (found("x" * 5000), found("医疗")) == (["'\"\\&|!"], ["'\"\\&|!"])


def test_the_result_is_an_ordinary_queryset(home: HomePage) -> None:
    for number in range(25):
        page(home, f"医疗{number:02}")
    result = match(InformationPage.objects.filter(title__lt="医疗20"), "医疗").order_by("-title")
    second = Paginator(result, 8).page(2)
    assert [entry.title for entry in second] == [f"医疗{number:02}" for number in range(11, 3, -1)]
    assert second.paginator.count == 20


def test_pages_with_the_words_in_their_title_come_first(home: HomePage) -> None:
    first = page(home, "医疗保险办法")
    second = page(home, "另一个", "<p>医疗保险</p>")
    third = page(home, "医疗保险问答")
    ordered = title_first(match(Page.objects.all(), "医疗保险").order_by("-pk"), "医疗保险")
    assert list(ordered.values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]


def test_the_index_follows_changes(home: HomePage) -> None:
    changed = page(home, "旧", "<p>医疗保险</p>")
    changed.body = "<p>住房保障</p>"
    changed.save()
    assert (found("医疗保险"), found("住房保障")) == ([], ["旧"])
    changed.delete()
    assert found("住房保障") == []


def test_wagtails_own_search_finds_and_orders_alike(home: HomePage) -> None:
    in_text = page(home, "甲", "<p>医疗保险</p>")
    in_title = page(home, "医疗保险")
    results = Page.objects.search("医疗保险")
    assert ([entry.pk for entry in results], results.count()) == ([in_title.pk, in_text.pk], 2)
    assert [entry.pk for entry in results[1:]] == [in_text.pk]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PlainText("医疗 住房", operator="or"), ["住房", "医疗"]),
        (PlainText("医疗") & ~PlainText("住房"), ["医疗"]),
        (PlainText("医疗") | PlainText("住房"), ["住房", "医疗"]),
        (Phrase("医疗"), ["医疗"]),
        (Not(PlainText("医疗")), ["住房"]),
        (MATCH_ALL, ["住房", "医疗"]),
        (PlainText("!"), []),
    ],
)
def test_wagtails_query_trees(home: HomePage, query: Any, expected: list[str]) -> None:
    page(home, "医疗")
    page(home, "住房")
    pages = InformationPage.objects.all()
    assert sorted(entry.title for entry in pages.search(query)) == expected


def test_named_fields_are_looked_up_in_their_columns(home: HomePage) -> None:
    page(home, "甲", "<p>医疗保险</p>")
    titled = page(home, "医疗保险")
    results = InformationPage.objects.search("医疗", fields=["title"])
    assert [entry.pk for entry in results] == [titled.pk]


@pytest.mark.parametrize(("typed", "expected"), [("医", 1), ("疗保", 1), ("wago", 1), ("agon", 0)])
def test_autocomplete(home: HomePage, typed: str, expected: int) -> None:
    page(home, "医疗保险 wagon")
    assert Page.objects.autocomplete(typed).count() == expected


def test_documents_images_and_users_are_found_too() -> None:
    document = Document.objects.create(title="医疗保险办法", file=ContentFile(b"x", "a.txt"))
    image = Image.objects.create(title="医疗宣传画", file=get_test_image_file())
    assert list(Document.objects.search("疗保险")) == [document]
    assert list(Image.objects.search("宣传")) == [image]
    assert list(match(Image.objects.all(), "画")) == [image]


def test_a_facet_counts_what_was_found(home: HomePage) -> None:
    page(home, "医疗甲")
    page(home, "医疗乙")
    results = Page.objects.search("医疗")
    assert dict(results.facet("live")) == {True: 2}
