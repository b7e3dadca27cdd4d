"""Photos that staff upload say nothing of where they were taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model

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
