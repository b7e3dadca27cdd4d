"""What a film says is reviewed with the page that shows it, and stays what was reviewed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from interpretations.film.captions import Cue
from interpretations.film.refusals import StepRefused
from interpretations.models import InterpretationPage, Video
from interpretations.services import videos
from publishing.gates import PublishBlocked
from publishing.models import ReviewRule
from publishing.review.digest import digest
from publishing.review.finds import finds_of
from tests.consultation.desk import signed_in
from tests.factories.explaining import (
    block,
    fresh,
    make_interpretation,
    make_interpreting_office,
    question,
    questions,
)
from tests.factories.reviewing import ReviewedOffice
from tests.interpretations.films import CUES, described_video

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE = "13800001234"


def showing(video: Video, **fields: Any) -> InterpretationPage:
    return make_interpretation(body=[block("video", video=video.pk, clauses=[])], **fields)


@pytest.fixture
def office() -> ReviewedOffice:
    office = make_interpreting_office()
    ReviewRule.objects.update(page_types=[])
    return office


@pytest.fixture
def reviewed(office: ReviewedOffice) -> InterpretationPage:
    """Public, of a type that needs sign-offs; the rule came after it went public."""
    collection = Collection.objects.get(name=office.unit.name)
    page = showing(described_video(collection), unit=office.unit)
    ReviewRule.objects.update(page_types=["interpretations.InterpretationPage"])
    return page


def film_of(page: InterpretationPage) -> Video:
    return Video.objects.get(pk=page.video_ids[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda video: Video.objects.filter(pk=video.pk).update(title="另一个标题"),
        lambda video: Video.objects.filter(pk=video.pk).update(transcript="另外的话。"),
        lambda video: Video.objects.filter(pk=video.pk).update(
            poster="videos/other.jpg", poster_is_chosen=True
        ),
        lambda video: video.captions.update(text="WEBVTT\n\n00:00.000 --> 00:01.000\n别的\n"),
    ],
    ids=["title", "transcript", "poster", "captions"],
)
def test_words_of_a_film_are_part_of_what_is_approved(change: Any) -> None:
    video = described_video()
    page = showing(video, live=False)
    before = digest(page)
    assert digest(page) == before
    change(video)
    assert digest(page) != before


def test_pages_without_films_have_no_more_to_approve() -> None:
    page, video = make_interpretation(body=[questions(question("收费吗？"))]), described_video()
    before = digest(page)
    Video.objects.filter(pk=video.pk).update(title="另一个标题")
    assert digest(page) == before


def test_personal_data_is_found_where_it_stands() -> None:
    video = described_video(title=f"问{PHONE}", transcript=f"请打{PHONE}。")
    cues = [Cue(0, 1.5, f"电话{PHONE}")]
    videos.set_captions(video=video, language="zh-Hans", cues=cues, user=None)
    page = showing(video, live=False)
    named = f"视频“问{PHONE}”的"
    found = finds_of(page)
    assert [one.label for one in found] == [
        f"{named}标题",
        f"{named}文字稿",
        f"{named}中文字幕",
    ]
    assert {one.found.written for one in found} == {PHONE}
    assert {one.can_be_masked for one in found} == {False}
    assert len({one.name for one in found}) == 3
    with pytest.raises(PublishBlocked, match="有3处疑似个人信息（手机号）没有处理"):
        page.save_revision().publish()


def test_the_reviewer_reads_what_to_do_and_may_keep_it(office: ReviewedOffice) -> None:
    video = described_video(
        Collection.objects.get(name=office.unit.name), transcript=f"请打{PHONE}。"
    )
    page = showing(video, live=False, unit=office.unit)
    reviewer = signed_in(office.reviewer)
    text = reviewer.get(reverse("review:show", args=[page.pk])).content.decode()
    assert "在视频的文字里，程序不能改：请到“视频”里改好，或写明保留的理由。" in text
    (find,) = finds_of(page)
    data = {"revision": page.latest_revision_id, "find": find.name, "reason": "值班手机"}
    reviewer.post(reverse("review:keep", args=[page.pk]), data)
    fresh(page).get_latest_revision().publish()
    assert fresh(page).live is True


CHANGES = {
    "title": lambda video: videos.describe_video(video=said(video, title="另外"), user=None),
    "transcript": lambda video: videos.describe_video(
        video=said(video, transcript="另外的话。"), user=None
    ),
    "captions": lambda video: videos.set_captions(
        video=video, language="zh-Hans", cues=[Cue(0, 1, "别的话")], user=None
    ),
    "captions of another language": lambda video: videos.set_captions(
        video=video, language="en", cues=[Cue(0, 1, "words")], user=None
    ),
}


def said(video: Video, **columns: str) -> Video:
    for name, words in columns.items():
        setattr(video, name, words)
    return video


def words_of(video: Video) -> list[Any]:
    row = Video.objects.get(pk=video.pk)
    return [row.title, row.transcript, [(one.language, one.text) for one in row.tracks]]


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_reviewed_does_not_change_while_it_is_public(
    name: str, reviewed: InterpretationPage
) -> None:
    video = film_of(reviewed)
    before = words_of(video)
    with pytest.raises(StepRefused, match="先取消发布那个页面") as refusal:
        CHANGES[name](film_of(reviewed))
    assert reviewed.title in refusal.value.message
    assert words_of(video) == before
    fresh(reviewed).unpublish()
    CHANGES[name](film_of(reviewed))
    assert words_of(video) != before


def test_saving_it_as_it_is_and_moving_it_is_allowed(reviewed: InterpretationPage) -> None:
    videos.describe_video(video=film_of(reviewed), user=None)
    videos.set_captions(video=film_of(reviewed), language="zh-Hans", cues=CUES, user=None)


def test_captions_in_another_language_do_not_go_unseen(reviewed: InterpretationPage) -> None:
    video = film_of(reviewed)
    fresh(reviewed).unpublish()
    track = videos.set_captions(video=video, language="en", cues=[Cue(0, 1, "words")], user=None)
    ReviewRule.objects.update(page_types=[])
    fresh(reviewed).get_latest_revision().publish()
    ReviewRule.objects.update(page_types=["interpretations.InterpretationPage"])
    with pytest.raises(StepRefused, match="先取消发布那个页面"):
        videos.remove_captions(track=track, user=None)


def test_where_no_sign_off_is_asked_numbers_are_still_refused() -> None:
    page = showing(described_video())
    video = film_of(page)
    with pytest.raises(StepRefused, match="疑似手机号"):
        videos.describe_video(video=said(video, transcript=f"请打{PHONE}。"), user=None)
    videos.describe_video(video=said(film_of(page), transcript="请打值班电话。"), user=None)
    assert film_of(page).transcript == "请打值班电话。"


def test_the_desk_tells_why(reviewed: InterpretationPage, office: ReviewedOffice) -> None:
    video, editor = film_of(reviewed), signed_in(office.editor)
    typed = {"title": "另外", "transcript": video.transcript}
    reply = editor.post(reverse("videos:video", args=[video.pk]), typed)
    assert (reply.status_code, "先取消发布那个页面" in reply.content.decode()) == (422, True)
    srt = "1\n00:00:00,000 --> 00:00:01,000\n别的话\n".encode()
    data = {"language": "zh-Hans", "file": SimpleUploadedFile("captions.srt", srt)}
    reply = editor.post(reverse("videos:captions", args=[video.pk]), data)
    assert (reply.status_code, "先取消发布那个页面" in reply.content.decode()) == (422, True)
    assert words_of(video)[0] == video.title
