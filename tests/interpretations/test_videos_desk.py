"""The desk of videos: each unit its own, nothing changed by a GET, refusals in words."""

import json
import uuid
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, ModelLogEntry, Page, ReferenceIndex

from interpretations.film.captions import Cue
from interpretations.film.enums import VideoState
from interpretations.models import CaptionTrack, Rendition, Video
from interpretations.services import videos
from publishing.enums import Role
from publishing.models import Unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft
from tests.interpretations.films import make_video
from tests.people.uploads.making import located

pytestmark = pytest.mark.django_db
SRT = "1\n00:00:00,000 --> 00:00:01,500\n停车新规来了\n".encode()
GETS = ["videos:video", "videos:delete", "videos:progress", "videos:source"]


@pytest.fixture
def office() -> Unit:
    return make_office("党政办")


@pytest.fixture
def editor(office: Unit) -> Client:
    return signed_in(make_officer(office, Role.EDITOR))


@pytest.fixture
def video(office: Unit) -> Video:
    """Ready, with everything but captions and transcript."""
    row = make_video(b"upload", collection=Collection.objects.get(name=office.name), duration=2)
    row.poster.save("poster.jpg", ContentFile(b"poster"), save=False)
    row.state = VideoState.READY
    row.save()
    made = Rendition(video=row, name="480p", width=854, height=480, size=4)
    made.file.save("film.mp4", ContentFile(b"film"))
    return row


def address(name: str, video: Video, *more: str) -> str:
    return reverse(name, args=[video.pk, *more])


def captions(content: bytes = SRT, language: str = "zh-Hans") -> dict[str, Any]:
    return {"language": language, "file": SimpleUploadedFile("captions.srt", content)}


def shown_publicly(video: Video) -> None:
    """What the reference index notes of a page that shows it."""
    page = make_draft().page_ptr
    kinds = ContentType.objects
    ReferenceIndex.objects.create(
        content_type=page.content_type,
        base_content_type=kinds.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type=kinds.get_for_model(video),
        to_object_id=str(video.pk),
        model_path="body",
        content_path="body",
        content_path_hash=uuid.uuid4(),
    )
    Page.objects.filter(pk=page.pk).update(live=True)


def test_an_upload_is_kept_in_private_and_a_worker_is_told(
    editor: Client, office: Unit, django_capture_on_commit_callbacks: Any
) -> None:
    film = SimpleUploadedFile("假的.mp4", b"no film at all", "video/mp4")
    with django_capture_on_commit_callbacks(execute=True):
        reply = editor.post(reverse("videos:add"), {"title": "停车新规", "file": film})
    row = Video.objects.get()
    assert reply.headers["Location"] == address("videos:video", row)
    assert (row.collection.name, row.title, row.type) == (office.name, "停车新规", "video")
    assert str(row.file.storage.location).endswith("private")
    assert "假的" not in row.file.name
    assert row.state == VideoState.FAILED, "the task ran, and it was no film"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("film.mp4", b"", "文件是空的（0 字节），请重新选择视频上传。"),
        ("film.exe", b"x", "请上传视频文件（mp4、mov、m4v、3gp、mkv、webm、avi）。"),
    ],
)
def test_what_the_form_sees_at_once(editor: Client, name: str, content: bytes, told: str) -> None:
    data = {"title": "停车新规", "file": SimpleUploadedFile(name, content)}
    reply = editor.post(reverse("videos:add"), data)
    assert (reply.status_code, Video.objects.count()) == (422, 0)
    assert reply.context["form"].errors == {"file": [told]}, "one voice, and no other"


