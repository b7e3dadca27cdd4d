"""The work on one video, which exactly one worker has at a time.

It is taken by one conditional UPDATE that gives the worker a lease and the job a name. The worker
renews the lease while ffmpeg runs; every later write asks for the name. A worker that dies leaves
a lease that runs out, and the sweeper finds the video; one that slept through its lease is told so
at its next write, and stops.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from interpretations.film.enums import VideoState
from interpretations.film.facts import Facts
from interpretations.film.refusals import LostJob
from interpretations.film.sizes import Size
from interpretations.models import Rendition, Video
from interpretations.services.files import forget_files

LEASE = timedelta(seconds=60)
"""Much longer than the seconds between two renewals; a dead worker's film waits that long."""
MAX_ATTEMPTS = 3
GAVE_UP = "处理多次中断。请点“重试”；还是不行，请联系管理员查看服务器的内存和磁盘。"


@dataclass(frozen=True)
class Job:
    """A video in the hands of this worker."""

    video_id: int
    key: uuid.UUID


@dataclass(frozen=True)
class Made:
    """A file that was made of the film."""

    size: Size
    path: Path


def take(*, video_id: int) -> Job | None:
    """Gives one worker the video; None to all the others, and after three deaths to anybody."""
    job = Job(video_id, uuid.uuid4())
    due = Video.objects.due().filter(pk=video_id)
    taken = due.filter(attempts__lt=MAX_ATTEMPTS).update(
        state=VideoState.PROBING,
        job=job.key,
        lease_until=timezone.now() + LEASE,
        percent=0,
        attempts=F("attempts") + 1,
    )
    if taken:
        return job
    due.filter(attempts__gte=MAX_ATTEMPTS).update(state=VideoState.FAILED, error=GAVE_UP, **_LET_GO)
    return None


def renew(job: Job, *, percent: int | None = None) -> None:
    """Says that the worker lives, and how far it is.

    Raises:
        LostJob: the lease ran out, or the video is gone.
    """
    columns: dict[str, Any] = {"lease_until": timezone.now() + LEASE}
    if percent is not None:
        columns["percent"] = percent
    _write(job, **columns)


def note_facts(job: Job, facts: Facts) -> None:
    """The file was looked into: what it is, and that the long part begins."""
    _write(
        job,
        state=VideoState.TRANSCODING,
        lease_until=timezone.now() + LEASE,
        duration=facts.seconds,
        width=facts.width,
        height=facts.height,
        about_source=facts.summary,
    )


def fail(job: Job, *, reason: str) -> None:
    """It ends in 失败, and the editor reads why."""
    _write(job, state=VideoState.FAILED, error=reason[:300], percent=0, **_LET_GO)


def put_back(job: Job) -> None:
    """The worker ends: the next one begins at once, and the try isn't counted."""
    attempts = F("attempts") - 1
    _write(job, state=VideoState.UPLOADED, percent=0, attempts=attempts, **_LET_GO)


def give_up_for_now(job: Job) -> None:
    """The sweeper takes it up again; the try is counted."""
    _write(job, state=VideoState.UPLOADED, percent=0, **_LET_GO)


def finish(job: Job, *, made: Iterable[Made], poster: Path, seconds: float) -> None:
    """All sizes and the poster become the video's in one transaction; a chosen poster stays.

    Raises:
        LostJob: somebody else has the video; the files are taken away again.
    """
    rows = [_kept(job, one) for one in made]
    picture = Video(pk=job.video_id).poster
    with poster.open("rb") as content:
        picture.save("poster.jpg", File(content), save=False)
    try:
        _exchange(job, rows, str(picture.name), seconds)
    except BaseException:
        forget_files([row.file for row in rows] + [picture])
        raise


@transaction.atomic
def _exchange(job: Job, rows: list[Rendition], poster: str, seconds: float) -> None:
    video = _held(job).select_for_update().first()
    if video is None:
        raise LostJob
    old = [made.file for made in video.renditions.all()]
    video.renditions.all().delete()
    Rendition.objects.bulk_create(rows)
    unused = Video(pk=video.pk, poster=poster).poster
    if not video.poster_is_chosen:
        unused, video.poster = video.poster, poster
    video.state, video.percent, video.attempts = VideoState.READY, 100, 0
    video.duration, video.job, video.lease_until = seconds, None, None
    columns = ["poster", "state", "percent", "attempts", "duration", "job", "lease_until"]
    video.save(update_fields=columns)
    transaction.on_commit(lambda: forget_files([*old, unused]), robust=True)


def _kept(job: Job, made: Made) -> Rendition:
    """The file in the public storage, under a name that nobody guesses; the row isn't saved."""
    row = Rendition(
        video_id=job.video_id,
        name=made.size.name,
        width=made.size.width,
        height=made.size.height,
        size=made.path.stat().st_size,
    )
    with made.path.open("rb") as content:
        row.file.save("film.mp4", File(content), save=False)
    return row


_LET_GO: dict[str, Any] = {"job": None, "lease_until": None}


def _held(job: Job) -> QuerySet[Video]:
    rows: QuerySet[Video] = Video.objects.filter(pk=job.video_id, job=job.key)
    return rows


def _write(held: Job, /, **columns: Any) -> None:
    if not _held(held).update(**columns):
        raise LostJob
