"""有帮助 / 没帮助: counts and nothing else, on a page that is the same for all."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import PageViewRestriction

from interpretations.models import AnswerRating, InterpretationPage, PublicQuestion
from people.throttle import reset_limits
from publishing.models import User
from tests.factories.explaining import fresh, make_interpretation, question, questions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OURS = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _nothing_is_counted_yet() -> None:
    reset_limits()


@pytest.fixture
def page() -> InterpretationPage:
    return make_interpretation(body=[questions(question("收费吗？"), question("多久？"))])


def address(page: InterpretationPage, place: int = 0) -> str:
    row = PublicQuestion.objects.get(page=page, place=place)
    return reverse("rate_answer", args=[page.pk, row.anchor])


def click(path: str, useful: str = "yes", **headers: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(path, {"useful": useful}, headers=headers or OURS)


def counts() -> list[tuple[int, int]]:
    return list(AnswerRating.objects.order_by("pk").values_list("useful", "useless"))


def test_the_page_has_a_form_for_each_answer_and_sets_no_cookie(page: InterpretationPage) -> None:
    reply = Client().get(page.url)
    forms = re.findall(r'<form class="rating[^>]*action="([^"]*)"', reply.content.decode())
    assert forms == [address(page, 0), address(page, 1)]
    assert (len(reply.cookies), "csrf" in reply.content.decode()) == (0, False)
    assert reply["Cache-Control"] == "public, max-age=30"
    assert "Cookie" not in reply.get("Vary", "")


def test_clicks_are_counted_and_nothing_else_is_stored(page: InterpretationPage) -> None:
    replies = [click(address(page), useful) for useful in ("yes", "yes", "no")]
    assert {reply.status_code for reply in replies} == {302}
    assert [len(reply.cookies) for reply in replies] == [0, 0, 0]
    assert counts() == [(2, 1)]
    assert {field.name for field in AnswerRating._meta.fields} == {
        *("id", "page", "anchor", "useful", "useless")
    }
    thanks = Client().get(replies[0]["Location"])
    row = PublicQuestion.objects.get(page=page, place=0)
    assert f'href="{page.url}#b-{row.anchor}"' in thanks.content.decode()
    assert (len(thanks.cookies), "谢谢" in thanks.content.decode()) == (0, True)
    assert counts() == [(2, 1)], "thanks are no click"


def test_a_get_changes_nothing(page: InterpretationPage) -> None:
    assert Client().get(f"{address(page)}?useful=yes").status_code == 405
    assert Client().head(address(page)).status_code == 405
    assert counts() == []


CLICKS: list[tuple[dict[str, str], int]] = [
    ({"Origin": "http://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Referer": "http://elsewhere.example/x"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"User-Agent": "program"}, 403),
    ({"Referer": "http://[broken"}, 403),
    ({"Referer": "http://testserver/explained/"}, 302),
    ({"Sec-Fetch-Site": "same-origin"}, 302),
]


def test_only_our_own_page_counts(page: InterpretationPage) -> None:
    got = [click(address(page), **headers).status_code for headers, _status in CLICKS]
    assert got == [status for _headers, status in CLICKS]
    assert counts() == [(2, 0)]


def test_what_is_no_answer_of_a_public_page_is_not_there(page: InterpretationPage) -> None:
    path = address(page)
    assert click(path, "maybe").status_code == 400
    assert click(reverse("rate_answer", args=[page.pk, "nothing"])).status_code == 404
    login = PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=login)
    assert click(path).status_code == 404
    restriction.delete()
    fresh(page).unpublish()
    assert click(path).status_code == 404
    assert counts() == []


def test_too_many_are_refused_with_a_reason(page: InterpretationPage) -> None:
    once = {"rate": {"pair": ["1/day"]}}
    with override_settings(THROTTLE_LIMITS=once):
        assert click(address(page)).status_code == 302
        refused = click(address(page))
        other = click(address(page, 1))
    assert (refused.status_code, other.status_code) == (429, 302)
    assert "操作过于频繁" in refused.content.decode()
    assert int(refused["Retry-After"]) > 0
    assert counts() == [(1, 0), (1, 0)]


def test_counts_stay_when_the_page_is_published_anew(page: InterpretationPage) -> None:
    click(address(page))
    page.body[0].value["items"][0]["question"] = "还收费吗？"
    page.save_revision().publish()
    click(address(page))
    assert counts() == [(2, 0)]


def test_editors_see_the_counts(page: InterpretationPage, client: Client) -> None:
    click(address(page), "no")
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "<td>收费吗？</td><td>0</td><td>1</td>" in html
    assert "<td>多久？</td><td>0</td><td>0</td>" in html


def test_a_click_counts_for_cached_pages_too(page: InterpretationPage) -> None:
    cache.clear()
    first, second = (Client().get(page.url).content for _again in range(2))
    assert first == second
    assert click(address(page)).status_code == 302
