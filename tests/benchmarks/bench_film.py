"""Ten minutes of film into both sizes, through the whole task, against its own playing time.

The film is 1280×720 with sound, two seconds over and over. ``BENCH_FILM_SECONDS`` makes it shorter.
"""

import os
import time

from interpretations.models import Video
from interpretations.tasks import transcode_task
from tests.benchmarks.report import Figure, at_most, figure, tell
from tests.factories import films
from tests.interpretations.films import make_video

SECONDS = int(os.environ.get("BENCH_FILM_SECONDS", "600"))
GOAL = 1.0


def main() -> int:
    content = films.long(SECONDS)
    video = make_video(content)
    began = time.monotonic()
    transcode_task(video.pk)
    taken = time.monotonic() - began
    made = Video.objects.get(pk=video.pk)
    detail = f"{taken:.0f} s for {SECONDS} s of film, {len(content) / 1e6:.0f} MB"
    whole = made.is_ready and abs(made.duration - SECONDS) <= 1
    return tell(
        [
            figure(
                "film: both sizes, against its playing time",
                taken / SECONDS,
                at_most(GOAL),
                detail=detail,
            ),
            Figure(
                "film: as long as it was",
                f"{made.duration:.1f} s",
                f"{SECONDS} s",
                whole,
                made.error,
            ),
        ]
    )
