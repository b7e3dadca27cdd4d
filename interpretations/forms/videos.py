from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import CollectionChoiceField
from wagtailmedia.forms import BaseMediaForm

from interpretations.film.captions import MAX_BYTES, CaptionsRefused, Cue, read_captions
from interpretations.film.enums import CaptionLanguage
from interpretations.film.facts import EMPTY, EXTENSIONS, TOO_LARGE
from interpretations.film.facts import MAX_BYTES as MAX_FILM
from interpretations.models import Video
from interpretations.models.video import TRANSCRIPT_LENGTH
from people.uploads.checking import CheckedFile, check_file
from people.uploads.receiving import LostFile
from people.uploads.refusals import FileRefused
from publishing.text_fields import LineField, TextField

_MEGABYTE = 1024 * 1024
_POSTER_MEGABYTES = 10
_COLLECTION = _("单位（分类）")


class UploadForm(BaseMediaForm):
    """A film to take in: what it truly is, the work on it finds out."""

    title = LineField(label=_("标题"), max_length=255, help_text=_("公众会看到，说明视频讲什么。"))

    class Meta(BaseMediaForm.Meta):
        model = Video
        fields = ["title", "file", "collection"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)
        field = self.fields["file"]
        field.label = _("视频文件")
        field.help_text = _("MP4、MOV 等，不超过 500 MB，不超过 10 分钟；手机拍的可以直接上传。")
        field.error_messages["empty"] = EMPTY
        field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in EXTENSIONS)
        _name_collection(self)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, LostFile):
            raise ValidationError(_("服务器上放不下这个文件，请联系管理员。"))
        if file.name.rpartition(".")[2].lower() not in EXTENSIONS:
            kinds = "、".join(EXTENSIONS)
            raise ValidationError(f"请上传视频文件（{kinds}）。")
        if file.size > MAX_FILM:
            raise ValidationError(TOO_LARGE)
        return file


class DescribeForm(BaseMediaForm):
    """What editors say of a video; the film itself stays: another film is another video."""

    title = LineField(label=_("标题"), max_length=255)
    transcript = TextField(
        label=_("文字稿"),
        required=False,
        max_length=TRANSCRIPT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=Video._meta.get_field("transcript").help_text,
    )
    poster = forms.FileField(
        label=_("换一张封面"),
        required=False,
        help_text=_("JPG、PNG 或 WebP 图片，最好与视频同样的宽高比。不换，就用视频里的画面。"),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )

    class Meta(BaseMediaForm.Meta):
        model = Video
        fields = ["title", "collection", "transcript"]
        field_classes = {"collection": CollectionChoiceField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_collection(self)

    def clean_poster(self) -> CheckedFile | None:
        """The picture decoded and encoded anew: nothing says where it was taken."""
        given = self.cleaned_data["poster"]
        if not given:
            return None
        if given.size > _POSTER_MEGABYTES * _MEGABYTE:
            raise ValidationError(f"图片超过 {_POSTER_MEGABYTES} MB，请缩小后再上传。")
        try:
            checked = check_file(given.name, given.read())
        except FileRefused as refusal:
            raise ValidationError(refusal.messages) from None
        if not checked.content_type.startswith("image/"):
            raise ValidationError(_("封面须是 JPG、PNG 或 WebP 图片。"))
        return checked


class CaptionsForm(forms.Form):
    """Captions of one language, read and checked against the film."""

    language = forms.ChoiceField(label=_("语言"), choices=CaptionLanguage)
    file = forms.FileField(
        label=_("字幕文件"),
        help_text=_("SRT 或 WebVTT（.vtt）。再次上传同一种语言的字幕，会替换原来的。"),
        widget=forms.FileInput(attrs={"accept": ".srt,.vtt"}),
        error_messages={"empty": _("字幕文件是空的，请重新选择。")},
    )

    def __init__(self, *args: Any, video: Video, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.video = video
        self.cues: list[Cue] = []

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        file, language = typed.get("file"), typed.get("language")
        if file is None or language is None:
            return typed
        if file.size > MAX_BYTES:
            raise ValidationError({"file": "字幕文件超过 1 MB，这不是字幕。"})
        try:
            read = read_captions(file.read(), language=language, seconds=self.video.duration)
        except CaptionsRefused as refusal:
            raise ValidationError({"file": refusal.messages}) from None
        self.cues = read
        return typed


def _name_collection(form: Any) -> None:
    """Who works for one unit alone isn't asked."""
    if "collection" in form.fields:
        form.fields["collection"].label = _COLLECTION
