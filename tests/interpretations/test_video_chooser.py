"""wagtailmedia's own ways: its chooser, and the addresses that it makes, lead to our desk."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from interpretations.film.enums import VideoState
from interpretations.models import Video
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.interpretations.films import make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return signed_in(make_officer(make_office("党政办"), Role.EDITOR))


@pytest.fixture
def video(editor: Client) -> Video:
    return make_video(collection=Collection.objects.get(name="党政办"))


def test_wagtailmedias_own_ways_lead_here(video: Video, editor: Client) -> None:
    assert reverse("wagtailmedia:edit", args=[video.pk]) == reverse("videos:video", args=[video.pk])
    assert editor.get(reverse("wagtailmedia:add", args=["audio"])).status_code == 200
    assert editor.get(reverse("wagtailmedia:chooser")).headers["Location"] == reverse(
        "wagtailmedia:chooser_typed", args=["video"]
    )
    chooser = json.loads(editor.get(reverse("wagtailmedia:chooser_typed", args=["video"])).content)
    assert (video.title in chooser["html"], "audio" in chooser["html"]) == (True, False)
    other = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    theirs = json.loads(other.get(reverse("wagtailmedia:chooser_typed", args=["video"])).content)
    assert video.title not in theirs["html"]


def test_an_upload_in_the_chooser_is_worked_on_too(editor: Client) -> None:
    data = {
        "media-chooser-upload-title": "选用时上传",
        "media-chooser-upload-file": SimpleUploadedFile("film.mp4", b"no film at all"),
    }
    for kind in ("video", "audio"):
        reply = editor.post(reverse("wagtailmedia:chooser_upload", args=[kind]), data)
        assert reply.status_code == 200
    assert set(Video.objects.values_list("type", "state")) == {("video", VideoState.FAILED)}


def test_a_collection_that_is_no_number_is_a_bad_request(editor: Client) -> None:
    address = reverse("wagtailmedia:chooser_typed", args=["video"])
    replies = [editor.get(address, {"collection_id": text}).status_code for text in ("x", "²", "1")]
    assert replies == [400, 400, 200]


def test_the_admin_names_videos_once_and_wagtailmedia_nowhere(editor: Client) -> None:
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    searching = editor.get(reverse("wagtailadmin_pages:search"), {"q": "停车"}).content.decode()
    ours, theirs = (word.encode("unicode_escape").decode() for word in ("视频", "媒体"))
    assert (ours in html, theirs in html, "媒体" in html + searching) == (True, False, False)
