"""A Redis that is down, hangs or refuses costs speed, never a page."""

import pytest

from portal.forgiving_cache import ForgivingRedisCache
from tests.servers.silent import silent


@pytest.fixture(autouse=True)
def _nothing_failed_yet() -> None:
    ForgivingRedisCache._silent_until = 0.0


def cache_at(address: str) -> ForgivingRedisCache:
    options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    return ForgivingRedisCache(address, {"OPTIONS": options})


def test_what_stands_for_an_answer_while_redis_refuses() -> None:
    cache = cache_at("redis://127.0.0.1:1/0")
    assert [
        cache.get("a", "otherwise"),
        cache.add("a", 1),
        cache.set("a", 1),
        cache.touch("a"),
        cache.delete("a"),
        cache.has_key("a"),
        cache.get_many(["a"]),
        cache.set_many({"a": 1}),
        cache.delete_many(["a"]),
    ] == ["otherwise", False, None, False, False, False, {}, ["a"], None]


def test_only_the_first_look_up_waits_for_a_redis_that_hangs() -> None:
    with silent() as hung:
        cache = cache_at(hung.redis_url)
        assert [cache.get("a") for _ in range(50)] == [None] * 50
        assert hung.callers() == 1


@pytest.mark.broker
def test_it_is_an_ordinary_cache_while_redis_answers(redis_url: str) -> None:
    cache = cache_at(redis_url)
    cache.set("a", {"of": "any kind"}, 30)
    assert [cache.get("a"), cache.add("a", 2), cache.get_many(["a", "b"])] == [
        {"of": "any kind"},
        False,
        {"a": {"of": "any kind"}},
    ]
    assert [cache.delete("a"), cache.get("a", "gone")] == [True, "gone"]
