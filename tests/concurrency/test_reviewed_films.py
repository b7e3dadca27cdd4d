"""The words of a film are changed while its page goes public: what was looked at is shown."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from interpretations.film.refusals import StepRefused
from interpretations.models import InterpretationPage, Video
from interpretations.services.videos import describe_video
from publishing.gates import PublishBlocked
from tests.factories.explaining import block, make_interpretation
from tests.interpretations.films import described_video

Race = Callable[[list[Callable[[], Any]]], list[Any]]
PHONE = "13800001234"
WAIT = 0.7
"""Seconds that the first one keeps its transaction open."""


@pytest.mark.parametrize("publishes_first", [True, False])
def test_neither_overtakes_the_other(race: Race, publishes_first: bool) -> None:
    film = described_video().pk
    body = [block("video", video=film, clauses=[])]
    page = make_interpretation(live=False, body=body).pk
    begun = threading.Event()

    def publish() -> None:
        InterpretationPage.objects.get(pk=page).get_latest_revision().publish()

    def describe() -> None:
        video = Video.objects.get(pk=film)
        video.transcript = f"请打{PHONE}。"
        describe_video(video=video, user=None)

    steps = (publish, describe) if publishes_first else (describe, publish)

    def first() -> None:
        with transaction.atomic():
            steps[0]()
            begun.set()
            time.sleep(WAIT)

    def second() -> None:
        begun.wait(30)
        steps[1]()

    refusal = StepRefused if publishes_first else PublishBlocked
    assert [type(ending) for ending in race([first, second])] == [type(None), refusal]
    said = PHONE in Video.objects.get(pk=film).transcript
    is_live = InterpretationPage.objects.get(pk=page).live
    assert (is_live, said) == (publishes_first, not publishes_first)
