"""What is the same for everyone is kept until it must change; anything else never."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from portal.page_cache import forget_pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PUBLIC = "public, max-age=30"
_numbers: Iterator[int] = count()


def answer(control: str) -> HttpResponse:
    return HttpResponse(str(next(_numbers)), headers={"Cache-Control": control})


def same_for_all(request: HttpRequest) -> HttpResponse:
    return answer(PUBLIC)


def with_token(request: HttpRequest) -> HttpResponse:
    get_token(request)
    return answer(PUBLIC)


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = answer(PUBLIC)
    response.set_cookie("seen", "1")
    return response


def with_session(request: HttpRequest) -> HttpResponse:
    request.session.get("anything")
    return answer(PUBLIC)


def with_user(request: HttpRequest) -> HttpResponse:
    bool(request.user.is_authenticated)
    return answer(PUBLIC)


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(next(_numbers)))


def private(request: HttpRequest) -> HttpResponse:
    return answer("private, max-age=30")


def turning(request: HttpRequest) -> HttpResponse:
    return answer("public, max-age=0")


def publishing_meanwhile(request: HttpRequest) -> HttpResponse:
    response = answer(PUBLIC)
    forget_pages()
    return response


def failing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(next(_numbers)), status=404, headers={"Cache-Control": PUBLIC})


KEPT = [same_for_all]
NEVER_KEPT = [
    with_token,
    with_cookie,
    with_session,
    with_user,
    silent,
    private,
    turning,
    failing,
]
urlpatterns = [path(f"{view.__name__}/", view) for view in KEPT + NEVER_KEPT]
urlpatterns += [path("cms/page/", same_for_all), path("meanwhile/", publishing_meanwhile)]


def texts(client: Client, address: str, times: int = 2, **headers: Any) -> list[str]:
    return [client.get(address, **headers).content.decode() for _ in range(times)]


def test_a_public_page_is_made_once_for_everyone(client: Client) -> None:
    (first, second) = texts(client, "/same_for_all/")
    client.cookies["sessionid"] = "whoever"
    assert texts(client, "/same_for_all/") == [first, first]
    assert first == second


@pytest.mark.parametrize("view", NEVER_KEPT, ids=lambda view: view.__name__)
def test_what_may_be_ones_own_is_made_anew(client: Client, view: Any) -> None:
    first, second = texts(client, f"/{view.__name__}/")
    assert first != second


def test_the_admin_is_never_kept(client: Client) -> None:
    first, second = texts(client, "/cms/page/")
    assert first != second


def test_a_post_is_neither_answered_from_the_cache_nor_kept(client: Client) -> None:
    first = client.get("/same_for_all/").content
    assert client.post("/same_for_all/").content != first
    assert client.get("/same_for_all/").content == first


def test_the_elder_version_is_kept_apart(client: Client) -> None:
    standard = texts(client, "/same_for_all/")
    elder = texts(client, "/elder/same_for_all/")
    assert (len(set(standard)), len(set(elder)), len(set(standard + elder))) == (1, 1, 2)


def test_addresses_with_parameters_are_kept_apart(client: Client) -> None:
    pages = texts(client, "/same_for_all/?page=1") + texts(client, "/same_for_all/?page=2")
    assert len(set(pages)) == 2


def test_a_page_is_kept_for_its_time_and_says_what_remains_of_it(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first = client.get("/same_for_all/")
        clock.shift(20)
        kept = client.get("/same_for_all/")
        clock.shift(11)
        later = client.get("/same_for_all/")
    assert (kept.content, later.content != first.content) == (first.content, True)
    assert [int(part.headers["Cache-Control"].split("max-age=")[1]) for part in (first, kept)] == [
        30,
        10,
    ]
    assert not kept.has_header("Age")


def test_a_publication_makes_all_pages_new_once_it_is_committed(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    before = client.get("/same_for_all/").content
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        forget_pages()
        assert client.get("/same_for_all/").content == before
    for callback in callbacks:
        callback()
    assert client.get("/same_for_all/").content != before


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_being_made_when_something_was_published_is_not_kept(
    client: Client,
) -> None:
    first, second = texts(client, "/meanwhile/")
    assert first != second


def test_a_cache_that_lost_everything_begins_anew(client: Client) -> None:
    before = client.get("/same_for_all/").content
    cache.clear()
    after = texts(client, "/same_for_all/")
    assert (before.decode() in after, len(set(after))) == (False, 1)
