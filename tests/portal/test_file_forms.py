"""Photos that staff upload say nothing of where they were taken."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model

from tests.people.uploads.making import located

pytestmark = pytest.mark.django_db
PLACE = "测试村八组".encode()


def photo() -> SimpleUploadedFile:
    """A JPEG with words in its EXIF, as phones write places and times."""
    exif = Picture.Exif()
    exif[0x010E] = PLACE.decode()
    content = io.BytesIO()
    Picture.new("RGB", (300, 200), "#5fa3a3").save(content, "JPEG", exif=exif)
    assert b"Exif" in content.getvalue()
    return SimpleUploadedFile("hall.jpg", content.getvalue(), "image/jpeg")


def test_one_photo_is_kept_as_its_pixels(admin_client: Client) -> None:
    admin_client.post(reverse("wagtailimages:add"), {"title": "大厅", "file": photo()})
    image = get_image_model().objects.get()
    with image.file.open("rb") as stored:
        content = stored.read()
    assert (b"Exif" in content, image.width, image.height) == (False, 300, 200)
    assert image.file_size == len(content)
    rendition = image.get_rendition("width-100|format-jpeg")
    with rendition.file.open("rb") as made:
        assert b"Exif" not in made.read()


def test_many_photos_too(admin_client: Client) -> None:
    address = reverse("wagtailimages:add_multiple")
    data = {"title": "大厅", "files[]": photo(), "collection": "1"}
    reply = admin_client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})
    assert reply.json()["success"] is True
    image = get_image_model().objects.get()
    with image.file.open("rb") as stored:
        assert b"Exif" not in stored.read()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def sent(admin_client: Client, name: str, content: bytes, kind: str) -> Any:
    """The answer to an upload; the errors of its form if it was refused."""
    file = SimpleUploadedFile(name, content, kind)
    return admin_client.post(reverse("wagtailimages:add"), {"title": "大厅", "file": file})


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "application/octet-stream"])
def test_where_a_phone_was_is_gone_whatever_the_browser_calls_the_file(
    admin_client: Client, kind: str
) -> None:
    content = located()
    with Picture.open(io.BytesIO(content)) as given:
        assert 0x8825 in given.getexif(), "the position is in what goes in"
    sent(admin_client, "hall.jpg", content, kind)
    with get_image_model().objects.get().file.open("rb") as stored, Picture.open(stored) as kept:
        assert dict(kept.getexif()) == {}


@pytest.mark.parametrize("name", ["drawing.svg", "drawing.png", "drawing.jpg"])
def test_drawings_that_can_run_something_are_refused(admin_client: Client, name: str) -> None:
    reply = sent(admin_client, name, SVG, "image/png")
    assert list(reply.context["form"].errors) == ["file"]
    assert get_image_model().objects.count() == 0


def test_a_picture_that_would_fill_the_memory_is_refused(admin_client: Client) -> None:
    content = io.BytesIO()
    Picture.new("1", (8000, 5100)).save(content, "PNG")
    reply = sent(admin_client, "huge.png", content.getvalue(), "image/png")
    told = ["图片超过 40 百万像素，请缩小后再上传。"]
    assert reply.context["form"].errors["file"] == told


def test_the_public_gets_the_newest_format_and_a_width_that_fits(admin_client: Client) -> None:
    content = io.BytesIO()
    Picture.new("RGB", (1300, 900), "#5fa3a3").save(content, "JPEG")
    sent(admin_client, "hall.jpg", content.getvalue(), "image/jpeg")
    image = get_image_model().objects.get()
    context = {"image": image, "alt": "群众在大厅咨询", "sizes": "100vw"}
    html = render_to_string("components/picture.html", context)
    made = image.renditions.order_by("pk")
    assert {(row.file.name.rpartition(".")[2], row.width) for row in made} == {
        (ending, width) for ending in ("avif", "webp", "jpg") for width in (400, 800, 1200)
    }
    places = [html.index(mark) for mark in ('type="image/avif"', 'type="image/webp"', "<img")]
    assert places == sorted(places)
    assert (html.count("srcset="), 'alt="群众在大厅咨询"' in html) == (3, True)
