"""Captions as editors' programs write them; what is wrong with them is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpretations.film.captions import (
    CaptionsRefused,
    Cue,
    read_captions,
    stored_cues,
    words,
    write_captions,
)

SRT = """1
00:00:00,500 --> 00:00:01,200
停车新规来了

2
00:00:01,200 --> 00:00:02,000
每次不超过<b>两小时</b>，
A & B < C
"""
VTT = """WEBVTT - 说明

NOTE 备注

STYLE
::cue { background: url(https://example.org/x.png) }

1
00:00.500 --> 00:01.200 line:0 align:start
<v 村长>停车新规来了</v>

00:01.200 --> 00:02.000
每次不超过<c.red>两小时</c>，
A &amp; B &lt; C
"""
CUES = [
    Cue(0.5, 1.2, "停车新规来了"),
    Cue(1.2, 2.0, "每次不超过两小时，\nA & B < C"),
]


def read(text: str | bytes, language: str = "zh-Hans", seconds: float = 2.0) -> list[Cue]:
    data = text.encode() if isinstance(text, str) else text
    return read_captions(data, language=language, seconds=seconds)


def refused(text: str | bytes, **options: object) -> list[str]:
    with pytest.raises(CaptionsRefused) as refusal:
        read(text, **options)  # type: ignore[arg-type] # the test's own words
    return refusal.value.messages


def srt(*cues: tuple[str, str, str]) -> str:
    return "\n".join(
        f"{number}\n{start} --> {end}\n{text}\n"
        for number, (start, end, text) in enumerate(cues, 1)
    )


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SRT.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + SRT.encode(), id="UTF-8 with a mark"),
        pytest.param(SRT.encode("gb18030"), id="GB18030"),
        pytest.param(SRT.encode("utf-16"), id="UTF-16"),
        pytest.param(SRT.replace("\n", "\r\n").encode(), id="Windows' line ends"),
        pytest.param(VTT.encode(), id="WebVTT with styles, positions and a speaker"),
    ],
)
def test_one_text_however_it_was_saved(data: bytes) -> None:
    assert read(data) == CUES


def test_what_is_stored_is_plain_and_comes_back_the_same() -> None:
    stored = write_captions(CUES)
    assert stored == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:01.200\n停车新规来了\n\n"
        "00:00:01.200 --> 00:00:02.000\n每次不超过两小时，\nA &amp; B &lt; C\n"
    )
    assert stored_cues(stored) == CUES
    assert words(CUES) == "停车新规来了\n每次不超过两小时， A & B < C"


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1).filter(
            lambda text: text.isprintable()
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_is_said_comes_back(said: list[str]) -> None:
    cues = [Cue(float(start), start + 0.5, text) for start, text in enumerate(said)]
    assert [cue.start for cue in stored_cues(write_captions(cues))] == [cue.start for cue in cues]


@pytest.mark.parametrize(
    ("cues", "fault"),
    [
        (
            [("00:00:01,000", "00:00:01,500", "好"), ("00:00:00,000", "00:00:00,900", "好")],
            "第2条（0:00）的开始时间早于上一条：请按时间先后排列。",
        ),
        (
            [("00:00:00,000", "00:00:01,500", "好"), ("00:00:01,000", "00:00:01,900", "好")],
            "第2条（0:01）与上一条的时间重叠。",
        ),
        (
            [("00:00:00,000", "00:00:09,000", "好")],
            "第1条（0:00）到9.0秒才结束，超出了视频的长度（2.0秒）。",
        ),
        ([("00:00:01,000", "00:00:01,000", "好")], "第1条（0:01）的结束时间不晚于开始时间。"),
        ([("00:00:01,000", "00:00:01,500", "Hello")], "字幕文字不像中文：请检查选的语言和文件。"),
    ],
)
def test_each_fault_is_named(cues: list[tuple[str, str, str]], fault: str) -> None:
    assert refused(srt(*cues)) == [fault]


def test_a_length_that_is_not_known_yet_refuses_nothing() -> None:
    assert len(read(srt(("00:00:00,000", "00:00:09,000", "好")), seconds=0)) == 1


def test_another_language_is_looked_at_too() -> None:
    english = srt(("00:00:00,000", "00:00:01,000", "New parking rules"))
    assert len(read(english, language="en")) == 1
    assert refused(english, language="bo") == ["字幕文字不像藏文：请检查选的语言和文件。"]


def test_lines_that_a_reader_would_drop_are_told() -> None:
    """Nothing may vanish: the second line of captions has a wrong comma, the third an arrow."""
    text = (
        SRT + "\n3\n00:00:01；000 --> 00:00:02,000\n再见\n\n4\n00:00:01,000 -> 00:00:02,000\n再见\n"
    )
    wanted = "的时间写法不对，应如 00:00:05,000 --> 00:00:08,000。"
    assert refused(text) == [f"第11行{wanted}", f"第15行{wanted}"]


@pytest.mark.parametrize("wrong", ["00:01,200", "00:60.200", "60:00.200", "00:00:00:01.200"])
def test_a_wrong_time_in_webvtt_is_told_as_webvtt_writes_it(wrong: str) -> None:
    wanted = "第9行的时间写法不对，应如 00:00:05.000 --> 00:00:08.000。"
    assert refused(VTT.replace("00:01.200 line", f"{wrong} line")) == [wanted]


def test_a_time_of_sixty_seconds_is_told_with_its_line() -> None:
    wanted = "第2行的时间写法不对，应如 00:00:05,000 --> 00:00:08,000。"
    assert refused(srt(("00:00:01,000", "00:00:60,000", "好"))) == [wanted]


def test_cues_without_a_number_are_told() -> None:
    text = SRT + "\n00:00:02,000 --> 00:00:02,400\n没有序号\n"
    [told] = refused(text)
    assert told.startswith("有些字幕认不出来")


def test_many_faults_end_in_a_count() -> None:
    cues = [(f"00:00:{second:02},000", f"00:00:{second:02},500", "好") for second in range(3, 23)]
    told = refused(srt(*cues))
    assert (len(told), told[-1]) == (9, "另有12处问题，改正以上后再上传检查。")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "字幕文件是空的，请重新选择。"),
        (
            b"\x00\x01\x02\xff\xfe\xff" * 9,
            "认不出文件的编码。请用记事本打开，另存为 UTF-8 编码后再上传。",
        ),
        (
            "只是一段文字".encode(),
            "认不出这个字幕文件：请用字幕软件导出为 SRT 或 WebVTT（.vtt）格式。",
        ),
        (b"WEBVTT\n\n", "文件里没有字幕。请选择 .srt 或 .vtt 字幕文件。"),
        (b"x" * (1024 * 1024 + 1), "字幕文件超过 1 MB，这不是字幕。"),
    ],
)
def test_what_is_no_captions(data: bytes, message: str) -> None:
    assert refused(data) == [message]
