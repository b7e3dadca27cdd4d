"""What a process keeps of pages: their bytes for their time, nothing after it, nobody's changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.http import http_date

from portal import near_cache
from portal.near_cache import LARGEST, MOST, NearCache

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Counting:
    """A shared cache that counts how often it is asked."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}
        self.asked = 0

    def get(self, key: str, default: Any = None) -> Any:
        self.asked += 1
        return self.held.get(key, default)

    def set(self, key: str, value: Any, timeout: float | None = None) -> None:
        self.held[key] = value


@pytest.fixture(autouse=True)
def _empty() -> None:
    near_cache.forget()


def page(text: str = "页面", seconds: int = 20) -> HttpResponse:
    expires = http_date((NOON + timedelta(seconds=seconds)).timestamp())
    return HttpResponse(text, headers={"Expires": expires})


def test_a_page_is_fetched_once_and_then_again_when_its_time_is_over() -> None:
    far = Counting()
    far.set("key", page())
    with time_machine.travel(NOON, tick=False) as clock:
        first = [NearCache(far).get("key").content for _ in range(3)]
        asked = far.asked
        clock.shift(20)
        far.held.clear()
        gone = NearCache(far).get("key")
    assert (first, asked, gone) == ([page().content] * 3, 1, None)


def test_what_is_done_to_an_answer_stays_with_it() -> None:
    far = Counting()
    far.set("key", page())
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            answer = NearCache(far).get("key")
            assert not answer.has_header("X-Request-ID")
            answer["X-Request-ID"] = "someone's"


def test_what_the_shared_cache_lacks_is_asked_again() -> None:
    far = Counting()
    assert [NearCache(far).get("key"), NearCache(far).get("key", "otherwise")] == [
        None,
        "otherwise",
    ]
    assert far.asked == 2


def test_a_page_too_large_is_left_to_the_shared_cache() -> None:
    far = Counting()
    far.set("key", page("x" * LARGEST))
    with time_machine.travel(NOON, tick=False):
        assert [len(NearCache(far).get("key").content) for _ in range(2)] == [LARGEST] * 2
    assert far.asked == 2


def test_the_oldest_make_room() -> None:
    far = Counting()
    for number in range(MOST + 1):
        far.set(str(number), ["a header"])
        NearCache(far).get(str(number))
    asked = far.asked
    NearCache(far).get(str(MOST))
    assert far.asked == asked
    NearCache(far).get("0")
    assert far.asked == asked + 1


@pytest.mark.django_db
def test_nothing_is_near_while_the_shared_cache_is_away(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: False)
    asked: list[str] = []
    monkeypatch.setattr(NearCache, "get", lambda self, key, default=None: asked.append(key))
    client.get("/styleguide/")
    assert asked == []
    monkeypatch.undo()
    monkeypatch.setattr(NearCache, "get", lambda self, key, default=None: asked.append(key))
    client.get("/styleguide/")
    assert asked != []
