"""Many workers ask for one film at once."""

from interpretations.film.enums import VideoState
from interpretations.models import Video
from interpretations.services.film_jobs import take
from tests.interpretations.films import make_video


def test_one_of_eight_workers_gets_the_film(race) -> None:
    video = make_video()
    jobs = race([lambda: take(video_id=video.pk)] * 8)
    [job] = [one for one in jobs if one is not None]
    row = Video.objects.get()
    assert (row.state, row.job, row.attempts) == (VideoState.PROBING, job.key, 1)
