"""Short films as phones and programs make them: by ffmpeg, once in a run."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

SECONDS = 2
HALVES = "color=red:s=640x720:r=30:d={seconds},pad=1280:720:0:0:blue"
TONE = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac", "-b:a", "64k"]
PLACE = "+28.5000+117.6667/"


def needs_ffmpeg() -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="films-")


def _made(name: str, *arguments: str) -> bytes:
    target = Path(_folder().name) / name
    if not target.exists():
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments, str(target)]
        subprocess.run(command, check=True, timeout=60)
    return target.read_bytes()


def _has(switch: str) -> bool:
    """Version 6 took a new word for what earlier ones knew as metadata."""
    command = ["ffmpeg", "-hide_banner", "-h", "full"]
    return switch in subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _seen(graph: str = HALVES) -> list[str]:
    return ["-f", "lavfi", "-i", graph.format(seconds=SECONDS)]


@cache
def landscape() -> bytes:
    """1280×720, left half red, right half blue, with a tone, and the place where it was filmed."""
    place = ["-metadata", f"com.apple.quicktime.location.ISO6709={PLACE}"]
    noted = ["-movflags", "use_metadata_tags", *place]
    return _made("landscape.mp4", *_seen(), *TONE, *H264, *AAC, *noted)


@cache
def upright() -> bytes:
    """The same as a phone held upright writes it: lying, with a note to turn it by 90 degrees."""
    landscape()
    source = str(Path(_folder().name) / "landscape.mp4")
    if _has("display_rotation"):
        return _made("upright.mov", "-display_rotation:v", "-90", "-i", source, "-c", "copy")
    return _made("upright.mov", "-i", source, "-c", "copy", "-metadata:s:v", "rotate=270")


@cache
def old_television() -> bytes:
    """4:3, 720×576 with pixels that aren't square (16:15), so 768×576 to the eye."""
    graph = "testsrc2=s=720x576:r=25:d={seconds},setsar=16/15"
    return _made("television.mkv", *_seen(graph), *TONE, *H264, *AAC)


@cache
def silent() -> bytes:
    """No sound, and small: 320×240."""
    return _made("silent.mp4", *_seen("testsrc2=s=320x240:r=30:d={seconds}"), *H264)


@cache
def unsteady() -> bytes:
    """Pictures that come at varying times, as screens and phones in the dark record them."""
    graph = "testsrc2=s=640x360:r=30:d={seconds},select='if(lt(t,1),1,not(mod(n,7)))'"
    return _made("unsteady.mp4", *_seen(graph), *TONE, *H264, "-fps_mode", "vfr", *AAC)


@cache
def modern() -> bytes:
    """HEVC in ten bits and high dynamic range, as newer phones film."""
    x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"]
    colours = [
        "-color_primaries",
        "bt2020",
        "-color_trc",
        "arib-std-b67",
        "-colorspace",
        "bt2020nc",
    ]
    logs = ["-x265-params", "log-level=error", "-tag:v", "hvc1"]
    seen = _seen("testsrc2=s=640x360:r=30:d={seconds}")
    return _made("modern.mov", *seen, *TONE, *x265, *colours, *logs, *AAC)


@cache
def cut() -> bytes:
    """The first half of a file that says in front what should follow: an upload that broke off."""
    landscape()
    source = str(Path(_folder().name) / "landscape.mp4")
    whole = _made("fast.mp4", "-i", source, "-c", "copy", "-movflags", "+faststart")
    return whole[: len(whole) // 2]


@cache
def cut_at_its_end() -> bytes:
    """The same of a file that says it at its end, as phones write."""
    whole = landscape()
    return whole[: len(whole) // 2]


@cache
def only_sound() -> bytes:
    return _made("sound.mp4", *TONE, *AAC)


def text() -> bytes:
    return "这是一段文字，不是视频。\n".encode() * 50


def playlist() -> bytes:
    """Looks like a film to ffmpeg, and would have it open another file of the server."""
    return b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


@cache
def long(seconds: int) -> bytes:
    """Long enough to be interrupted, or to jump in it: the same two seconds over and over."""
    landscape()
    source = str(Path(_folder().name) / "landscape.mp4")
    again = ["-stream_loop", str(seconds // SECONDS), "-i", source]
    again += ["-t", str(seconds), "-c", "copy"]
    return _made(f"long-{seconds}.mp4", *again)
