"""The work on films and pictures: the only place where ffmpeg and ffprobe are run."""

import fcntl
import logging
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from celery import shared_task
from celery.worker import state as worker_state

from interpretations import pictures
from interpretations.film import commands, facts, sizes
from interpretations.film.refusals import Interrupted, LostJob, PutBack, VideoRefused
from interpretations.models import InterpretationPage, Video
from interpretations.services import film_jobs
from interpretations.services.bundle_release import publish_due_bundles
from interpretations.services.film_jobs import LEASE, Job, Made
from interpretations.services.starting_media import sweep_videos

logger = logging.getLogger(__name__)

PROBE_SECONDS = 60.0
POSTER_SECONDS = 120.0
FILM_SECONDS = 45 * 60.0
"""Less than the hour after which Redis hands a task to a second worker."""
ENDED = 255
"""What ffmpeg says when a signal ended it."""
HEARTBEAT_SECONDS = 2.0
_TICK = 0.25
_FOLDER, _HELD = "portal-video-", "held"
NO_ROOM = "服务器上放不下这个视频（磁盘已满或没有权限）。请联系管理员，处理后再重试。"
NO_FFMPEG = "服务器上没有安装 ffmpeg。请联系管理员安装后再重试。"


@shared_task(name="interpretations.sweep_videos")
def sweep_videos_task() -> int:
    """Every minute (CELERY_BEAT_SCHEDULE): films that wait, and those of workers that died."""
    return sweep_videos()


@shared_task(name="interpretations.publish_due")
def publish_due_task() -> int:
    """Every minute (CELERY_BEAT_SCHEDULE): joint releases whose time has come."""
    return publish_due_bundles()


@shared_task(name="interpretations.make_pictures")
def make_pictures_task(page_id: int) -> None:
    """The sizes and formats of an interpretation's pictures, before the first visitor asks."""
    page = InterpretationPage.objects.filter(pk=page_id).first()
    if page is not None:
        pictures.make_sizes(page.body)


@shared_task(name="interpretations.transcode", time_limit=int(FILM_SECONDS) + 600)
def transcode_task(video_id: int) -> None:
    """From an upload to what the public can play; or to 失败 with the reason."""
    job = film_jobs.take(video_id=video_id)
    if job is None:
        return
    try:
        with _workshop(job) as folder:
            _transcode(job, folder)
    except LostJob:
        logger.warning("a film was taken over by another worker")
    except PutBack:
        film_jobs.put_back(job)
    except Interrupted:
        film_jobs.give_up_for_now(job)
    except VideoRefused as refusal:
        _fail(job, refusal.message)
    except OSError as error:
        logger.exception("a film could not be read or kept: %s", type(error).__name__)
        _fail(job, NO_ROOM)


def _fail(job: Job, reason: str) -> None:
    with suppress(LostJob):
        film_jobs.fail(job, reason=reason)


def _transcode(job: Job, folder: Path) -> None:
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        raise VideoRefused(NO_FFMPEG)
    source = _source(job, folder)
    look, fault = commands.probe(source), facts.NOT_A_VIDEO
    answer = _run(look, job, folder, seconds=PROBE_SECONDS, fault=fault)
    known = facts.read_facts(answer)
    film_jobs.note_facts(job, known)
    wanted = sizes.sizes_for(known.width, known.height)

    def percent() -> int:
        return commands.percent_done(_text(folder / "progress"), known.seconds)

    command = commands.transcode(source, folder, known, wanted)
    _run(command, job, folder, seconds=FILM_SECONDS, fault=facts.BROKEN, percent=percent)
    made = [Made(size, folder / f"{size.name}.mp4") for size in wanted]
    lengths = [_checked_length(job, folder, one, known) for one in made]
    poster = folder / "poster.jpg"
    command = commands.poster(made[0].path, poster, known.seconds)
    _run(command, job, folder, seconds=POSTER_SECONDS, fault=facts.BROKEN)
    film_jobs.finish(job, made=made, poster=poster, seconds=lengths[0])


def _checked_length(job: Job, folder: Path, made: Made, known: facts.Facts) -> float:
    """Seconds of what was made: those of the source, or the file was cut."""
    answer = _run(commands.probe(made.path), job, folder, seconds=PROBE_SECONDS, fault=facts.BROKEN)
    seconds = facts.read_seconds(answer)
    if not facts.is_whole(known.seconds, seconds):
        raise VideoRefused(facts.cut_short(known.seconds, seconds))
    return seconds


def _source(job: Job, folder: Path) -> Path:
    """The upload as a file: where it lies, or a copy of it out of a bucket."""
    video = Video.objects.filter(pk=job.video_id).first()
    if video is None:
        raise LostJob
    if not video.file or not video.file.storage.exists(video.file.name) or not video.file.size:
        raise VideoRefused(facts.EMPTY)
    if video.file.size > facts.MAX_BYTES:
        raise VideoRefused(facts.TOO_LARGE)
    try:
        return Path(video.file.path)
    except NotImplementedError:
        copy = folder / "source"
        with video.file.open("rb") as content, copy.open("wb") as target:
            for chunk in content.chunks(1024 * 1024):
                target.write(chunk)
                film_jobs.renew(job)
        return copy


@contextmanager
def _workshop(job: Job) -> Iterator[Path]:
    """A folder for the work, held by a lock that ends with the process."""
    _forget_left()
    prefix = f"{_FOLDER}{job.video_id}-"
    with (
        tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder,
        (Path(folder) / _HELD).open("w") as held,
    ):
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Path(folder)


def _forget_left() -> None:
    """Removes what killed workers left. A folder whose lock is held belongs to one that lives,
    of this installation or another one on the machine."""
    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*/{_HELD}"):
        with suppress(OSError), left.open("r+") as held:
            if time.time() - left.stat().st_mtime > LEASE.total_seconds():
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left.parent, ignore_errors=True)


def _run(
    command: list[str],
    job: Job,
    folder: Path,
    *,
    seconds: float,
    fault: str,
    percent: Callable[[], int] | None = None,
) -> str:
    """What the program wrote; while it runs, the lease is renewed.

    Raises:
        VideoRefused: it says that the file is bad (``fault``), or takes too long.
        LostJob: another worker has the video. PutBack: this one is to end.
        Interrupted: something else ended the program.
    """
    written = folder / "written"
    with written.open("wb") as output, (folder / "errors").open("ab") as errors:
        process = subprocess.Popen(  # noqa: S603 - a list of words, no shell
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        try:
            _wait(process, job, seconds, percent)
        finally:
            process.kill()
            process.wait()
    if process.returncode < 0 or process.returncode == ENDED:
        raise Interrupted
    if process.returncode:
        logger.info("%s ended with %s", command[-1], process.returncode)
        raise VideoRefused(fault)
    return _text(written)


def _wait(
    process: subprocess.Popen[bytes], job: Job, seconds: float, percent: Callable[[], int] | None
) -> None:
    start = beat = time.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TICK)
            return
        now = time.monotonic()
        if now - start > seconds:
            raise VideoRefused(facts.TOO_SLOW)
        if worker_state.should_stop is not None or worker_state.should_terminate is not None:
            raise PutBack
        if now - beat >= HEARTBEAT_SECONDS:
            film_jobs.renew(job, percent=percent() if percent else None)
            beat = now


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""
