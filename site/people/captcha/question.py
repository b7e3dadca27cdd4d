"""A question in words for browsers without JavaScript or a secure context.

A program can answer it too. So what passes this way is held for review and limited more strictly,
and each question can be tried once: a wrong answer burns it as well.
"""

import secrets
import unicodedata
from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from people.captcha.burning import burn
from people.captcha.refusals import CaptchaExpired, CaptchaWrong

# Whoever fills in a form by hand and without a script needs longer than a script does.
LIFETIME = timedelta(hours=2)
MAX_TOKEN = 500
_SALT = "people.captcha.question"
_DIGITS = "零一二三四五六七八九十"
_VALUES = {
    **{sign: value for value, sign in enumerate(_DIGITS[:10])},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_PHRASES = ("公开透明", "便民利企", "青山绿水", "共建共享", "安居乐业", "风调雨顺")
_ORDINALS = ("第一个", "第二个", "第三个", "最后一个")


class Question(NamedTuple):
    """What the person reads, and the signed token that comes back with the answer."""

    text: str
    token: str


def new_question() -> Question:
    """A sum, a difference, or a character of a phrase, drawn at random."""
    text, answer = secrets.choice((_sum, _difference, _character))()
    nonce = secrets.token_hex(16)
    signed = {"nonce": nonce, "digest": _digest(nonce, answer)}
    return Question(text, signing.dumps(signed, salt=_SALT))


def check_answer(token: str, answer: str, *, owner: str) -> bool:
    """Burns the question and compares the answer; raises a CaptchaRefused. False: once more.

    Digits or Chinese numerals, half or full width, with or without 等于: all are the same answer.
    """
    try:
        signed = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        raise CaptchaExpired from None
    except signing.BadSignature:
        raise CaptchaWrong from None
    # The answer is part of the owner: a retry may bring the same answer again, not a better guess.
    given = _digest(signed["nonce"], normalise_answer(answer))
    once = f"{owner}:{given}" if owner else ""
    first = burn(challenge=signed["nonce"], owner=once, expires_at=timezone.now() + LIFETIME)
    if not constant_time_compare(given, signed["digest"]):
        raise CaptchaWrong
    return first


def normalise_answer(text: str) -> str:
    """An answer in one form: a number in digits, anything else without spaces and marks."""
    wide = unicodedata.normalize("NFKC", text)
    signs = "".join(char for char in wide if char.isalnum())
    signs = signs.removeprefix("是").removeprefix("等于").removesuffix("个")
    number = _number(signs)
    return signs if number is None else str(number)


def _number(signs: str) -> int | None:
    """The value of digits or of a Chinese numeral below 100; None for anything else."""
    if signs.isdecimal():
        return int(signs[:9])
    tens, ten, ones = signs.replace("拾", "十").partition("十")
    if not signs or any(part not in _VALUES for part in (tens, ones) if part):
        return None
    if not ten:
        return _VALUES[tens]
    return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)


def _sum() -> tuple[str, str]:
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    return f"{_DIGITS[first]}加{_DIGITS[second]}等于几？", str(first + second)


def _difference() -> tuple[str, str]:
    first = secrets.randbelow(9) + 2
    second = secrets.randbelow(first - 1) + 1
    return f"{_DIGITS[first]}减{_DIGITS[second]}等于几？", str(first - second)


def _character() -> tuple[str, str]:
    phrase, place = secrets.choice(_PHRASES), secrets.randbelow(4)
    return f"“{phrase}”的{_ORDINALS[place]}字是什么？", phrase[place]


def _digest(nonce: str, answer: str) -> str:
    """The answer as it may travel with the form: without the site's secret it can't be guessed."""
    return salted_hmac(_SALT, f"{nonce}:{answer}", algorithm="sha256").hexdigest()
