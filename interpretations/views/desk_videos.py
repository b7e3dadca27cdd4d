"""视频: staff add films, see how far they are, give them captions, poster and transcript."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtailmedia.forms import get_media_form
from wagtailmedia.views import chooser

from interpretations.film.refusals import StepRefused
from interpretations.forms.videos import CaptionsForm, DescribeForm
from interpretations.media_access import may_add, may_see_any, videos_for
from interpretations.models import Video
from interpretations.services import videos
from interpretations.services.starting_media import sweep_videos
from publishing.listing import RowColumn

TITLE = "视频"


def standing(video: Video) -> str:
    """Its state in words, with how far the work is, or what it lacks for the public."""
    if video.is_in_work:
        return f"{video.get_state_display()} {video.percent}%"
    if not video.is_ready:
        return f"失败：{video.error}"
    lacking = [words.removeprefix(f"视频“{video.title}”") for words in video.publish_blockers()]
    return "".join(lacking) or "可以使用"


class VideoIndexView(generic.IndexView):
    """The videos of the user's units."""

    model = Video
    index_url_name = "videos:index"
    index_results_url_name = "videos:index_results"
    template_name = "interpretations/desk_videos/list.html"
    page_title = _(TITLE)
    header_icon = "wagtailmedia-video"
    paginate_by = 30
    is_searchable = False
    default_ordering = "-created_at"
    columns = [
        RowColumn("title", label=_("标题"), url_name="videos:video", accessor="title"),
        Column("state", label=_("状态"), accessor=standing),
        Column(
            "length",
            label=_("时长"),
            accessor=lambda row: row.length if row.duration else "",
            classname="desk-short",
        ),
        Column("collection", label=_("单位"), accessor="collection.name", classname="desk-wide"),
        DateColumn("created_at", label=_("上传时间"), classname="desk-wide desk-short"),
    ]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_see_any(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False

    def get_base_queryset(self) -> QuerySet[Video]:
        return videos_for(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return frame(TITLE)["breadcrumbs_items"]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_add(self.request.user):
            return []
        return [HeaderButton(_("上传视频"), url=reverse("videos:add"), icon_name="plus")]


def add(request: HttpRequest) -> HttpResponse:
    """Take a film in; then to its page, where its progress shows."""
    if not may_add(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = get_media_form(Video)(*data, user=request.user, instance=Video(type="video"))
    if form.is_bound and form.is_valid():
        video = videos.add_video(video=form.save(commit=False), user=request.user)
        messages.success(request, f"“{video.title}”已上传，正在排队处理，可以离开本页做别的事。")
        return redirect("videos:video", video.pk)
    context = {**frame("上传视频", _list()), "form": form, "media": form.media}
    status = 422 if form.is_bound else 200
    return render(request, "interpretations/desk_videos/add.html", context, status=status)


def show_video(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one video; a POST stores what was typed."""
    video = _video(request, pk)
    if request.method != "POST":
        return _page(request, video)
    form = DescribeForm(request.POST, request.FILES, instance=video, user=request.user)
    if not form.is_valid():
        return _page(request, _video(request, pk), form=form)
    poster = form.cleaned_data["poster"]
    try:
        videos.describe_video(video=form.save(commit=False), user=request.user, poster=poster)
    except StepRefused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, _video(request, pk), form=form)
    messages.success(request, "已保存。")
    return redirect("videos:video", pk)


@require_POST
def set_captions(request: HttpRequest, pk: int) -> HttpResponse:
    video = _video(request, pk)
    form = CaptionsForm(request.POST, request.FILES, video=video)
    if not form.is_valid():
        return _page(request, video, captions=form)
    try:
        track = videos.set_captions(
            video=video, language=form.cleaned_data["language"], cues=form.cues, user=request.user
        )
    except StepRefused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, video, captions=form)
    messages.success(request, f"{track}已保存，共{len(form.cues)}条。请在旁边播放检查。")
    return redirect("videos:video", pk)


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Retry, fill the transcript, remove captions; refused ones say why."""
    video = _video(request, pk)
    try:
        messages.success(request, STEPS[step](request, video))
    except StepRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("videos:video", pk)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete with all files."""
    video = _video(request, pk)
    if request.method == "POST":
        try:
            videos.delete_video(video=video, user=request.user)
        except StepRefused as refusal:
            messages.error(request, refusal.message)
            return redirect("videos:video", pk)
        messages.success(request, f"“{video.title}”已删除。")
        return redirect("videos:index")
    context = {**frame("删除视频", _list()), "video": video, "pages": video.public_pages()}
    return render(request, "interpretations/desk_videos/delete.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far it is, for the page that waits."""
    video = _video(request, pk)
    return JsonResponse(
        {
            "state": video.state,
            "label": video.get_state_display(),
            "percent": video.percent,
            "waiting": video.is_in_work,
        }
    )


@require_safe
def download_source(request: HttpRequest, pk: int) -> FileResponse:
    """The upload itself, for the unit's staff alone."""
    video = _video(request, pk)
    response = FileResponse(
        video.file.open("rb"), as_attachment=True, filename=f"{video.title}{_suffix(video)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def chooser_upload(request: HttpRequest) -> HttpResponse:
    """wagtailmedia's upload inside of its chooser, after which a worker is told."""
    response: HttpResponse = chooser.chooser_upload(request, "video")
    if request.method == "POST":
        sweep_videos()
    return response


def only_videos(request: HttpRequest) -> HttpResponse:
    """wagtailmedia's chooser of anything: there is nothing but videos."""
    return redirect("wagtailmedia:chooser_typed", "video")


def frame(title: str, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """What Wagtail's page furniture needs; ``crumbs``: the screens above, as (label, address)."""
    home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
    above = [{"url": address, "label": label} for label, address in crumbs]
    return {
        "header_title": title,
        "header_icon": "wagtailmedia-video",
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
    }


def _retry(request: HttpRequest, video: Video) -> str:
    videos.retry_video(video=video, user=request.user)
    return "已重新排队处理。"


def _fill(request: HttpRequest, video: Video) -> str:
    videos.fill_transcript(video=video, user=request.user)
    return "已把字幕文字填入文字稿，请核对并补充画面里的内容。"


def _uncaption(request: HttpRequest, video: Video) -> str:
    track = get_object_or_404(video.captions, language=request.POST.get("language"))
    videos.remove_captions(track=track, user=request.user)
    return f"{track}已删除。"


STEPS = {"retry": _retry, "fill": _fill, "uncaption": _uncaption}


def _video(request: HttpRequest, pk: int) -> Video:
    """The video, if it lies in a collection of the user's units; else 404."""
    return get_object_or_404(videos_for(request.user), pk=pk)


def _suffix(video: Video) -> str:
    _name, dot, ending = str(video.file.name).rpartition(".")
    return f".{ending}" if dot else ""


def _list() -> tuple[str, str]:
    return TITLE, reverse("videos:index")


def _page(
    request: HttpRequest,
    video: Video,
    *,
    form: DescribeForm | None = None,
    captions: CaptionsForm | None = None,
) -> HttpResponse:
    wrong = form or captions
    form = form or DescribeForm(instance=video, user=request.user)
    context = {
        **frame(video.title, _list()),
        "video": video,
        "form": form,
        "captions": captions or CaptionsForm(video=video),
        "lacking": [
            words.removeprefix(f"视频“{video.title}”") for words in video.publish_blockers()
        ],
        "pages": video.public_pages(),
        "media": form.media,
    }
    status = 422 if wrong else 200
    return render(request, "interpretations/desk_videos/video.html", context, status=status)
