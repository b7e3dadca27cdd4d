"""What several of the demo's drawings have: colours, and people who are nobody."""

from PIL import ImageDraw

WALL, FLOOR = "#e8f0ee", "#c9d8d4"
_SKIN, _HAIR = "#e7c1a1", "#3a3330"


def person(
    pen: ImageDraw.ImageDraw, x: int, y: int, colour: str, *, speaking: bool = False
) -> None:
    """Somebody, standing or sitting; who speaks has a bubble without words."""
    lift = 30 if speaking else 0
    pen.rounded_rectangle((x - 62, y + 70 - lift, x + 62, y + 210), 40, fill=colour)
    pen.ellipse((x - 44, y - 30 - lift, x + 44, y + 64 - lift), fill=_SKIN)
    pen.pieslice((x - 48, y - 44 - lift, x + 48, y + 44 - lift), 180, 360, fill=_HAIR)
    if speaking:
        pen.rounded_rectangle((x + 40, y - 150, x + 230, y - 60), 24, fill="#ffffff")
        pen.polygon([(x + 60, y - 62), (x + 100, y - 62), (x + 50, y - 30)], fill="#ffffff")
        for line in range(2):
            pen.rectangle(
                (x + 66, y - 126 + line * 28, x + 200, y - 116 + line * 28), fill="#9fb3ae"
            )
