import io

import pytest
from PIL import Image

from people.uploads import check_file
from people.uploads.refusals import Broken, HeicRefused, TooManyPixels

from .making import bomb, located, picture


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "name", "content_type"),
    [
        ("JPEG", "图.jpg", "image/jpeg"),
        ("PNG", "图.png", "image/png"),
        ("WEBP", "图.webp", "image/webp"),
    ],
)
def test_a_picture_stays_a_picture_of_its_kind(kind, name, content_type):
    checked = check_file("图.gif", picture(kind))
    image = opened(checked.content)
    assert (checked.name, checked.content_type, image.format) == (name, content_type, kind)
    red, blue = image.convert("RGB").getpixel((10, 10)), image.convert("RGB").getpixel((50, 10))
    assert (red[0] > 240, red[2] < 15, blue[2] > 240, blue[0] < 15) == (True,) * 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_position_and_camera_are_gone(kind):
    original = located(kind)
    assert opened(original).getexif().get_ifd(0x8825)[4] == (117.0, 40.0, 0.0)
    checked = check_file("a", original)
    assert dict(opened(checked.content).getexif()) == {}
    assert b"CanaryCamera" in original
    assert b"CanaryCamera" not in checked.content


def test_a_picture_on_its_side_is_turned_upright():
    assert opened(check_file("a", located(orientation=6)).content).size == (40, 60)


@pytest.mark.parametrize(
    "options",
    [{"comment": b"Canary"}, {"icc_profile": b"Canary" * 40}, {"xmp": b"<x>Canary</x>"}],
)
def test_other_metadata_is_gone(options):
    original = picture("JPEG", **options)
    assert b"Canary" in original
    assert b"Canary" not in check_file("a", original).content


def test_what_hangs_on_a_picture_is_gone():
    tail = b"<script>alert(1)</script>PK\x03\x04"
    for kind in ("JPEG", "PNG", "WEBP"):
        assert tail not in check_file("a", picture(kind) + tail).content


def test_transparency_stays_where_the_format_has_it():
    checked = check_file("a", picture("PNG", mode="RGBA"))
    assert opened(checked.content).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "I;16"])
def test_odd_modes_are_understood(mode):
    target = io.BytesIO()
    Image.new(mode, (10, 10)).save(target, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(check_file("a", target.getvalue()).content).size == (10, 10)


def test_a_large_picture_is_scaled_down_and_stays_readable():
    checked = check_file("a", picture("JPEG", size=(6000, 3000)))
    assert opened(checked.content).size == (3600, 1800)


def test_of_an_animation_the_first_frame_stays():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    target = io.BytesIO()
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    image = opened(check_file("a", target.getvalue()).content)
    assert (getattr(image, "n_frames", 1), image.getpixel((5, 5))) == (1, (255, 0, 0))


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (8000, 5001), (200_000, 300)])
def test_a_pixel_bomb_is_refused_before_it_is_unpacked(width, height):
    content = bomb(width, 10) if width * height > 2**31 else bomb(width, height)
    if width * height > 2**31:
        content = content[:20] + height.to_bytes(4, "big") + content[24:]
    with pytest.raises((TooManyPixels, Broken)):
        check_file("a.png", content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_or_broken_picture_is_refused(kind):
    whole = picture(kind)
    for content in (whole[: len(whole) // 2], whole[:16], whole[:12] + b"\xff" * 400):
        with pytest.raises(Broken):
            check_file("a", content)


def test_a_heic_picture_is_told_what_to_do():
    with pytest.raises(HeicRefused, match="JPG"):
        check_file("IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(40))
