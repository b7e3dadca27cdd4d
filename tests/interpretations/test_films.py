"""Real films through the real programs: what comes out is upright, whole and plays everywhere."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from PIL import Image

from interpretations.film.commands import alone
from interpretations.film.enums import VideoState
from interpretations.film.facts import BROKEN, EMPTY, NO_PICTURE, NOT_A_VIDEO
from interpretations.models import Video
from tests.factories import films
from tests.interpretations.films import looked_into, made_of, picture_of

pytestmark = [films.needs_ffmpeg(), pytest.mark.slow, pytest.mark.django_db]
READY, FAILED = VideoState.READY, VideoState.FAILED


class Bucket(Storage):
    """A storage whose files lie nowhere on this machine."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def _save(self, name: str, content: Any) -> str:
        self.kept[name] = content.read()
        return name

    def _open(self, name: str, mode: str) -> ContentFile:
        return ContentFile(self.kept[name])

    def exists(self, name: str) -> bool:
        return name in self.kept

    def size(self, name: str) -> int:
        return len(self.kept[name])


def sizes(video: Any) -> list[tuple[str, int, int]]:
    return [(made.name, made.width, made.height) for made in video.files]


def streams(video: Any) -> list[list[tuple[str, str]]]:
    found = [looked_into(made)["streams"] for made in video.files]
    return [[(one["codec_type"], one["codec_name"]) for one in kinds] for kinds in found]


def colour_at(picture: Path, across: float, down: float) -> str:
    """Which of the two the picture shows there."""
    with Image.open(picture) as image:
        red, _green, blue = image.convert("RGB").getpixel(
            (int(image.width * across), int(image.height * down))
        )
    return "red" if red > blue else "blue"


def test_a_film_in_two_sizes_with_poster_and_without_its_place(tmp_path: Path) -> None:
    assert films.PLACE[:-1].encode() in films.landscape()
    video = made_of(films.landscape())
    assert (video.state, video.percent, video.error) == (READY, 100, "")
    assert (video.job, video.lease_until, video.attempts) == (None, None, 0)
    assert sizes(video) == [("720p", 1280, 720), ("480p", 854, 480)]
    both = [("video", "h264"), ("audio", "aac")]
    assert streams(video) == [both, both]
    assert video.duration == pytest.approx(films.SECONDS, abs=0.2)
    assert video.about_source == "H264，1280×720，2秒，有声音"
    for made in video.files:
        content = Path(made.file.path).read_bytes()
        assert (films.PLACE[:-1].encode() in content, made.size) == (False, len(content))
        assert content.index(b"moov") < content.index(b"mdat"), "plays before it is all there"
    with Image.open(video.poster.path) as poster:
        assert (poster.format, poster.size, dict(poster.getexif())) == ("JPEG", (960, 540), {})
    frame = picture_of(video.files[0], tmp_path)
    assert [colour_at(frame, x, 0.5) for x in (0.2, 0.8)] == ["red", "blue"]


def test_a_phone_held_upright(tmp_path: Path) -> None:
    video = made_of(films.upright(), "IMG_0001.MOV")
    assert (video.state, video.width, video.height) == (READY, 720, 1280)
    assert sizes(video) == [("720p", 720, 1280), ("480p", 480, 854)]
    [picture, _sound] = looked_into(video.files[0])["streams"]
    assert "rotation" not in str(picture.get("side_data_list", "")), "nothing is left to turn"
    frame = picture_of(video.files[0], tmp_path)
    assert [colour_at(frame, 0.5, y) for y in (0.2, 0.8)] == ["red", "blue"]


def test_a_film_for_old_televisions() -> None:
    video = made_of(films.old_television(), "film.mkv")
    assert (video.state, video.width, video.height) == (READY, 768, 576)
    assert sizes(video) == [("720p", 768, 576), ("480p", 640, 480)]


def test_without_sound_and_never_larger_than_filmed() -> None:
    video = made_of(films.silent())
    assert (video.state, sizes(video)) == (READY, [("480p", 320, 240)])
    assert streams(video) == [[("video", "h264")]]
    assert video.about_source == "H264，320×240，2秒，没有声音"


def test_unsteady_pictures_become_steady() -> None:
    video = made_of(films.unsteady())
    assert (video.state, sizes(video)) == (READY, [("480p", 640, 360)])
    [picture, sound] = looked_into(video.files[0])["streams"]
    assert (picture["r_frame_rate"], picture["avg_frame_rate"]) == ("30/1", "30/1")
    assert float(picture["duration"]) == pytest.approx(float(sound["duration"]), abs=0.2)


def test_a_film_of_a_newer_phone() -> None:
    video = made_of(films.modern(), "IMG_0002.MOV")
    assert (video.state, video.about_source) == (READY, "HEVC，640×360，2秒，有声音")
    [picture, _sound] = looked_into(video.files[0])["streams"]
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(films.cut_at_its_end, NOT_A_VIDEO, id="cut, with its index at the end"),
        pytest.param(films.text, NOT_A_VIDEO, id="a text that was renamed"),
        pytest.param(films.playlist, NOT_A_VIDEO, id="a playlist that names another file"),
        pytest.param(films.only_sound, NO_PICTURE, id="sound alone"),
        pytest.param(bytes, EMPTY, id="no bytes"),
    ],
)
def test_what_is_no_film_fails_and_says_why(content: Any, reason: str) -> None:
    video = made_of(content())
    assert (video.state, video.error, sizes(video)) == (FAILED, reason, [])
    assert (video.job, video.lease_until) == (None, None)


def test_an_upload_that_broke_off_is_no_short_film() -> None:
    video = made_of(films.cut())
    assert video.state == FAILED
    assert video.error in {
        "视频不完整：应有2秒，只能播放1秒。可能没有传完，请重新导出并上传。",
        BROKEN,
    }
    assert sizes(video) == []


def test_an_upload_in_a_bucket_is_fetched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Video._meta.get_field("file"), "storage", Bucket())
    video = made_of(films.silent())
    assert (video.state, video.error, sizes(video)) == (READY, "", [("480p", 320, 240)])


def test_what_killed_workers_left_goes_and_what_others_hold_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installations share a machine and its folder for what is temporary, and numbers of videos."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, others, new = (tmp_path / f"portal-video-1-{name}" for name in ("left", "others", "new"))
    for folder in (left, others, new):
        folder.mkdir()
        (folder / "held").touch()
    for folder in (left, others):
        os.utime(folder / "held", (0, 0))
    with (others / "held").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        made_of(films.text())
    assert set(tmp_path.iterdir()) == {others, new}


def test_the_program_ends_with_its_worker() -> None:
    """A killed worker leaves no encoder behind, which would go on beside the next one."""
    worker = (
        "import os, subprocess, time\n"
        f"process = subprocess.Popen({[*alone('sleep'), '30']!r})\n"
        "time.sleep(0.5)\n"
        "print(process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", worker], capture_output=True, check=False)
    status = Path(f"/proc/{int(done.stdout)}/status")
    end = time.monotonic() + 5
    while status.exists() and "zombie" not in status.read_text():
        assert time.monotonic() < end
        time.sleep(0.05)
