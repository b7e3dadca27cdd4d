"""What ffprobe says of a file, read and judged. Pure: no file is opened here.

Names of containers and codecs are ffprobe's own (``format_name``, ``codec_name``).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from interpretations.film.refusals import VideoRefused

MAX_BYTES = 500 * 1024 * 1024
MAX_SECONDS = 10 * 60
MAX_LONG_SIDE, MAX_SHORT_SIDE = 4096, 2304
"""What phones film at most (4K); 8K would keep a small server busy for hours."""
EXTENSIONS = ("mp4", "mov", "m4v", "3gp", "mkv", "webm", "avi")
CONTAINERS = ("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi")
CODECS = ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mjpeg", "h263", "prores")
SOUNDS = ("aac", "mp3", "mp2", "opus", "vorbis", "ac3", "eac3", "flac", "alac", "amr_nb", "amr_wb")
_HDR = ("arib-std-b67", "smpte2084")
_ADVICE = "请用手机或剪辑软件重新导出为 MP4（H.264）后再上传。"

NOT_A_VIDEO = f"这不是能识别的视频：可能是别的文件改了扩展名，或者文件没有传完整。{_ADVICE}"
NO_PICTURE = "文件里没有画面，只有声音或别的内容。请上传带画面的视频。"
EMPTY = "文件是空的（0 字节），请重新选择视频上传。"
TOO_LARGE = f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请导出为 1920×1080 或更小后再上传。"
TOO_SLOW = "处理用的时间太长，已经停止。请把视频导出为 1920×1080 或更小、或剪短后再上传。"
BROKEN = f"视频已损坏，处理时出错。{_ADVICE}"


@dataclass(frozen=True)
class Facts:
    """A film as it is seen: width and height in square pixels, upright; seconds of playing time.

    ``picture`` and ``sound`` are the numbers of the streams in the file; no sound: None.
    """

    seconds: float
    width: int
    height: int
    rate: Fraction
    codec: str
    picture: int
    sound: int | None
    high_range: bool

    @property
    def summary(self) -> str:
        """For the editor: what was uploaded."""
        sound = "有声音" if self.sound is not None else "没有声音"
        return f"{self.codec.upper()}，{self.width}×{self.height}，{spoken(self.seconds)}，{sound}"


def spoken(seconds: float) -> str:
    """A length as people say it: 8秒, 2分5秒."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def read_facts(answer: str) -> Facts:
    """From ffprobe's JSON (-show_format -show_streams), within the limits.

    Raises:
        VideoRefused: no film, of an unknown kind, too long or too large.
    """
    found = json.loads(answer or "{}")
    streams, container = found.get("streams") or [], found.get("format") or {}
    if not streams:
        raise VideoRefused(NOT_A_VIDEO)
    if container.get("format_name") not in CONTAINERS:
        raise VideoRefused(f"不支持这种视频格式。{_ADVICE}")
    pictures = [stream for stream in streams if _is_film(stream)]
    if not pictures:
        raise VideoRefused(NO_PICTURE)
    picture = pictures[0]
    sounds = [stream for stream in streams if _is_sound(stream)]
    facts = _facts(picture, sounds[0] if sounds else None, container)
    _judge(facts)
    return facts


def read_seconds(answer: str) -> float:
    """The playing time alone, of a file that we made."""
    container = json.loads(answer or "{}").get("format") or {}
    return _number(container.get("duration"))


def is_whole(source: float, made: float) -> bool:
    """Whether what was made plays as long as the source said; a cut file plays shorter."""
    return abs(source - made) <= max(0.5, source * 0.01)


def cut_short(source: float, made: float) -> str:
    """What the editor reads of a file that plays shorter, or longer, than it says."""
    return (
        f"视频不完整：应有{spoken(source)}，只能播放{spoken(made)}。可能没有传完，请重新导出并上传。"
        if made < source
        else f"视频的时长有误：写明{spoken(source)}，实际{spoken(made)}。{_ADVICE}"
    )


def _is_film(stream: Mapping[str, Any]) -> bool:
    """Not the cover that some programs put into the file as a picture."""
    is_cover = (stream.get("disposition") or {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not is_cover


def _is_sound(stream: Mapping[str, Any]) -> bool:
    name = str(stream.get("codec_name"))
    return stream.get("codec_type") == "audio" and (name in SOUNDS or name.startswith("pcm_"))


def _facts(
    picture: Mapping[str, Any], sound: Mapping[str, Any] | None, container: Mapping[str, Any]
) -> Facts:
    width, height = int(picture.get("width") or 0), int(picture.get("height") or 0)
    width = max(width, round(width * (_ratio(picture.get("sample_aspect_ratio"), ":") or 1)))
    if round(_turn(picture) / 90) % 2:
        width, height = height, width
    return Facts(
        seconds=_length(picture, sound, container),
        width=width,
        height=height,
        rate=_rate(picture),
        codec=str(picture.get("codec_name") or ""),
        picture=int(picture["index"]),
        sound=int(sound["index"]) if sound else None,
        high_range=picture.get("color_transfer") in _HDR,
    )


def _judge(facts: Facts) -> None:
    if facts.codec not in CODECS:
        raise VideoRefused(f"不支持这种视频编码（{facts.codec or '未知'}）。{_ADVICE}")
    if facts.width < 16 or facts.height < 16:
        raise VideoRefused(BROKEN)
    if not facts.seconds:
        raise VideoRefused(f"视频里没有写明时长。{_ADVICE}")
    if facts.seconds > MAX_SECONDS + 0.5:
        limit = MAX_SECONDS // 60
        told = f"视频长{spoken(facts.seconds)}，超过{limit}分钟。请剪短，或分成几段后再上传。"
        raise VideoRefused(told)
    long, short = max(facts.width, facts.height), min(facts.width, facts.height)
    if long > MAX_LONG_SIDE or short > MAX_SHORT_SIDE:
        told = f"画面{facts.width}×{facts.height}太大。请导出为 1920×1080 或更小后再上传。"
        raise VideoRefused(told)


def _length(
    picture: Mapping[str, Any], sound: Mapping[str, Any] | None, container: Mapping[str, Any]
) -> float:
    """Of picture and sound, whichever is longer: other streams aren't kept."""
    kept = [picture, *([sound] if sound else [])]
    lengths = [_number(stream.get("duration")) for stream in kept]
    return max(lengths) if any(lengths) else _number(container.get("duration"))


def _turn(picture: Mapping[str, Any]) -> float:
    """Degrees by which players turn the picture: phones film upright and note it beside."""
    for side in picture.get("side_data_list") or []:
        if "rotation" in side:
            return _number(side["rotation"], signed=True)
    return _number((picture.get("tags") or {}).get("rotate"), signed=True)


def _rate(picture: Mapping[str, Any]) -> Fraction:
    """Pictures a second of what is made: as filmed up to 30, and 30 where they vary."""
    mean, base = (_ratio(picture.get(name), "/") for name in ("avg_frame_rate", "r_frame_rate"))
    steady = bool(mean and base) and abs(mean - base) / base < Fraction(1, 100)
    return mean if steady and 5 <= mean <= Fraction(301, 10) else Fraction(30)


def _ratio(written: object, sign: str) -> Fraction:
    above, _, below = str(written or "").partition(sign)
    if above.isascii() and above.isdigit() and below.isascii() and below.isdigit() and int(below):
        return Fraction(int(above), int(below))
    return Fraction(0)


def _number(written: object, *, signed: bool = False) -> float:
    try:
        number = float(str(written))
    except ValueError:
        return 0.0
    if not math.isfinite(number):
        return 0.0
    return number if signed else max(0.0, number)
