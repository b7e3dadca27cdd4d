"""Pictures are decoded and encoded anew: what was hidden in them, positions included, is gone."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from people.uploads.refusals import Broken, TooManyPixels

MAX_MEGAPIXELS = 40
# An A4 page at 300 dpi has 3,508 lines: what can be read on it stays readable.
MAX_SIDE = 3600
_OPTIONS = {
    "JPEG": {"quality": 88},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 88, "method": 2},
}


def reencode(content: bytes, kind: str) -> bytes:
    """The picture ("JPEG", "PNG" or "WEBP") upright, at most 3600 pixels a side, nothing else.

    Of an animation the first frame stays.

    Raises:
        TooManyPixels: more than 40 megapixels, told from the header before decoding.
        Broken: not decodable.
    """
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one that Pillow warns at.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _encode(_decode(content, kind), kind)
    except Image.DecompressionBombError:
        raise TooManyPixels(MAX_MEGAPIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError):
        raise Broken from None


def _decode(content: bytes, kind: str) -> Image.Image:
    """The first frame, upright and scaled down, in a mode that all three formats know."""
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        if picture.width * picture.height > MAX_MEGAPIXELS * 1_000_000:
            raise TooManyPixels(MAX_MEGAPIXELS)
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2.0)
        upright = ImageOps.exif_transpose(picture)
        transparent = upright.has_transparency_data and kind != "JPEG"
        return upright.convert("RGBA" if transparent else "RGB")


def _encode(picture: Image.Image, kind: str) -> bytes:
    """The pixels alone: a new image knows nothing of the old one's metadata."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, kind, **_OPTIONS[kind])
    return target.getvalue()
