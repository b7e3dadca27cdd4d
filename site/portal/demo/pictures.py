"""Drawings in place of photos: flat shapes, made here, of nobody."""

import io

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Collection

from portal.demo.comics import PANELS
from portal.demo.shapes import FLOOR, WALL, person

SIZE = (1200, 800)
_TABLE = "#8a5a3b"
_CLOTHES = ("#0c4a56", "#b5482f", "#5b6f3a", "#7a4f8a", "#a7762a", "#33658a")
_BINS = (
    ("#2f6fab", "可回收物"),
    ("#3f8f4f", "厨余垃圾"),
    ("#b5362f", "有害垃圾"),
    ("#6b6f73", "其他"),
)


def draw(scene: str) -> bytes:
    """A scene by its name, as PNG.

    Raises:
        KeyError: no such scene.
    """
    picture = Image.new("RGB", SIZE, WALL)
    {"meeting": _meeting, "bins": _bins, **PANELS}[scene](ImageDraw.Draw(picture))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def store(scene: str, title: str, collection: Collection) -> object:
    """The drawing as an image of the library."""
    file = ImageFile(io.BytesIO(draw(scene)), name=f"{scene}.png")
    return get_image_model().objects.create(title=title, file=file, collection=collection)


def _meeting(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 560, 1200, 800), fill=FLOOR)
    pen.rectangle((90, 90, 430, 300), fill="#ffffff", outline="#9fb3ae", width=6)
    for line in range(4):
        pen.rectangle((125, 130 + line * 40, 395 - line * 45, 144 + line * 40), fill="#9fb3ae")
    for seat, colour in enumerate(_CLOTHES):
        person(pen, 190 + seat * 165, 380, colour, speaking=seat == 3)
    pen.polygon([(60, 560), (1140, 560), (1190, 690), (10, 690)], fill=_TABLE)
    for seat in range(6):
        pen.rectangle((160 + seat * 165, 585, 225 + seat * 165, 625), fill="#f7f4ee")


def _bins(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, 1200, 420), fill="#d6e8f2")
    pen.polygon([(0, 420), (300, 210), (620, 420)], fill="#a9c3a4")
    pen.polygon([(420, 420), (840, 160), (1200, 420)], fill="#8fb08c")
    pen.rectangle((0, 420, 1200, 800), fill=FLOOR)
    for place, (colour, _name) in enumerate(_BINS):
        x = 110 + place * 210
        pen.polygon([(x, 360), (x + 160, 360), (x + 140, 660), (x + 20, 660)], fill=colour)
        pen.rounded_rectangle(
            (x - 12, 322, x + 172, 368), 14, fill=colour, outline="#ffffff", width=4
        )
        pen.ellipse((x + 52, 460, x + 108, 516), outline="#ffffff", width=8)
    pen.rectangle((1000, 300, 1016, 680), fill="#6b5b4b")
    pen.rectangle((930, 190, 1150, 340), fill="#ffffff", outline="#6b5b4b", width=6)
    for line in range(3):
        pen.rectangle((960, 222 + line * 38, 1120 - line * 30, 238 + line * 38), fill="#0c4a56")
