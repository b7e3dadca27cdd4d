"""Videos for the tests, and what became of them."""

import io
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from interpretations.film.captions import Cue
from interpretations.film.enums import VideoState
from interpretations.models import Rendition, Video
from interpretations.services import videos
from interpretations.tasks import transcode_task

CUES = [Cue(0, 1.5, "停车新规来了")]


def make_video(content: bytes = b"film", name: str = "film.mp4", **columns: Any) -> Video:
    """An upload that no worker has seen yet."""
    video = Video(**{"type": "video", "title": "停车新规三分钟看懂", **columns})
    video.file.save(name, ContentFile(content), save=False)
    video.save()
    return video


def described_video(collection: Collection | None = None, **columns: Any) -> Video:
    """All that a page's gate asks for, without the work; its files are no films."""
    kept = {"collection": collection} if collection else {}
    own = {"duration": 2, "width": 1280, "height": 720, "transcript": "停车新规来了。"}
    row = make_video(b"upload", **{**own, **kept, **columns})
    row.poster.save("poster.jpg", ContentFile(_poster()), save=False)
    row.state = VideoState.READY
    row.save()
    made = Rendition(video=row, name="480p", width=854, height=480, size=4_100_000)
    made.file.save("film.mp4", ContentFile(b"film"))
    videos.set_captions(video=row, language="zh-Hans", cues=CUES, user=None)
    return Video.objects.get(pk=row.pk)


def _poster() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 360), "#33658a").save(file, "JPEG")
    return file.getvalue()


def made_of(content: bytes, name: str = "film.mp4") -> Video:
    """What the work makes of an upload."""
    video = make_video(content, name)
    transcode_task(video.pk)
    return Video.objects.get(pk=video.pk)


@cache
def _ready(content: bytes) -> tuple[dict[str, Any], list[tuple[dict[str, Any], bytes]], bytes]:
    """What the work makes of it, once in a run: columns, the files with theirs, the poster."""
    video = made_of(content)
    assert video.is_ready, video.error
    columns = {name: getattr(video, name) for name in ("duration", "width", "height")}
    sizes = ("name", "width", "height", "size")
    files = [
        ({name: getattr(one, name) for name in sizes}, Path(one.file.path).read_bytes())
        for one in video.files
    ]
    poster = Path(video.poster.path).read_bytes()
    video.delete()
    return columns, files, poster


def ready_video(content: bytes) -> Video:
    """A video whose work is done."""
    columns, files, poster = _ready(content)
    video = make_video(content, state=VideoState.READY, **columns)
    video.poster.save("poster.jpg", ContentFile(poster))
    for known, film in files:
        Rendition(video=video, **known).file.save("film.mp4", ContentFile(film))
    return Video.objects.get(pk=video.pk)


def looked_into(rendition: Rendition) -> dict[str, Any]:
    """ffprobe's answer about a file that was made."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json"]
    done = subprocess.run([*command, rendition.file.path], capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def picture_of(rendition: Rendition, folder: Path) -> Path:
    """A frame of the middle, as a PNG."""
    target = folder / "frame.png"
    command = ["ffmpeg", "-v", "error", "-y", "-ss", "1", "-i", rendition.file.path]
    subprocess.run([*command, "-frames:v", "1", str(target)], check=True)
    return target
