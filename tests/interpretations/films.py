"""Videos for the tests, and what became of them."""

import json
import subprocess
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from interpretations.models import Rendition, Video
from interpretations.tasks import transcode_task


def make_video(content: bytes = b"film", name: str = "film.mp4", **columns: Any) -> Video:
    """An upload that no worker has seen yet."""
    video = Video(type="video", title="停车新规三分钟看懂", **columns)
    video.file.save(name, ContentFile(content), save=False)
    video.save()
    return video


def made_of(content: bytes, name: str = "film.mp4") -> Video:
    """What the work makes of an upload."""
    video = make_video(content, name)
    transcode_task(video.pk)
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
