"""Receipts: issued with what a person sends, found again with number and code."""

import hmac
import secrets
import unicodedata

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from people.codes import LENGTH, CodeMistyped, clean_code, draw_code
from people.encryption import decrypt, encrypt
from people.models import Receipt
from people.rows import insert_unless_taken

_TRIES = 20


class NumbersExhausted(Exception):
    """No free number was found for today: far more receipts in a day than the numbers allow."""

    def __init__(self) -> None:
        super().__init__("今天的回执编号几乎用完，请稍后再试。")


def issue_receipt() -> Receipt:
    """A new receipt with today's date and six random digits as its number, and a new code.

    Works inside the caller's transaction: a number that is taken costs one more try, not the rest.

    Raises:
        NumbersExhausted: twenty numbers in a row were taken.
    """
    for _attempt in range(_TRIES):
        number = f"{timezone.localdate():%Y%m%d}-{secrets.randbelow(10**6):06d}"
        receipt = Receipt(number=number, code=draw_code())
        if insert_unless_taken(receipt):
            return receipt
    raise NumbersExhausted


def find_receipt(number: str, code: str) -> Receipt | None:
    """The receipt with this number and code, or None, in the same time for every wrong answer.

    An unknown number costs the same query, decryption and comparison as a wrong code, so that
    nobody learns which numbers exist. Both are taken as people type them.
    """
    dummy = encrypt("0" * LENGTH)
    raw = Receipt.objects.annotate(token=Cast("code", models.TextField()))
    row = raw.filter(number=clean_number(number)).values_list("pk", "token").first()
    expected = decrypt(row[1] if row else dummy)
    try:
        given = clean_code(code)
    except CodeMistyped:
        given = ""
    if not hmac.compare_digest(expected.encode(), given.encode()) or row is None:
        return None
    return Receipt.objects.get(pk=row[0])


def clean_number(text: str) -> str:
    """A receipt's number as people type it in its own form (20261122-482135); else as typed."""
    wide = "".join(filter(str.isprintable, unicodedata.normalize("NFKC", text)))
    digits = "".join(char for char in wide if char.isdigit())
    return f"{digits[:8]}-{digits[8:]}" if len(digits) == 14 else wide.strip()
