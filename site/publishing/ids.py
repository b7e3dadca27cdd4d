"""Numbers of rows as they stand in addresses and forms: written by anybody, so read in one place.

``str.isdigit`` is true for "²", which ``int`` refuses, and ``int`` reads numbers that no column of
the database holds.
"""

import re
from collections.abc import Iterable

from django.urls import register_converter
from django.urls.converters import IntConverter

_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)


def parse_id(written: object) -> int | None:
    """The number in ASCII digits, at most 18 of them (a bigint holds those); else None."""
    text = str(written)
    return int(text) if _DIGITS.fullmatch(text) else None


def parse_ids(written: Iterable[object]) -> list[int]:
    """Those that are numbers, in their order."""
    found = (parse_id(one) for one in written)
    return [number for number in found if number is not None]


class IdConverter(IntConverter):
    """``<id:pk>`` in addresses: what no column holds is no address, so 404 and no 500."""

    regex = "[0-9]{1,18}"


ID = "id"
"""The converter's name, for the viewsets of Wagtail that make their addresses themselves."""

register_converter(IdConverter, ID)
