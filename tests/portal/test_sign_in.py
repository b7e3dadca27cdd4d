"""Wrong passwords are counted by account and address, and by range; right ones never."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from people.throttle import reset_limits
from publishing.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
PAGES = ["/cms/login/", "/_util/login/"]
HERE, ELSEWHERE = "203.0.113.9", "198.51.100.7"
REFUSED = "密码输错次数太多"


@pytest.fixture(autouse=True)
def chief() -> Iterator[User]:
    reset_limits()
    yield User.objects.create_superuser("chief", "chief@example.com", "right")
    reset_limits()


def sign_in(password: str, *, name: str = "chief", at: str = HERE, page: str = PAGES[0]) -> str:
    """ "in", "wrong" or "refused"."""
    form = {"username": name, "password": password}
    reply = Client(REMOTE_ADDR=at).post(page, form)
    if reply.status_code == 302:
        return "in"
    return "refused" if REFUSED in reply.content.decode() else "wrong"


@pytest.mark.parametrize("page", PAGES)
def test_after_ten_wrong_passwords_even_the_right_one_waits(page: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [sign_in(f"x{n}", page=page) for n in range(12)] == ["wrong"] * 10 + ["refused"] * 2
        assert [sign_in("right", page=other) for other in PAGES] == ["refused"] * 2
        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in("right", page=page) == "in"


def test_the_message_says_when_and_what_to_do() -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(10):
            sign_in(f"x{number}")
        form = {"username": "chief", "password": "x"}
        html = Client(REMOTE_ADDR=HERE).post(PAGES[0], form).content.decode()
    assert "请在 15 分钟后再试。忘记密码的，请联系管理员重设。" in html


def test_nobody_locks_an_account_from_elsewhere() -> None:
    for number in range(12):
        sign_in(f"x{number}", at=ELSEWHERE)
    assert sign_in("right") == "in"


def test_right_passwords_are_not_counted() -> None:
    assert {sign_in("right") for _number in range(30)} == {"in"}


def test_case_and_spaces_make_no_other_account() -> None:
    names = ["chief", "CHIEF", " chief", "Chief"] * 3
    assert [sign_in("x", name=name) for name in names].count("wrong") == 10


def test_one_password_on_many_accounts_and_who_works_there_all_the_same(settings) -> None:
    settings.THROTTLE_LIMITS = {"sign_in": {"range": ["20/15 minutes"]}}
    User.objects.create_user("colleague", password="right")
    assert sign_in("right") == "in"
    tried = [sign_in("123456", name=f"user{number}", at="203.0.113.50") for number in range(22)]
    assert tried == ["wrong"] * 20 + ["refused"] * 2
    assert sign_in("right", name="colleague") == "refused"
    assert sign_in("right") == "in"
    assert sign_in("x") == "wrong"
    assert sign_in("x", name="user1", at=ELSEWHERE) == "wrong"


def test_the_log_names_the_account_and_neither_password_nor_what_was_typed(
    caplog: pytest.LogCaptureFixture, chief: User
) -> None:
    with caplog.at_level(logging.INFO):
        for number in range(11):
            sign_in(f"geheim{number}")
        sign_in("x", name="my-password-by-mistake")
    words = [row.getMessage() for row in caplog.records if row.name == "portal.sign_in"]
    assert words == [
        *[f"Sign-in failed: user {chief.pk} from 203.0.113.0/24"] * 10,
        f"Sign-in refused, too many failures: user {chief.pk} from 203.0.113.0/24",
        "Sign-in failed: user unknown from 203.0.113.0/24",
    ]
