"""Captions from a WebVTT or SRT file, checked, and written anew as plain WebVTT.

Only times and words are kept: no styles, positions or marks, which could load something or hide a
line. webvtt-py reads the two formats; it passes over what it can't read, so such lines are looked
for first.

Sources: W3C WebVTT (webvtt1); SRT has no standard, the form is that of SubRip.
"""

import html
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from interpretations.film.enums import CaptionLanguage
from publishing.text import clean_text

MAX_BYTES = 1024 * 1024
MAX_CUES = 3000
MOST_TOLD = 8
"""So many faults are named; who has more will find the others in the same way."""
LATE = 0.5
"""Seconds by which the last line may outlast the film: programs round up."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CLOCK = r"(?:\d{1,4}:)?[0-5]?\d:[0-5]\d"
# By format: its way to write times, and an example to follow.
_TIMES = {
    "vtt": (
        rf"\s*{_CLOCK}\.\d{{1,3}}\s*-->\s*{_CLOCK}\.\d{{1,3}}(?:\s|$)",
        "00:00:05.000 --> 00:00:08.000",
    ),
    "srt": (
        rf"\s*{_CLOCK}[.,]\d{{1,3}}\s*-->\s*{_CLOCK}[.,]\d{{1,3}}(?:\s|$)",
        "00:00:05,000 --> 00:00:08,000",
    ),
}
_ARROW = re.compile(r"\d\s*[-—–=]{1,2}[->＞]\s*\d")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_SCRIPTS = {
    CaptionLanguage.CHINESE: _HAN,
    CaptionLanguage.TIBETAN: re.compile("[\u0f00-\u0fff]"),
    CaptionLanguage.UYGHUR: re.compile("[\u0600-\u06ff]"),
    CaptionLanguage.MONGOLIAN: re.compile("[\u1800-\u18af]"),
    CaptionLanguage.KOREAN: re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    CaptionLanguage.YI: re.compile("[\ua000-\ua4cf]"),
    CaptionLanguage.ZHUANG: re.compile("[A-Za-z]"),
    CaptionLanguage.ENGLISH: re.compile("[A-Za-z]"),
}


class Cue(NamedTuple):
    """One line of captions: seconds from the start of the film, and plain words."""

    start: float
    end: float
    text: str

    @property
    def clock(self) -> str:
        """The start, as a player shows it."""
        minutes, seconds = divmod(int(self.start), 60)
        return f"{minutes}:{seconds:02}"


class CaptionsRefused(Exception):
    """Not captions, or with faults; ``messages`` name each one, in Chinese."""

    def __init__(self, *messages: str) -> None:
        self.messages = list(messages)
        super().__init__("".join(messages))


def read_captions(data: bytes, *, language: str, seconds: float) -> list[Cue]:
    """The cues of a file in UTF-8, UTF-16 or GB18030, for a film of so many seconds (0: unknown).

    Raises:
        CaptionsRefused: with all that an editor has to mend.
    """
    text = _decoded(data)
    _refuse_unreadable(text)
    cues = _parsed(text)
    if not cues:
        raise CaptionsRefused("文件里没有字幕。请选择 .srt 或 .vtt 字幕文件。")
    if len(cues) > MAX_CUES:
        raise CaptionsRefused(f"字幕共{len(cues)}条，超过{MAX_CUES}条。")
    faults = list(_faults(cues, seconds))
    if language in _SCRIPTS and not _is_written_in(_SCRIPTS[CaptionLanguage(language)], cues):
        name = CaptionLanguage(language).label
        faults.append(f"字幕文字不像{name}：请检查选的语言和文件。")
    if faults:
        rest = len(faults) - MOST_TOLD
        more = [f"另有{rest}处问题，改正以上后再上传检查。"] if rest > 0 else []
        raise CaptionsRefused(*faults[:MOST_TOLD], *more)
    return cues


def write_captions(cues: list[Cue]) -> str:
    """The text of a WebVTT file: times and words, nothing that could be markup."""
    blocks = (
        f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def stored_cues(text: str) -> list[Cue]:
    """The cues of what ``write_captions`` wrote."""
    return _parsed(text)


def words(cues: list[Cue]) -> str:
    """What is said, a line for each cue: the beginning of a transcript."""
    return "\n".join(" ".join(cue.text.split()) for cue in cues)


def _decoded(data: bytes) -> str:
    """As editors' programs save: with a mark, in UTF-8, or in Windows' Chinese encoding."""
    if not data.strip(b"\x00 \t\r\n"):
        raise CaptionsRefused("字幕文件是空的，请重新选择。")
    if len(data) > MAX_BYTES:
        raise CaptionsRefused("字幕文件超过 1 MB，这不是字幕。")
    guesses = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    for encoding in guesses or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise CaptionsRefused("认不出文件的编码。请用记事本打开，另存为 UTF-8 编码后再上传。")


def _refuse_unreadable(text: str) -> None:
    """Lines that are meant as times and aren't: the reader would drop them with their words."""
    times, example = _TIMES[_format(text)]
    wrong = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if ("-->" in line or _ARROW.search(line)) and not re.match(times, line)
    ]
    if wrong:
        told = [f"第{number}行的时间写法不对，应如 {example}。" for number in wrong]
        raise CaptionsRefused(*told[:MOST_TOLD])


def _format(text: str) -> str:
    return "vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt"


def _parsed(text: str) -> list[Cue]:
    plain = io.StringIO(text.lstrip("\ufeff"))
    try:
        read = webvtt.WebVTT.from_buffer(plain, format=_format(text))
    except (MalformedFileError, MalformedCaptionError):
        told = "认不出这个字幕文件：请用字幕软件导出为 SRT 或 WebVTT（.vtt）格式。"
        raise CaptionsRefused(told) from None
    if len(read) != len(re.findall("-->", text)):
        raise CaptionsRefused(
            "有些字幕认不出来：SRT 的每一条都要先写序号，再写时间，两条之间空一行。"
        )
    return [Cue(_seconds(cue.start), _seconds(cue.end), _plain(cue.text)) for cue in read.captions]


def _plain(text: str) -> str:
    return clean_text(html.unescape(text)).strip()


def _faults(cues: list[Cue], seconds: float) -> Iterator[str]:
    """What is wrong with times and words, each with the number of its line of captions."""
    for number, cue in enumerate(cues, 1):
        where = f"第{number}条（{cue.clock}）"
        if not cue.text:
            yield f"{where}没有文字。"
        if cue.end <= cue.start:
            yield f"{where}的结束时间不晚于开始时间。"
        if seconds and cue.end > seconds + LATE:
            yield f"{where}到{cue.end:.1f}秒才结束，超出了视频的长度（{seconds:.1f}秒）。"
    for number, (before, cue) in enumerate(pairwise(cues), 2):
        where = f"第{number}条（{cue.clock}）"
        if cue.start < before.start:
            yield f"{where}的开始时间早于上一条：请按时间先后排列。"
        elif cue.start < before.end:
            yield f"{where}与上一条的时间重叠。"


def _is_written_in(script: re.Pattern[str], cues: list[Cue]) -> bool:
    """Whether at least half of the lines hold a character of the script."""
    return 2 * sum(bool(script.search(cue.text)) for cue in cues) >= len(cues)


def _seconds(stamp: str) -> float:
    parts = [float(part) for part in stamp.split(":")]
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))


def _stamp(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
