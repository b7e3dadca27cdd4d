from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing

from people.captcha import question
from people.captcha.question import check_answer, new_question, normalise_answer
from people.captcha.refusals import CaptchaExpired, CaptchaUsed, CaptchaWrong

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
DIGITS = "零一二三四五六七八九十"


def answer_to(text):
    """What a person would answer, worked out from the words alone."""
    if "等于几" in text:
        sign = "加" if "加" in text else "减"
        first, second = map(DIGITS.index, text.removesuffix("等于几？").split(sign))
        return str(first + second if sign == "加" else first - second)
    phrase, ordinal = text[1:5], text.split("的")[1].removesuffix("字是什么？")
    place = ["第一个", "第二个", "第三个", "最后一个"].index(ordinal)
    return phrase[place]


def test_every_question_can_be_answered_once():
    seen = set()
    for _attempt in range(60):
        asked = new_question()
        check_answer(asked.token, answer_to(asked.text), owner="")
        with pytest.raises(CaptchaUsed):
            check_answer(asked.token, answer_to(asked.text), owner="")
        seen.add(asked.text)
    assert len(seen) > 20


def test_a_wrong_answer_burns_the_question():
    asked = new_question()
    with pytest.raises(CaptchaWrong):
        check_answer(asked.token, "九十九", owner="")
    with pytest.raises(CaptchaUsed):
        check_answer(asked.token, answer_to(asked.text), owner="")


def test_a_retry_may_repeat_its_answer_but_not_guess_again():
    asked = new_question()
    with pytest.raises(CaptchaWrong):
        check_answer(asked.token, "九十九", owner="key-1")
    with pytest.raises(CaptchaUsed):
        check_answer(asked.token, answer_to(asked.text), owner="key-1")
    asked = new_question()
    check_answer(asked.token, answer_to(asked.text), owner="key-1")
    check_answer(asked.token, answer_to(asked.text), owner="key-1")
    with pytest.raises(CaptchaUsed):
        check_answer(asked.token, answer_to(asked.text), owner="key-2")


def test_a_question_expires():
    with time_machine.travel(NOW, tick=False) as clock:
        asked = new_question()
        clock.shift(timedelta(hours=2, seconds=1))
        with pytest.raises(CaptchaExpired):
            check_answer(asked.token, answer_to(asked.text), owner="")


def test_a_forged_or_broken_token_is_refused():
    other = signing.dumps({"nonce": "a", "digest": "b"}, salt="other")
    for token in ("x", "a:b:c", other, new_question().token[:-1] + "x", "一" * 50):
        with pytest.raises(CaptchaWrong):
            check_answer(token, "1", owner="")


def test_the_token_does_not_tell_the_answer(monkeypatch):
    monkeypatch.setattr(question.secrets, "choice", lambda kinds: lambda: ("问", "答案"))
    asked = new_question()
    signed = signing.loads(asked.token, salt="people.captcha.question")
    assert sorted(signed) == ["digest", "nonce"]
    assert "答案" not in str(signed)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8", "8"),
        ("８", "8"),
        ("08", "8"),
        ("八", "8"),
        ("捌", "8"),
        (" 八。 ", "8"),
        ("等于八", "8"),
        ("是 8", "8"),
        ("十", "10"),
        ("拾", "10"),
        ("十二", "12"),
        ("一十二", "12"),
        ("壹拾贰", "12"),
        ("二十", "20"),
        ("两", "2"),
        ("〇", "0"),
        ("零", "0"),
        ("透", "透"),
        ("“透”", "透"),
        ("", ""),
        ("十十", "十十"),
        ("1" * 40, "111111111"),
        ("²", "2"),
    ],
)
def test_an_answer_is_read_as_people_write_it(written, value):
    assert normalise_answer(written) == value
