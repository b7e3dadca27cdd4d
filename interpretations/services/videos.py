"""What staff do with videos: add, describe, try again, caption, delete."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from interpretations.film.captions import Cue, words, write_captions
from interpretations.film.enums import CaptionLanguage, VideoState
from interpretations.film.refusals import StepRefused
from interpretations.models import CaptionTrack, Video
from interpretations.services.files import forget_files
from interpretations.services.starting_media import start_transcode
from people.uploads.checking import CheckedFile
from publishing.models import ReviewRule
from publishing.review.finder import find
from publishing.review.guarding import is_reviewable

IS_PUBLIC = "公开的页面正在使用这个视频，请先在页面的草稿中换掉它并发布，或撤下页面。"

IS_REVIEWED = (
    "公开的“{}”正在使用这个视频，标题、封面、文字稿和字幕是同页面一起审查过的，不能直接改。"
    "请先取消发布那个页面，改好以后重新送审；或者上传为新的视频，在页面的草稿里换用，再送审。"
)
HOLDS_PERSONAL_DATA = "公开的“{}”正在使用这个视频，新的文字里有疑似{}，没有保存。请遮盖以后再保存。"


@transaction.atomic
def add_video(*, video: Video, user: Any) -> Video:
    """Stores a new one, not saved yet, and has the work on it started after commit."""
    video.uploaded_by_user = user
    video.save()
    log(instance=video, action="wagtail.create", user=user)
    transaction.on_commit(lambda: start_transcode(video.pk), robust=True)
    return video


@transaction.atomic
def describe_video(*, video: Video, user: Any, poster: CheckedFile | None = None) -> Video:
    """Stores title, transcript, collection; and a picture in the place of the poster it has.

    Columns that a worker writes meanwhile are left alone.

    Raises:
        StepRefused: a public page shows it, and what is said there needs a review.
    """
    stored = Video.objects.select_for_update().get(pk=video.pk)
    new = [
        name for name in ("title", "transcript") if getattr(stored, name) != getattr(video, name)
    ]
    if new or poster:
        _refuse_unreviewed(stored, *(getattr(video, name) for name in new))
    columns = ["title", "transcript", "collection"]
    if poster:
        old = stored.poster
        video.poster.save(poster.name, ContentFile(poster.content), save=False)
        video.poster_is_chosen = True
        columns += ["poster", "poster_is_chosen"]
        transaction.on_commit(lambda: forget_files([old]), robust=True)
    video.save(update_fields=columns)
    log(instance=video, action="wagtail.edit", user=user)
    return video


@transaction.atomic
def retry_video(*, video: Video, user: Any) -> None:
    """Has the work on a failed one started again.

    Raises:
        StepRefused: it didn't fail, or somebody was quicker.
    """
    failed = Video.objects.filter(pk=video.pk, state=VideoState.FAILED)
    if not failed.update(state=VideoState.UPLOADED, error="", attempts=0, percent=0):
        raise StepRefused("视频没有处于“失败”状态，不需要重试。")
    log(instance=video, action="interpretations.video_retry", user=user)
    transaction.on_commit(lambda: start_transcode(video.pk), robust=True)


@transaction.atomic
def set_captions(*, video: Video, language: str, cues: list[Cue], user: Any) -> CaptionTrack:
    """Stores the captions of one language, in the place of earlier ones.

    Raises:
        StepRefused: a public page shows the video, and what is said there needs a review.
    """
    stored = Video.objects.select_for_update().get(pk=video.pk)
    text = write_captions(cues)
    if not stored.captions.filter(language=language, text=text).exists():
        _refuse_unreviewed(stored, words(cues))
    columns = {
        "text": text,
        "ends_at": max(cue.end for cue in cues),
        "uploaded_at": timezone.now(),
    }
    track, _made = CaptionTrack.objects.update_or_create(
        video=video, language=language, defaults=columns
    )
    data = {"language": track.get_language_display(), "lines": len(cues)}
    log(instance=video, action="interpretations.captions", user=user, data=data)
    return track


@transaction.atomic
def remove_captions(*, track: CaptionTrack, user: Any) -> None:
    """Takes the captions of one language away.

    Raises:
        StepRefused: they are the Chinese ones of a video that the public sees, or were reviewed
            with the page that shows it.
    """
    video = Video.objects.select_for_update().get(pk=track.video_id)
    if track.language == CaptionLanguage.CHINESE and video.public_pages().exists():
        raise StepRefused("公开的视频不能没有中文字幕。要改正，请直接上传新的字幕。")
    _refuse_unreviewed(video)
    data = {"language": track.get_language_display(), "removed": True}
    track.delete()
    log(instance=video, action="interpretations.captions", user=user, data=data)


@transaction.atomic
def fill_transcript(*, video: Video, user: Any) -> None:
    """Puts the words of the Chinese captions into an empty transcript.

    Raises:
        StepRefused: there is one already, or there are no captions, or a public page shows the
            video and what is said there needs a review.
    """
    stored = Video.objects.select_for_update().get(pk=video.pk)
    track = stored.captions.filter(language=CaptionLanguage.CHINESE).first()
    if stored.transcript.strip():
        raise StepRefused("已经有文字稿了。要重新填写，请先清空并保存。")
    if track is None:
        raise StepRefused("还没有中文字幕，请先上传。")
    stored.transcript = words(track.cues)
    _refuse_unreviewed(stored, stored.transcript)
    stored.save(update_fields=["transcript"])
    log(instance=stored, action="wagtail.edit", user=user)


@transaction.atomic
def delete_video(*, video: Video, user: Any) -> None:
    """Deletes it with all its files.

    Raises:
        StepRefused: a public page shows it.
    """
    stored = Video.objects.select_for_update().get(pk=video.pk)
    if stored.public_pages().exists():
        raise StepRefused(IS_PUBLIC)
    # The upload itself is removed by wagtailmedia.
    files = [stored.poster, *(made.file for made in stored.renditions.all())]
    log(instance=stored, action="wagtail.delete", user=user)
    stored.delete()
    transaction.on_commit(lambda: forget_files(files), robust=True)


def _refuse_unreviewed(video: Video, *said: str) -> None:
    """Raises StepRefused where words would go public that nobody but their writer has seen: the
    pages that show the film need sign-offs, or a number of somebody stands in what is new."""
    for page in video.public_pages().specific():
        if not is_reviewable(page):
            continue
        rule = ReviewRule.for_page(page)
        if rule.asks_review(page):
            raise StepRefused(IS_REVIEWED.format(page.title))
        found = [one.label for text in said for one in find(text)]
        if found and rule.search_personal_data:
            kinds = "、".join(dict.fromkeys(found))
            raise StepRefused(HOLDS_PERSONAL_DATA.format(page.title, kinds))