def test_too_large_is_told_before_anything_is_kept(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interpretations.forms.videos.MAX_FILM", 3)
    data = {"title": "停车新规", "file": SimpleUploadedFile("film.mp4", b"four")}
    reply = editor.post(reverse("videos:add"), data)
    told = "文件超过 500 MB。请导出为 1920×1080 或更小后再上传。"
    assert reply.context["form"].errors["file"] == [told]


@pytest.mark.parametrize("name", GETS)
def test_each_unit_sees_its_own(video: Video, editor: Client, name: str) -> None:
    other = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    assert editor.get(address(name, video)).status_code == 200
    assert other.get(address(name, video)).status_code == 404
    own, others = (one.get(reverse("videos:index")) for one in (editor, other))
    assert (
        own.content.decode().count(video.title),
        others.content.decode().count(video.title),
    ) == (
        1,
        0,
    )


@pytest.mark.parametrize("name", [*GETS, "videos:index"])
def test_the_front_desk_and_strangers_see_none(video: Video, office: Unit, name: str) -> None:
    front = signed_in(make_officer(office, Role.FRONT_DESK))
    path = reverse(name) if name == "videos:index" else address(name, video)
    assert front.get(path).status_code in {302, 403, 404}
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("step", ["retry", "fill", "uncaption"])
def test_a_get_changes_nothing(video: Video, editor: Client, step: str) -> None:
    assert editor.get(address("videos:step", video, step)).status_code == 405
    assert editor.get(address("videos:captions", video)).status_code == 405
    assert editor.get(address("videos:delete", video)).status_code == 200
    assert Video.objects.count() == 1


def test_captions_are_stored_shown_and_replaced(video: Video, editor: Client) -> None:
    for _again in range(2):
        reply = editor.post(address("videos:captions", video), captions())
        assert reply.status_code == 302
    track = CaptionTrack.objects.get()
    assert (track.cues, track.ends_at) == ([Cue(0.0, 1.5, "停车新规来了")], 1.5)
    public = Client().get(reverse("video_captions", args=[track.key]))
    assert (public.status_code, public["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert public.content.decode() == track.text
    assert public["Cache-Control"] == "public, max-age=30"


def test_wrong_captions_are_told_and_not_kept(video: Video, editor: Client) -> None:
    late = SRT.replace(b"01,500", b"09,000")
    reply = editor.post(address("videos:captions", video), captions(late))
    assert (reply.status_code, CaptionTrack.objects.count()) == (422, 0)
    told = "第1条（0:00）到9.0秒才结束，超出了视频的长度（2.0秒）。"
    assert reply.context["captions"].errors["file"] == [told]


def test_what_is_lacking_is_named_one_by_one(video: Video, editor: Client) -> None:
    name = f"视频“{video.title}”"
    assert Video.objects.get().publish_blockers() == [
        f"{name}缺少中文字幕。",
        f"{name}缺少文字稿。",
    ]
    editor.post(address("videos:captions", video), captions())
    editor.post(address("videos:step", video, "fill"))
    row = Video.objects.get()
    assert (row.publish_blockers(), row.transcript) == ([], "停车新规来了")
    Video.objects.update(poster="")
    CaptionTrack.objects.update(ends_at=9)
    assert Video.objects.get().publish_blockers() == [
        f"{name}缺少封面。",
        f"{name}的中文字幕超出了视频的长度。",
    ]
    Rendition.objects.all().delete()
    assert Video.objects.get().publish_blockers()[0] == f"{name}还没有处理完。"
    Video.objects.update(state=VideoState.FAILED, error="太长。")
    assert Video.objects.get().publish_blockers()[0] == f"{name}处理失败：太长。"


def test_captions_of_another_language_are_not_enough(video: Video, editor: Client) -> None:
    english = SRT.replace("停车新规来了".encode(), b"New rules")
    editor.post(address("videos:captions", video), captions(english, "en"))
    assert f"视频“{video.title}”缺少中文字幕。" in Video.objects.get().publish_blockers()


def test_a_chosen_poster_says_nothing_of_its_place(video: Video, editor: Client) -> None:
    data = {"title": "新的标题", "transcript": "", "poster": SimpleUploadedFile("p.jpg", located())}
    assert editor.post(address("videos:video", video), data).status_code == 302
    row = Video.objects.get()
    assert (row.title, row.poster_is_chosen, row.state) == ("新的标题", True, VideoState.READY)
    with Image.open(row.poster) as poster:
        assert (poster.format, dict(poster.getexif())) == ("JPEG", {})


def test_a_poster_must_be_a_picture(video: Video, editor: Client) -> None:
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4"):
        data = {"title": "标题", "poster": SimpleUploadedFile("p.png", content)}
        assert editor.post(address("videos:video", video), data).status_code == 422
    assert Video.objects.get().poster_is_chosen is False


def test_typing_while_a_worker_works_disturbs_nothing(video: Video, editor: Client) -> None:
    seen = Video.objects.get()
    Video.objects.update(state=VideoState.FAILED, error="太长。", percent=7)
    seen.title = "改过的标题"
    videos.describe_video(video=seen, user=None)
    row = Video.objects.get()
    assert (row.title, row.state, row.percent) == ("改过的标题", VideoState.FAILED, 7)


def test_the_page_that_waits_is_told_how_far_it_is(video: Video, editor: Client) -> None:
    found = json.loads(editor.get(address("videos:progress", video)).content)
    wanted = {"state": "ready", "label": "可以使用", "percent": 0, "waiting": False}
    assert found == wanted


def test_trying_again(
    video: Video, editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    Video.objects.update(state=VideoState.FAILED, error="太长。")
    with django_capture_on_commit_callbacks() as told:
        editor.post(address("videos:step", video, "retry"))
    row = Video.objects.get()
    assert (row.state, row.error, len(told)) == (VideoState.UPLOADED, "", 1)


def test_deleting_takes_all_files_along(
    video: Video, editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    files = [video.file, video.poster, Rendition.objects.get().file]
    assert [file.storage.exists(file.name) for file in files] == [True] * 3
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address("videos:delete", video))
    assert Video.objects.count() == 0
    assert [file.storage.exists(file.name) for file in files] == [False] * 3


def test_what_the_public_sees_is_neither_deleted_nor_left_without_captions(
    video: Video, editor: Client
) -> None:
    editor.post(address("videos:captions", video), captions())
    shown_publicly(video)
    editor.post(address("videos:delete", video))
    editor.post(address("videos:step", video, "uncaption"), {"language": "zh-Hans"})
    assert (Video.objects.count(), CaptionTrack.objects.count()) == (1, 1)


def test_steps_are_in_the_audit_trail(video: Video, editor: Client) -> None:
    editor.post(address("videos:captions", video), captions())
    editor.post(address("videos:step", video, "uncaption"), {"language": "zh-Hans"})
    entries = ModelLogEntry.objects.filter(action="interpretations.captions").order_by("pk")
    assert [entry.message for entry in entries] == ["上传中文字幕，共1条", "删除中文字幕"]


def test_one_and_three_videos_cost_the_same_number_of_queries(video: Video, editor: Client) -> None:
    editor.get(reverse("videos:index"))
    with CaptureQueriesContext(connection) as one:
        editor.get(reverse("videos:index"))
    for _more in range(2):
        make_video(collection=video.collection)
    with CaptureQueriesContext(connection) as three:
        editor.get(reverse("videos:index"))
    assert len(three) == len(one)
