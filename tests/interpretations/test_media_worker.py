"""A real worker of the queue ``media`` on a real broker, which is killed while ffmpeg runs."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from interpretations import tasks
from interpretations.film.enums import VideoState
from interpretations.models import Video
from interpretations.services import starting_media
from interpretations.services.starting_media import start_transcode, sweep_videos
from tests.factories import films
from tests.interpretations.films import looked_into, make_video

pytestmark = [
    films.needs_ffmpeg(),
    pytest.mark.broker,
    pytest.mark.concurrency,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
LONG = 24
ROOT = Path(__file__).resolve().parents[2]


def wait_until(condition: Callable[[], Any], seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def encoders(video: Video) -> list[int]:
    """The processes that work on the video."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"ffmpeg" in line and f"portal-video-{video.pk}-".encode() in line:
            found.append(int(process.name))
    return found


@pytest.fixture
def start_worker(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers that share the test's database and files; all are ended with the test."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    app = Celery("test", broker=redis_url, set_as_current=False)
    app.conf.task_routes = settings.CELERY_TASK_ROUTES
    monkeypatch.setattr(starting_media, "current_app", app)
    app.control.purge()
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        database = connection.settings_dict
        host, port = database["HOST"] or "127.0.0.1", database["PORT"] or 5432
        login = f"{database['USER']}:{database['PASSWORD'] or ''}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.interpretations.worker_settings",
            "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
            "PORTAL_DATA": str(settings.DATA),
            "DATABASE_URL": f"postgres://{login}@{host}:{port}/{database['NAME']}",
        }
        command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker"]
        command += ["-P", "solo", "-Q", "media"]
        with (tmp_path / f"worker-{len(started)}.log").open("w") as output:
            started.append(
                subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
            )
        return started[-1]

    yield start
    for worker in started:
        if worker.poll() is None:
            worker.kill()
            worker.wait()


def test_a_killed_workers_film_is_taken_up_again_and_by_one_alone(
    start_worker: Callable[[], subprocess.Popen[bytes]],
) -> None:
    worker = start_worker()
    video = make_video(films.long(LONG))
    start_transcode(video.pk)
    wait_until(lambda: Video.objects.get().percent > 0)
    [_one] = encoders(video)
    worker.kill()
    worker.wait()
    wait_until(lambda: not encoders(video), 5)
    first = Video.objects.get()
    assert (first.state, first.attempts) == (VideoState.TRANSCODING, 1)
    start_worker()
    sweep_videos()
    start_transcode(video.pk)
    time.sleep(3)
    waiting = Video.objects.get()
    assert (waiting.job, encoders(video)) == (first.job, []), "its lease has not run out"
    # A minute later it has, and the sweep of that minute finds the film.
    Video.objects.update(lease_until=timezone.now())
    assert sweep_videos() == 1
    start_transcode(video.pk)
    wait_until(lambda: not Video.objects.get().is_in_work)
    done = Video.objects.get()
    assert (done.state, done.error, done.attempts) == (VideoState.READY, "", 0)
    lengths = [float(looked_into(made)["format"]["duration"]) for made in done.files]
    assert lengths == [pytest.approx(LONG, abs=0.5)] * 2
    [left] = Path(tempfile.gettempdir()).glob(f"portal-video-{video.pk}-*/held")
    os.utime(left, (0, 0))
    tasks._forget_left()
    assert not left.exists(), "what the killed one left on the disk goes, too"
