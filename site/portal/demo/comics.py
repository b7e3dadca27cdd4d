"""The panels of the demo's comic: flat shapes, drawn here, of nobody."""

from collections.abc import Callable

from PIL import ImageDraw

from portal.demo.shapes import FLOOR, WALL, person

Pen = ImageDraw.ImageDraw
_SKY, _ROAD, _GRASS, _LINE = "#d6e8f2", "#7f8a8f", "#a9c3a4", "#ffffff"
_CARS = ("#b5482f", "#33658a", "#5b6f3a", "#a7762a")


def full_street(pen: Pen) -> None:
    """Cars in two rows, and a man with a cart who finds no place."""
    _street(pen)
    for place in range(6):
        _car(pen, 30 + place * 195, 430, _CARS[place % 4])
    _cart(pen, 420, 620)
    person(pen, 330, 500, "#0c4a56")


def market_place(pen: Pen) -> None:
    """A wide place with marked lots, and a sign."""
    pen.rectangle((0, 0, 1200, 300), fill=_SKY)
    pen.rectangle((0, 300, 1200, 800), fill=FLOOR)
    for place in range(6):
        pen.line((80 + place * 200, 360, 40 + place * 210, 640), fill=_LINE, width=10)
    for place, colour in enumerate(_CARS):
        _car(pen, 100 + place * 200, 420, colour)
    pen.rectangle((1040, 120, 1056, 420), fill="#6b5b4b")
    pen.rounded_rectangle((970, 60, 1130, 220), 18, fill="#33658a")
    pen.arc((1015, 95, 1085, 145), 270, 90, fill=_LINE, width=14)
    pen.line((1020, 95, 1020, 190), fill=_LINE, width=14)
    pen.line((1020, 145, 1050, 145), fill=_LINE, width=14)


def clock_and_coins(pen: Pen) -> None:
    """A clock, two hours of it green, and coins beside it."""
    pen.rectangle((0, 0, 1200, 800), fill=WALL)
    pen.ellipse((170, 140, 690, 660), fill="#ffffff", outline="#0c4a56", width=16)
    pen.pieslice((200, 170, 660, 630), 270, 330, fill=_GRASS)
    pen.line((430, 400, 430, 215), fill="#0c4a56", width=16)
    pen.line((430, 400, 550, 330), fill="#0c4a56", width=22)
    for place in range(3):
        top = 560 - place * 46
        pen.ellipse((830, top, 1060, top + 90), fill="#e0b44c", outline="#8a6a1f", width=6)


def charging(pen: Pen) -> None:
    """A shed with charging posts and bicycles, well away from the house."""
    pen.rectangle((0, 0, 1200, 480), fill=_SKY)
    pen.rectangle((0, 480, 1200, 800), fill=_GRASS)
    pen.rectangle((40, 150, 300, 560), fill="#d9c9b0")
    for window in range(6):
        x, y = 70 + window % 2 * 120, 190 + window // 2 * 110
        pen.rectangle((x, y, x + 80, y + 70), fill="#9fb3ae")
    pen.polygon([(520, 330), (1160, 250), (1160, 300), (520, 380)], fill="#0c4a56")
    for post in (560, 840, 1120):
        pen.rectangle((post, 330, post + 18, 620), fill="#6b5b4b")
    for place in range(3):
        x = 600 + place * 180
        pen.ellipse((x, 560, x + 80, 640), outline="#3a3330", width=10)
        pen.ellipse((x + 90, 560, x + 170, 640), outline="#3a3330", width=10)
        pen.line((x + 40, 600, x + 85, 520, x + 130, 600), fill=_CARS[place], width=12)


def going_home(pen: Pen) -> None:
    """An empty cart, a clear road, a man who is content."""
    _street(pen)
    _car(pen, 60, 430, _CARS[1])
    _car(pen, 940, 430, _CARS[0])
    _cart(pen, 560, 620)
    person(pen, 470, 500, "#0c4a56", speaking=True)


def _street(pen: Pen) -> None:
    pen.rectangle((0, 0, 1200, 330), fill=_SKY)
    for house in range(4):
        x = 40 + house * 300
        pen.rectangle((x, 130, x + 220, 400), fill=("#d9c9b0", "#e3d8c8")[house % 2])
        pen.polygon([(x - 20, 130), (x + 110, 50), (x + 240, 130)], fill="#8a5a3b")
    pen.rectangle((0, 400, 1200, 800), fill=_ROAD)
    for mark in range(6):
        pen.rectangle((40 + mark * 210, 690, 150 + mark * 210, 706), fill=_LINE)


def _car(pen: Pen, x: int, y: int, colour: str) -> None:
    pen.rounded_rectangle((x + 30, y - 40, x + 130, y + 30), 22, fill=colour)
    pen.rounded_rectangle((x, y, x + 165, y + 70), 18, fill=colour)
    pen.rectangle((x + 48, y - 26, x + 112, y + 4), fill="#e8f0ee")
    for wheel in (18, 106):
        pen.ellipse((x + wheel, y + 46, x + wheel + 44, y + 90), fill="#3a3330")


def _cart(pen: Pen, x: int, y: int) -> None:
    pen.polygon([(x, y), (x + 260, y), (x + 230, y + 70), (x + 30, y + 70)], fill="#8a5a3b")
    for wheel in (30, 170):
        pen.ellipse((x + wheel, y + 50, x + wheel + 66, y + 116), fill="#3a3330")
    for leaf in range(4):
        pen.ellipse((x + 20 + leaf * 58, y - 34, x + 76 + leaf * 58, y + 14), fill="#5b8f4f")


PANELS: dict[str, Callable[[Pen], None]] = {
    "full-street": full_street,
    "market-place": market_place,
    "clock-and-coins": clock_and_coins,
    "charging": charging,
    "going-home": going_home,
}
