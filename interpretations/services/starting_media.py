"""Telling a worker of the queue ``media`` that a film waits. Nothing depends on its being told."""

import logging

from celery import current_app, signature
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from interpretations.models import Video

logger = logging.getLogger(__name__)

SWEPT = 20
EXPIRES = 55
"""Seconds: what the sweeper asks for every minute must not pile up while all workers are busy."""


def start_transcode(video_id: int, *, expires: int | None = None) -> bool:
    """Starts the work on one video that is committed; False where no worker could be told."""
    try:
        task = signature("interpretations.transcode", args=(video_id,), app=current_app)
        task.apply_async(retry=False, ignore_result=True, expires=expires)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("The broker is away, the sweeper takes over: %s", type(error).__name__)
        return False
    return True


def start_pictures(page_id: int) -> None:
    """Has the sizes of an interpretation's pictures made; without a worker the first visitor's
    request makes them."""
    try:
        task = signature("interpretations.make_pictures", args=(page_id,), app=current_app)
        task.apply_async(retry=False, ignore_result=True)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("The broker is away, pictures wait: %s", type(error).__name__)


def sweep_videos() -> int:
    """Asks for the work on what nobody was told of, and on what a worker left when it died."""
    due = Video.objects.due().order_by("created_at", "pk").values_list("pk", flat=True)
    found = list(due[:SWEPT])
    for video_id in found:
        if not start_transcode(video_id, expires=EXPIRES):
            break
    return len(found)
