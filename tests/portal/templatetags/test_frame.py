"""The frame of a POST's answer is made once for each address, and is that of the page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from publishing.kept import generation

PART = Template('{% load frame %}{% keptpart "x" %}{{ said }}{% endkeptpart %}')


class Page:
    pk = 1


@pytest.fixture(autouse=True)
def one_generation(settings: Any) -> Iterator[None]:
    settings.ALLOWED_HOSTS = ["*"]
    token = generation.set("generation-of-frames")
    yield
    generation.reset(token)


def shown(said: str, method: str = "POST", path: str = "/a/", **more: Any) -> str:
    request = RequestFactory().generic(method, path, headers={"host": more.pop("host", "a")})
    return PART.render(Context({"request": request, "page": Page(), "said": said, **more}))


def test_one_address_is_made_once() -> None:
    assert [shown("1"), shown("2"), shown("3", path="/b/")] == ["1", "1", "3"]
    assert [shown("4", host="b"), shown("5", here="c"), shown("6", path="/elder/a/")] == [*"456"]


def test_another_generation_makes_it_anew() -> None:
    assert shown("1", path="/c/") == "1"
    generation.set("the-next")
    assert shown("2", path="/c/") == "2"


@pytest.mark.parametrize(
    "more", [{"method": "GET"}, {"path": "/d/?q=1"}, {"page": None}, {"page": object()}]
)
def test_nothing_else_is_kept(more: dict[str, Any]) -> None:
    assert [shown("1", **more), shown("2", **more)] == ["1", "2"]
