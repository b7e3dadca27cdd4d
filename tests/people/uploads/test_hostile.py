"""What is made to be slow ends in a refusal that tells why, or passes; nothing else happens."""

import pytest

from people.uploads import check_file
from people.uploads.refusals import FileRefused

from .hostile import HOSTILE

OUTCOMES = {
    "pdf-nested": "Broken",
    "pdf-wide": "TooComplex",
    "pdf-repeated": "Broken",
    "pdf-inflating": "Broken",
    "pdf-objects": "Broken",
    "pdf-dictionaries": "Broken",
    "pdf-tables": "Broken",
    "pdf-strings": "Broken",
    "pdf-comments": "Broken",
    "pdf-packed-once": "TooComplex",
    "pdf-packed-twice": "TooComplex",
    "pdf-packed-thrice": "TooComplex",
    "pdf-lzw": "Broken",
    "pdf-runs": "TooComplex",
    "pdf-letters": "TooComplex",
    "docx-inflated": "TooComplex",
    "docx-nearly": "passed",
    "docx-text": "passed",
    "docx-fields": "TooComplex",
    "docx-lying": "Broken",
    "png-square": "TooManyPixels",
    "png-wide": "TooManyPixels",
    "jpeg-largest": "passed",
    "png-largest": "passed",
    "webp-largest": "passed",
}


# Documents are read against a clock, so on a busy machine each may end with "takes too long".
TIMED = ("pdf-", "docx-")


def outcome(content: bytes) -> str:
    try:
        check_file("a", content)
    except FileRefused as refusal:
        return type(refusal).__name__
    return "passed"


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_be_slow_is_judged(name: str) -> None:
    content = HOSTILE[name]()
    assert len(content) < 10 * 2**20
    out_of_time = {"TooComplex"} if name.startswith(TIMED) else set()
    assert outcome(content) in {OUTCOMES[name]} | out_of_time
