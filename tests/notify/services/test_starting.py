"""The first message goes at once, those of the following second by one sweep after it."""

import time
from typing import Any

import pytest

from notify.services import starting


@pytest.fixture
def handed_over(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the broker gets: name, arguments, seconds to wait."""
    settings.NOTIFY_GATHER_SECONDS = 1.0
    seen: list[tuple[Any, ...]] = []
    monkeypatch.setattr(starting, "_gathering", starting._Gathering())
    monkeypatch.setattr(
        starting, "_start", lambda name, *args, countdown=0.0: seen.append((name, args, countdown))
    )
    return seen


def test_fifty_messages_of_one_second_are_two_tasks(handed_over: list[tuple[Any, ...]]) -> None:
    for number in range(50):
        starting.start_deliver(number)
    (first, args, at_once), (second, none, wait) = handed_over
    assert (first, args, at_once) == ("notify.deliver", (0,), 0.0)
    assert (second, none, 1.0 < wait <= 1.2) == ("notify.sweep", (), True)


def test_after_the_second_the_next_goes_at_once_again(
    handed_over: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    starting.start_deliver(1)
    later = time.monotonic() + 1.01
    monkeypatch.setattr(starting.time, "monotonic", lambda: later)
    starting.start_deliver(2)
    assert [(name, args) for name, args, _wait in handed_over] == [
        ("notify.deliver", (1,)),
        ("notify.deliver", (2,)),
    ]
