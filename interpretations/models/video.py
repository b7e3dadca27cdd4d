import uuid
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet, ReferenceIndex
from wagtailmedia.models import AbstractMedia, MediaQuerySet, MediaType

from interpretations.film import captions
from interpretations.film.enums import IN_WORK, CaptionLanguage, VideoState
from interpretations.film.facts import EXTENSIONS, spoken

TRANSCRIPT_LENGTH = 20_000
_S = VideoState


def private_storage() -> Storage:
    """Uploads lie where no address leads: they hold what phones write of place and time."""
    return storages[settings.PRIVATE_STORAGE_ALIAS]


def source_name(instance: models.Model, filename: str) -> str:
    suffix = PurePath(filename).suffix.lower().removeprefix(".")
    ending = f".{suffix}" if suffix in EXTENSIONS else ""
    return f"videos/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{ending}"


def public_name(instance: models.Model, filename: str) -> str:
    """A name that nobody guesses: it is public before the page that shows it."""
    return f"videos/{uuid.uuid4().hex}{PurePath(filename).suffix}"


class VideoQuerySet(MediaQuerySet):
    """Reads of the videos: as a queue of work, and by what they are called."""

    def due(self) -> Self:
        """What a worker can take now: not begun, or left by a worker that died."""
        left = Q(state__in=IN_WORK, lease_until__lte=timezone.now())
        return self.filter(Q(state=_S.UPLOADED) | left)

    def titles(self, ids: Iterable[int]) -> dict[int, str]:
        """By id; no query where none is asked for."""
        wanted = set(ids)
        return dict(self.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def hold_videos(ids: list[int]) -> None:
    """Until the transaction ends nobody changes the words of these films: what a gate looks at is
    what goes public. Outside of one there is nothing to hold."""
    if ids and transaction.get_connection().in_atomic_block:
        list(Video.objects.select_for_update().filter(pk__in=ids).order_by("pk").only("pk"))


class Video(AbstractMedia):
    """视频: a film with what the public needs of it: sizes to play, poster, captions, transcript.

    Its ``file`` is the upload, private; what is public are the renditions made of it.
    """

    # A worker that has the video is named by ``job``; its lease runs out when it dies.
    thumbnail = None
    file = models.FileField(
        _("视频文件"), storage=private_storage, upload_to=source_name, max_length=200
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=VideoState, default=_S.UPLOADED, editable=False
    )
    percent = models.PositiveSmallIntegerField(_("进度"), default=0, editable=False)
    error = models.CharField(_("失败的原因"), max_length=300, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    job = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    about_source = models.CharField(_("上传的文件"), max_length=120, blank=True, editable=False)
    poster = models.FileField(_("封面"), upload_to=public_name, blank=True, editable=False)
    poster_is_chosen = models.BooleanField(default=False, editable=False)
    transcript = models.TextField(
        _("文字稿"),
        blank=True,
        max_length=TRANSCRIPT_LENGTH,
        help_text=_("视频里说了什么、看到了什么，写成文字。看不了、听不了视频的人靠它了解内容。"),
    )

    admin_form_fields = ("title", "file", "collection", "tags")
    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = _("视频")
        verbose_name_plural = _("视频")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[_S.UPLOADED, *IN_WORK]),
                name="video_in_work",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=IN_WORK, job__isnull=False, lease_until__isnull=False)
                | (~Q(state__in=IN_WORK) & Q(job__isnull=True, lease_until__isnull=True)),
                name="video_in_work_has_a_job",
            ),
            models.CheckConstraint(
                condition=(Q(state=_S.FAILED) & ~Q(error="")) | (~Q(state=_S.FAILED) & Q(error="")),
                name="failed_video_says_why",
            ),
            models.CheckConstraint(condition=Q(type=MediaType.VIDEO), name="video_is_a_video"),
        ]

    def clean(self) -> None:
        """wagtailmedia judges the file's ending; of a file that the form refused, it has told."""
        if self.file:
            super().clean()

    @property
    def is_ready(self) -> bool:
        return self.state == _S.READY

    @property
    def is_in_work(self) -> bool:
        """Whether waiting will change something."""
        return self.state not in (_S.READY, _S.FAILED)

    @property
    def files(self) -> list["Rendition"]:
        """What can be played, the largest first; asked once for each object."""
        if "_files" not in self.__dict__:
            self.__dict__["_files"] = sorted(
                self.renditions.all(), key=lambda made: made.height * made.width, reverse=True
            )
        found: list[Rendition] = self.__dict__["_files"]
        return found

    @property
    def tracks(self) -> list["CaptionTrack"]:
        """The captions, Chinese first."""
        found = self.captions.all()
        return sorted(found, key=lambda track: list(CaptionLanguage).index(track.language))

    @property
    def url(self) -> str:
        """Where the film can be played: the upload has no address."""
        return self.files[-1].url if self.files else ""

    @property
    def sources(self) -> list[dict[str, str]]:
        return [{"src": made.url, "type": "video/mp4"} for made in self.files]

    @property
    def poster_url(self) -> str:
        return str(self.poster.url) if self.poster else ""

    @property
    def length(self) -> str:
        """The playing time in words."""
        return spoken(self.duration)

    @property
    def iso_length(self) -> str:
        """The playing time as ISO 8601 writes it."""
        return f"PT{max(1, round(self.duration))}S"

    def publish_blockers(self) -> list[str]:
        """What a page that shows the video still lacks, in Chinese; a page's gate asks for it."""
        return list(self._lacking())

    def _lacking(self) -> Iterator[str]:
        name = f"视频“{self.title}”"
        if self.state == _S.FAILED:
            yield f"{name}处理失败：{self.error}"
        elif not self.is_ready or not self.files:
            yield f"{name}还没有处理完。"
        if not self.poster:
            yield f"{name}缺少封面。"
        tracks = self.tracks
        if not any(track.language == CaptionLanguage.CHINESE for track in tracks):
            yield f"{name}缺少中文字幕。"
        for track in tracks:
            if self.is_ready and track.ends_at > self.duration + captions.LATE:
                yield f"{name}的{track.get_language_display()}字幕超出了视频的长度。"
        if not self.transcript.strip():
            yield f"{name}缺少文字稿。"

    def public_pages(self) -> PageQuerySet:
        """The live pages that show it."""
        references = ReferenceIndex.get_references_to(self).filter(
            base_content_type__app_label="wagtailcore", base_content_type__model="page"
        )
        ids = [int(found) for found in references.values_list("object_id", flat=True)]
        pages: PageQuerySet = Page.objects.live().filter(pk__in=ids)
        return pages


class Rendition(models.Model):
    """One size of a video, H.264 and AAC in MP4, which begins to play before it is all there."""

    wagtail_reference_index_ignore = True

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=8)
    file = models.FileField(upload_to=public_name)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("视频文件")
        verbose_name_plural = _("视频文件")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["video", "name"], name="one_rendition_of_a_size")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return str(self.file.url)


class CaptionTrack(models.Model):
    """字幕: what is said, in one language, as plain WebVTT (see ``film.captions``)."""

    wagtail_reference_index_ignore = True

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("语言"), max_length=8, choices=CaptionLanguage)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField()
    ends_at = models.FloatField()
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("字幕")
        verbose_name_plural = _("字幕")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["video", "language"], name="one_track_of_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()}字幕"

    @property
    def cues(self) -> list[captions.Cue]:
        return captions.stored_cues(self.text)
