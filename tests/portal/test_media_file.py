"""Parts of public files, as players ask for them (RFC 9110, 14)."""

from pathlib import Path

import pytest
from django.http import Http404
from django.test import RequestFactory

from portal.middleware import TextGZipMiddleware
from portal.views.media import media_file

pytestmark = pytest.mark.django_db
"""Closing an answer looks after the connections to the database."""
CONTENT = bytes(range(100))


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "film.mp4").write_bytes(CONTENT)
    return str(tmp_path)


def ask(folder: str, path: str = "videos/film.mp4", **headers: str):
    return media_file(RequestFactory().get("/", headers=headers), path=path, folder=folder)


def body(response) -> bytes:
    """What is sent; the file is closed then, as a server does."""
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_the_whole_file(folder: str) -> None:
    response = ask(folder)
    assert (response.status_code, body(response)) == (200, CONTENT)
    said = {name: response[name] for name in ("Content-Type", "Accept-Ranges", "Content-Length")}
    assert said == {"Content-Type": "video/mp4", "Accept-Ranges": "bytes", "Content-Length": "100"}


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 99),
        ("bytes=10-19", 10, 19),
        ("bytes=90-500", 90, 99),
        ("bytes=99-", 99, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-500", 0, 99),
    ],
)
def test_a_part(folder: str, asked: str, first: int, last: int) -> None:
    response = ask(folder, Range=asked)
    wanted = CONTENT[first : last + 1]
    assert (response.status_code, body(response)) == (206, wanted)
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_no_such_part(folder: str, asked: str) -> None:
    response = ask(folder, Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    "asked", ["bytes=5-3", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=x-"]
)
def test_what_is_no_range_is_passed_over(folder: str, asked: str) -> None:
    response = ask(folder, Range=asked)
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_part_of_an_older_file_is_the_whole_new_one(folder: str) -> None:
    first = ask(folder)
    assert body(first) == CONTENT
    changed = first["Last-Modified"]
    current = ask(folder, Range="bytes=0-9", **{"If-Range": changed})
    old = {"If-Range": "Mon, 01 Jan 2024 00:00:00 GMT"}
    whole = ask(folder, Range="bytes=0-9", **old)
    assert (current.status_code, body(current)) == (206, CONTENT[:10])
    assert (whole.status_code, body(whole)) == (200, CONTENT)
    assert ask(folder, **{"If-Modified-Since": changed}).status_code == 304


@pytest.mark.parametrize("path", ["videos", "videos/other.mp4", ""])
def test_what_is_no_file(folder: str, path: str) -> None:
    with pytest.raises(Http404):
        ask(folder, path)


def test_films_and_their_parts_are_not_packed(folder: str) -> None:
    request = RequestFactory().get("/", headers={"Range": "bytes=0-", "Accept-Encoding": "gzip"})
    packing = TextGZipMiddleware(lambda request: media_file(request, "videos/film.mp4", folder))
    response = packing(request)
    assert (response.has_header("Content-Encoding"), body(response)) == (False, CONTENT)
