"""The two sizes in which a film is shown, and which of them one gets."""

from dataclasses import dataclass

_BOXES = {"720p": (1280, 720), "480p": (854, 480)}
NAMES = tuple(_BOXES)
SMALLEST = "480p"


@dataclass(frozen=True)
class Size:
    """One of the files to make: its name and its pixels, both sides even, as H.264 wants them."""

    name: str
    width: int
    height: int


def sizes_for(width: int, height: int) -> list[Size]:
    """The largest first. Nothing is made larger than it was filmed, and no size twice."""
    found = [_fitted(name, width, height) for name in _BOXES]
    large, small = found
    return [small] if (large.width, large.height) == (small.width, small.height) else found


def _fitted(name: str, width: int, height: int) -> Size:
    """Into the box of that name, which stands upright for a film that does."""
    long, short = _BOXES[name]
    scale = min(1.0, long / max(width, height), short / min(width, height))
    return Size(name, _even(width, scale), _even(height, scale))


def _even(side: int, scale: float) -> int:
    return max(2, min(side // 2 * 2, round(side * scale / 2) * 2))
