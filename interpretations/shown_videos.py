"""The films of an interpretation: their words go public with the page, so they are reviewed with it
(rules R1, R2) though they are no fields of it."""

from collections.abc import Iterator
from typing import Any

from interpretations.film.captions import words
from interpretations.models import InterpretationPage, Video
from publishing.review.finds import Passage

_REMEDY = "在视频的文字里，程序不能改：请到“视频”里改好，或写明保留的理由。"


def video_ids(page: Any) -> list[int]:
    return page.video_ids if isinstance(page, InterpretationPage) else []


def reviewed_words(page: Any) -> list[dict[str, Any]] | None:
    """All that the films say to the public, for the digest of what is approved; None without any.

    A poster that somebody chose counts; the one that the work on the film takes from it does not.
    """
    ids = video_ids(page)
    if not ids:
        return None
    return [
        {
            "title": video.title,
            "transcript": video.transcript,
            "poster": str(video.poster) if video.poster_is_chosen else "",
            "captions": [[track.language, track.text] for track in video.tracks],
        }
        for video in _videos(ids)
    ]


def reviewed_texts(page: Any) -> list[Passage]:
    """The same as texts that are searched, each with the place where it stands."""
    return [
        Passage(f"video:{video.pk}:{name}", f"视频“{video.title}”的{label}", text, _REMEDY)
        for video in _videos(video_ids(page))
        for name, label, text in _texts(video)
    ]


def _videos(ids: list[int]) -> list[Video]:
    """In the order of the page."""
    rows = Video.objects.prefetch_related("captions").in_bulk(ids)
    return [rows[one] for one in ids if one in rows]


def _texts(video: Video) -> Iterator[tuple[str, str, str]]:
    yield "title", "标题", video.title
    yield "transcript", "文字稿", video.transcript
    for track in video.tracks:
        yield f"captions:{track.language}", str(track), words(track.cues)
