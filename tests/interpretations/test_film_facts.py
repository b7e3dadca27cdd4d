"""What ffprobe says, judged; and the sizes that follow. No program is run."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpretations.film import commands
from interpretations.film.facts import (
    Facts,
    VideoRefused,
    cut_short,
    is_whole,
    read_facts,
    spoken,
)
from interpretations.film.sizes import Size, sizes_for

MOV = "mov,mp4,m4a,3gp,3g2,mj2"
PICTURE = {
    "index": 0,
    "codec_type": "video",
    "codec_name": "h264",
    "width": 1920,
    "height": 1080,
    "avg_frame_rate": "30/1",
    "r_frame_rate": "30/1",
    "duration": "65.0",
}
SOUND = {"index": 1, "codec_type": "audio", "codec_name": "aac", "duration": "65.2"}


def read(*streams: dict[str, Any], container: str = MOV) -> Facts:
    answer = {"streams": streams, "format": {"format_name": container, "duration": "70.0"}}
    return read_facts(json.dumps(answer))


def refused(*streams: dict[str, Any], container: str = MOV) -> str:
    with pytest.raises(VideoRefused) as refusal:
        read(*streams, container=container)
    return refusal.value.message


def test_a_common_film() -> None:
    facts = read(PICTURE, SOUND)
    assert facts == Facts(65.2, 1920, 1080, Fraction(30), "h264", 0, 1, False)


def test_a_cover_is_no_film_and_other_streams_do_not_count() -> None:
    cover = PICTURE | {"disposition": {"attached_pic": 1}, "codec_name": "mjpeg"}
    data = {"index": 2, "codec_type": "data", "duration": "99"}
    facts = read(cover, PICTURE | {"index": 3}, SOUND, data)
    assert (facts.picture, facts.sound, facts.seconds) == (3, 1, 65.2)


@pytest.mark.parametrize(
    ("said", "sides"),
    [
        ({"side_data_list": [{"rotation": -90}]}, (1080, 1920)),
        ({"side_data_list": [{"rotation": 180}]}, (1920, 1080)),
        ({"tags": {"rotate": "270"}}, (1080, 1920)),
        ({"sample_aspect_ratio": "4:3"}, (2560, 1080)),
        ({"sample_aspect_ratio": "0:1"}, (1920, 1080)),
    ],
)
def test_as_it_is_seen(said: dict[str, Any], sides: tuple[int, int]) -> None:
    facts = read(PICTURE | said)
    assert (facts.width, facts.height) == sides


@pytest.mark.parametrize(
    ("mean", "base", "rate"),
    [
        ("24000/1001", "24000/1001", Fraction(24000, 1001)),
        ("60/1", "60/1", Fraction(30)),
        ("1234/100", "30/1", Fraction(30)),
        ("0/0", "90000/1", Fraction(30)),
    ],
)
def test_the_rate_of_what_is_made(mean: str, base: str, rate: Fraction) -> None:
    assert read(PICTURE | {"avg_frame_rate": mean, "r_frame_rate": base}).rate == rate


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"duration": "680"}, "视频长11分20秒，超过10分钟。请剪短，或分成几段后再上传。"),
        ({"width": 7680, "height": 4320}, "画面7680×4320太大。请导出为 1920×1080 或更小后再上传。"),
        ({"codec_name": "vvc"}, "不支持这种视频编码（vvc）。"),
    ],
)
def test_beyond_the_limits(said: dict[str, Any], told: str) -> None:
    assert refused(PICTURE | said).startswith(told)


def test_ten_minutes_are_allowed_and_other_containers_are_not() -> None:
    assert read(PICTURE | {"duration": "600.4"}).seconds == 600.4
    assert refused(PICTURE, container="hls") == refused(PICTURE, container="concat")


def test_a_film_without_a_length_is_refused() -> None:
    answer = {"streams": [PICTURE | {"duration": "N/A"}], "format": {"format_name": MOV}}
    with pytest.raises(VideoRefused, match="没有写明时长"):
        read_facts(json.dumps(answer))


@pytest.mark.parametrize(
    ("sides", "made"),
    [
        ((1920, 1080), [("720p", 1280, 720), ("480p", 854, 480)]),
        ((1080, 1920), [("720p", 720, 1280), ("480p", 480, 854)]),
        ((1440, 1080), [("720p", 960, 720), ("480p", 640, 480)]),
        ((960, 540), [("720p", 960, 540), ("480p", 854, 480)]),
        ((640, 361), [("480p", 640, 360)]),
        ((2560, 1080), [("720p", 1280, 540), ("480p", 854, 360)]),
    ],
)
def test_sizes(sides: tuple[int, int], made: list[tuple[str, int, int]]) -> None:
    assert sizes_for(*sides) == [Size(*one) for one in made]


@given(st.integers(16, 5000), st.integers(16, 5000))
def test_sizes_are_even_never_larger_and_fit(width: int, height: int) -> None:
    for size in sizes_for(width, height):
        assert (size.width % 2, size.height % 2) == (0, 0)
        assert (size.width <= width, size.height <= height) == (True, True)
        assert max(size.width, size.height) <= 1280
        assert min(size.width, size.height) <= 720


@pytest.mark.parametrize(
    ("source", "made", "whole"),
    [(2.0, 1.6, True), (2.0, 1.4, False), (600.0, 594.5, True), (600.0, 590.0, False)],
)
def test_whether_it_is_whole(source: float, made: float, whole: bool) -> None:
    assert is_whole(source, made) is whole


def test_lengths_in_words() -> None:
    assert [spoken(seconds) for seconds in (0.4, 8, 60, 125.4)] == ["1秒", "8秒", "1分钟", "2分5秒"]
    assert cut_short(65, 30).startswith("视频不完整：应有1分5秒，只能播放30秒。")


def test_how_far_it_is() -> None:
    said = "out_time_us=N/A\nprogress=continue\nout_time_us=1500000\nprogress=continue\n"
    found = [commands.percent_done(text, 3.0) for text in ("", said, "out_time_us=9000000")]
    assert found == [0, 50, 99]


def test_a_files_name_is_no_switch_and_leads_nowhere() -> None:
    command = commands.probe(Path("/srv/-i.mp4"))
    assert command[-2:] == ["-i", "file:/srv/-i.mp4"]
    assert command[command.index("-protocol_whitelist") + 1] == "file"
