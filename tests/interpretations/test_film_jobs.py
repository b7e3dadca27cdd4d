"""One worker at a time has a video, and whatever becomes of the worker, the video gets done."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from interpretations.film.enums import VideoState
from interpretations.film.refusals import LostJob, PutBack, StepRefused, VideoRefused
from interpretations.film.sizes import Size
from interpretations.models import Rendition, Video
from interpretations.services import film_jobs, starting_media
from interpretations.services.film_jobs import GAVE_UP, Job, Made
from interpretations.services.videos import retry_video
from interpretations.tasks import transcode_task
from tests.interpretations.films import make_video

pytestmark = pytest.mark.django_db


def taken(video: Video) -> Job:
    job = film_jobs.take(video_id=video.pk)
    assert job is not None
    return job


def let_the_lease_run_out() -> None:
    Video.objects.filter(job__isnull=False).update(lease_until=timezone.now())


def state_of(video: Video) -> tuple[Any, ...]:
    row = Video.objects.get(pk=video.pk)
    return row.state, row.attempts, row.job, row.lease_until


def results(folder: Path, words: bytes = b"film") -> dict[str, Any]:
    film, poster = folder / "720p.mp4", folder / "poster.jpg"
    film.write_bytes(words)
    poster.write_bytes(b"poster of " + words)
    return {"made": [Made(Size("720p", 1280, 720), film)], "poster": poster, "seconds": 2.0}


def public_files() -> set[str]:
    """What lies in the public storage under videos/."""
    storage = Rendition._meta.get_field("file").storage
    return set(storage.listdir("videos")[1]) if storage.exists("videos") else set()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_one_worker_has_it_and_no_second() -> None:
    video = make_video()
    job = taken(video)
    assert film_jobs.take(video_id=video.pk) is None
    assert state_of(video)[:3] == (VideoState.PROBING, 1, job.key)


def test_who_slept_through_his_lease_writes_nothing_any_more(tmp_path: Path) -> None:
    video = make_video()
    first = taken(video)
    let_the_lease_run_out()
    second = taken(video)
    assert state_of(video)[:3] == (VideoState.PROBING, 2, second.key)
    steps = [
        lambda: film_jobs.renew(first),
        lambda: film_jobs.fail(first, reason="不行"),
        lambda: film_jobs.put_back(first),
        lambda: film_jobs.finish(first, **results(tmp_path)),
    ]
    for step in steps:
        with pytest.raises(LostJob):
            step()
    assert state_of(video)[:3] == (VideoState.PROBING, 2, second.key)
    assert public_files() == set(), "what the first one made is taken away again"


def test_a_renewed_lease_lasts_longer() -> None:
    video = make_video()
    job = taken(video)
    soon = timezone.now() + timedelta(seconds=1)
    Video.objects.update(lease_until=soon)
    film_jobs.renew(job, percent=40)
    row = Video.objects.get()
    assert (row.percent, row.lease_until > soon) == (40, True)


def test_three_deaths_are_enough() -> None:
    video = make_video()
    for _death in range(3):
        taken(video)
        let_the_lease_run_out()
    assert film_jobs.take(video_id=video.pk) is None
    row = Video.objects.get()
    assert (row.state, row.error, row.job) == (VideoState.FAILED, GAVE_UP, None)
    with transaction.atomic():
        retry_video(video=video, user=None)
    assert state_of(video) == (VideoState.UPLOADED, 0, None, None)


def test_a_worker_that_is_asked_to_end_puts_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(job: Job, folder: Path) -> None:
        raise PutBack

    monkeypatch.setattr("interpretations.tasks._transcode", ends)
    video = make_video()
    transcode_task(video.pk)
    assert state_of(video) == (VideoState.UPLOADED, 0, None, None)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (VideoRefused("太长。"), "太长。"),
        (
            OSError(28, "No space left on device"),
            "服务器上放不下这个视频（磁盘已满或没有权限）。请联系管理员，处理后再重试。",
        ),
    ],
)
def test_what_goes_wrong_is_told(
    error: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(job: Job, folder: Path) -> None:
        raise error

    monkeypatch.setattr("interpretations.tasks._transcode", fails)
    video = make_video()
    transcode_task(video.pk)
    row = Video.objects.get()
    assert (row.state, row.error, row.job) == (VideoState.FAILED, reason, None)


@pytest.mark.parametrize("signal", ["KILL", "TERM"])
def test_a_program_that_was_ended_from_outside_says_nothing_of_the_film(
    signal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel ends what takes too much memory; ffmpeg says 255 where it can still say it."""
    ending = {"KILL": "kill -KILL $$", "TERM": "exit 255"}[signal]
    monkeypatch.setattr("interpretations.tasks.commands.probe", lambda path: ["sh", "-c", ending])
    video = make_video()
    transcode_task(video.pk)
    assert state_of(video) == (VideoState.UPLOADED, 1, None, None)


def test_without_ffmpeg_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interpretations.tasks.shutil.which", lambda name: None)
    video = make_video()
    transcode_task(video.pk)
    row = Video.objects.get()
    told = "服务器上没有安装 ffmpeg。请联系管理员安装后再重试。"
    assert (row.state, row.error) == (VideoState.FAILED, told)


def test_done_again_the_old_files_go_and_a_chosen_poster_stays(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video()
    with django_capture_on_commit_callbacks(execute=True):
        film_jobs.finish(taken(video), **results(tmp_path))
    first = public_files()
    assert len(first) == 2
    row = Video.objects.get()
    row.poster.save("chosen.png", ContentFile(b"chosen"), save=False)
    Video.objects.update(state=VideoState.UPLOADED, poster=row.poster.name, poster_is_chosen=True)
    with django_capture_on_commit_callbacks(execute=True):
        film_jobs.finish(taken(video), **results(tmp_path, b"again"))
    row = Video.objects.get()
    [made] = row.files
    contents = [Path(file.path).read_bytes() for file in (made.file, row.poster)]
    assert contents == [b"again", b"chosen"]
    kept = {Path(made.file.name).name, Path(row.poster.name).name}
    old_poster = next(name for name in first if name.endswith(".jpg"))
    assert public_files() == kept | {old_poster}, "the old film and the unused poster are gone"


def test_only_a_failed_one_is_tried_again() -> None:
    with pytest.raises(StepRefused):
        retry_video(video=make_video(), user=None)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": VideoState.PROBING},
        {"state": VideoState.READY, "lease_until": timezone.now()},
        {"state": VideoState.FAILED, "error": ""},
        {"state": VideoState.READY, "error": "原因"},
        {"type": "audio"},
    ],
)
def test_what_must_never_be_is_refused_by_the_database(columns: dict[str, Any]) -> None:
    make_video()
    with pytest.raises(IntegrityError), transaction.atomic():
        Video.objects.update(**columns)


def test_the_sweep_asks_for_what_waits_and_for_what_was_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(starting_media, "start_transcode", lambda pk, expires: not asked.append(pk))
    waits, left, running, done = (make_video() for _number in range(4))
    taken(left)
    let_the_lease_run_out()
    taken(running)
    Video.objects.filter(pk=done.pk).update(state=VideoState.READY)
    assert starting_media.sweep_videos() == 2
    assert asked == [waits.pk, left.pk]


def test_a_broker_that_is_away_hinders_no_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    away = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)
    away.conf.broker_transport_options = {"socket_connect_timeout": 1, "max_retries": 0}
    monkeypatch.setattr(starting_media, "current_app", away)
    assert starting_media.start_transcode(make_video().pk) is False
