"""A film in a real browser: nothing loads by itself; it plays, jumps, and has captions."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test.testcases import _MediaFilesHandler
from playwright.sync_api import Page, Request, expect

from interpretations.film.captions import Cue
from interpretations.models import Video
from interpretations.services.videos import fill_transcript, set_captions
from portal.views.media import media_file
from tests.factories import films
from tests.interpretations.films import ready_video

pytestmark = [films.needs_ffmpeg(), pytest.mark.urls("tests.browser.video_urls")]
NewPage = Callable[..., Page]
SHOTS = os.environ.get("SHOTS")
CUES = [Cue(0, 6, "停车新规来了"), Cue(6, 12, "每次不超过两小时")]
PLAYED = """() => new Promise((resolve, reject) => {
  const film = document.querySelector("video");
  film.muted = true;
  film.onerror = () => reject(new Error(film.error?.message ?? "cannot be played"));
  film.ontimeupdate = () => film.currentTime > 0.3 && resolve([film.videoWidth, film.videoHeight]);
  film.play().catch(reject);
})"""
JUMPED = """() => new Promise((resolve) => {
  const film = document.querySelector("video");
  film.pause();
  film.onseeked = () => resolve(Math.round(film.currentTime));
  film.currentTime = 9;
})"""
CAPTION = """() => new Promise((resolve) => {
  const track = document.querySelector("video").textTracks[0];
  const look = () => track.activeCues?.length
    ? resolve([track.language, track.mode, track.activeCues[0].text])
    : setTimeout(look, 100);
  look();
})"""


@pytest.fixture
def video(django_db_serialized_rollback: None, live_server: Any, monkeypatch: Any) -> Video:
    """A long film with everything; its files are served as the demo serves them."""

    def serve(handler: Any, request: Any) -> Any:
        path = handler.file_path(request.path).lstrip("/")
        return media_file(request, path=path, folder=str(settings.MEDIA_ROOT))

    monkeypatch.setattr(_MediaFilesHandler, "serve", serve)
    row = ready_video(films.long(12))
    set_captions(video=row, language="zh-Hans", cues=CUES, user=None)
    fill_transcript(video=row, user=None)
    return row


def opened(page: Page) -> list[tuple[str, str]]:
    """Opens the page of the video; the requests for its files are noted: address and range."""
    asked: list[tuple[str, str]] = []

    def note(request: Request) -> None:
        if "/media/videos/" in request.url or "/videos/captions/" in request.url:
            asked.append((request.url.rpartition(".")[2], request.headers.get("range", "")))

    page.on("request", note)
    page.goto("/video-page/")
    page.wait_for_load_state("networkidle")
    return asked


def test_nothing_loads_before_it_plays_and_then_it_jumps_with_captions(
    new_page: NewPage, video: Video
) -> None:
    page = new_page(1280)
    asked = opened(page)
    assert [kind for kind, _range in asked if kind == "mp4"] == []
    expect(page.locator(".video__facts")).to_contain_text("时长12秒")
    assert page.evaluate(PLAYED) == [1280, 720]
    assert page.evaluate(CAPTION) == ["zh-Hans", "showing", "停车新规来了"]
    assert page.evaluate(JUMPED) == 9
    assert page.evaluate(CAPTION) == ["zh-Hans", "showing", "每次不超过两小时"]
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/video-1280.png", full_page=True)


def test_on_a_phone_the_small_one_plays(new_page: NewPage, video: Video) -> None:
    page = new_page(360)
    opened(page)
    assert page.evaluate(PLAYED) == [854, 480]
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/video-360.png", full_page=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(new_page: NewPage, video: Video, width: int) -> None:
    page = new_page(width)
    opened(page)
    page.get_by_text("文字稿", exact=True).click()
    expect(page.get_by_text("每次不超过两小时").first).to_be_visible()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


def test_without_javascript_all_is_there(new_page: NewPage, video: Video) -> None:
    page = new_page(360, java_script_enabled=False)
    opened(page)
    expect(page.locator("video")).to_have_attribute("preload", "none")
    expect(page.get_by_role("link", name="下载视频")).to_be_visible()
    page.get_by_text("文字稿", exact=True).click()
    expect(page.get_by_text("每次不超过两小时").first).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "status", "length"), [("bytes=0-99", 206, 100), ("bytes=999999999-", 416, 0)]
)
def test_parts_of_the_film(
    new_page: NewPage, video: Video, asked: str, status: int, length: int
) -> None:
    page = new_page(1280)
    reply = page.request.get(video.url, headers={"Range": asked})
    assert (reply.status, len(reply.body())) == (status, length)
