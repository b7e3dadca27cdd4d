"""The draw of lots: an order that neither side could choose, and that anyone can compute again.

Before registration opens, the office publishes the commitment: the SHA-256 of a secret seed of 32
bytes. At the draw the list of registration numbers is frozen and published, a witness rolls digits
in public, and the order follows from both: each number n gets the key

    HMAC-SHA256(key = seed, message = digits + "\\n" + n)

(RFC 2104; digits and n in ASCII), and the numbers are sorted by key, then by number. The first ones
get the seats, the next ones wait in this order. Afterwards the seed is published, too.

The office can't choose: the seed was fixed before anybody registered, and the digits are not
known to it. The witness can't choose: the seed is not known to him. The same idea as RFC 3797
(verifiable random selection), with a hash of today.

Pure, standard library only: it is also what ``manage.py verify_draw`` runs.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VERSION = 1
SEED_BYTES = 32
DIGITS = re.compile(r"[0-9]{4,40}")
_HEX = re.compile(r"[0-9a-f]{64}")


def new_seed() -> str:
    """A secret seed, 32 bytes in hex."""
    return secrets.token_hex(SEED_BYTES)


def commitment_of(seed: str) -> str:
    """What is published of a seed before registration opens: SHA-256 of its 32 bytes, in hex."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def list_digest(numbers: Iterable[str]) -> str:
    """SHA-256 over the sorted numbers, one a line: names the frozen list before the digits fall."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()


def draw_order(*, seed: str, digits: str, numbers: Iterable[str]) -> list[str]:
    """The numbers in the order that the draw gives them."""

    def key(number: str) -> tuple[str, str]:
        message = f"{digits}\n{number}".encode()
        return hmac.new(bytes.fromhex(seed), message, hashlib.sha256).hexdigest(), number

    return sorted(numbers, key=key)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked in a published record, and whether it is right."""

    what: str
    right: bool


def verify(record: Mapping[str, Any]) -> list[Finding]:
    """Checks a published record (``DrawRun.record``) against itself.

    Raises:
        ValueError: the record is not one of a draw; the message says what is wrong, in Chinese.
    """
    seed, digits, numbers = _read(record)
    order = draw_order(seed=seed, digits=digits, numbers=numbers)
    return [
        Finding("承诺值与公布的种子一致", commitment_of(seed) == record["commitment"]),
        Finding("名单摘要与公布的名单一致", list_digest(numbers) == record["list_sha256"]),
        Finding("名单中没有重复的编号", len(set(numbers)) == len(numbers)),
        Finding("抽签顺序由种子、数字和编号算出", order == list(record["order"])),
        Finding("名额按顺序分配", _given_in_order(record, order)),
    ]


def _read(record: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    if not isinstance(record, Mapping) or record.get("version") != VERSION:
        raise ValueError("这不是本平台公布的抽签记录，或版本不同。")
    wanted = (
        *("seed", "digits", "commitment", "list_sha256", "order", "list"),
        *("places", "selected", "waiting"),
    )
    missing = [name for name in wanted if name not in record]
    if missing:
        raise ValueError(f"抽签记录不完整，缺少：{'、'.join(missing)}。")
    seed, digits = str(record["seed"]), str(record["digits"])
    if not _HEX.fullmatch(seed) or not DIGITS.fullmatch(digits):
        raise ValueError("抽签记录中的种子或数字格式不对。")
    rows = record["list"]
    if not isinstance(rows, Sequence) or not all(_is_row(row) for row in rows):
        raise ValueError("抽签记录中的名单格式不对。")
    if type(record["places"]) is not int or record["places"] < 0:
        raise ValueError("抽签记录中的名额数格式不对。")
    results = [record["order"], record["selected"], record["waiting"], record.get("withdrawn", [])]
    if not all(map(_are_numbers, results)):
        raise ValueError("抽签记录中的结果格式不对。")
    return seed, digits, [row["number"] for row in rows]


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("number"), str)


def _are_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _given_in_order(record: Mapping[str, Any], order: Sequence[str]) -> bool:
    """Seats and places in line go down the order; who cancelled before is passed over, by name.

    All seats that there were are given, as far as people stand for them.
    """
    gone = set(record.get("withdrawn", ()))
    standing = [number for number in order if number not in gone]
    given = [*record["selected"], *record["waiting"]]
    whole = len(record["selected"]) == min(record["places"], len(standing))
    return whole and given == standing[: len(given)]
