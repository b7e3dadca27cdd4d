import os
import socket
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import redis
import time_machine

from people.throttle import TooMany, check_limits, reset_limits
from tests.servers.silent import silent

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
HERE = "203.0.113.9"


@pytest.fixture(autouse=True)
def forget():
    reset_limits()
    yield
    reset_limits()


def passed(times, **what):
    """How many of the attempts pass."""
    count = 0
    for _attempt in range(times):
        try:
            check_limits(**{"action": "submit", "address": HERE, **what})
            count += 1
        except TooMany:
            pass
    return count


def test_five_hundred_people_behind_one_address_each_send_and_look_up():
    people = [f"person-{number}" for number in range(500)]
    assert sum(passed(1, person_key=person) for person in people) == 500
    assert sum(passed(1, action="lookup", person_key=person) for person in people) == 500


def test_one_person_may_send_ten_in_an_hour_and_thirty_in_a_day():
    with time_machine.travel(NOW, tick=False) as clock:
        assert passed(20, person_key="a") == 10
        assert passed(1, person_key="b") == 1
        for _hour in range(4):
            clock.shift(timedelta(hours=1, seconds=1))
            passed(20, person_key="a")
        assert passed(1, person_key="a") == 0
        clock.shift(timedelta(days=1))
        assert passed(1, person_key="a") == 1


def test_one_range_may_send_two_thousand_and_its_neighbour_is_free():
    assert passed(2100) == 2000
    assert passed(1, address="203.0.113.77") == 0
    assert passed(1, address="203.0.114.9") == 1


def test_without_a_script_the_limits_are_stricter():
    assert passed(10, person_key="a", strict=True) == 3
    assert passed(200, strict=True) == 97


def test_looking_up_one_number_is_limited_from_one_range_and_left_to_others():
    assert passed(30, action="lookup", person_key="20261122-000001") == 10
    elsewhere = {"action": "lookup", "address": "198.51.100.1"}
    assert passed(30, person_key="20261122-000001", **elsewhere) == 10
    assert passed(1, action="lookup", person_key="20261122-000002") == 1


def test_files_from_one_range_are_limited_before_they_are_checked():
    assert passed(400, action="upload") == 300


def test_the_refusal_says_when_to_come_again():
    with time_machine.travel(NOW, tick=False) as clock:
        passed(10, person_key="a")
        clock.shift(timedelta(minutes=48))
        with pytest.raises(TooMany) as refusal:
            check_limits(action="submit", address=HERE, person_key="a")
        assert refusal.value.message == "操作过于频繁，请在 12 分钟后再试。"
        assert refusal.value.retry_after == 720
        clock.shift(timedelta(minutes=12, seconds=1))
        assert passed(1, person_key="a") == 1


def test_an_operator_can_set_other_limits(settings):
    settings.THROTTLE_LIMITS = {"submit": {"person": ["2/hour"]}}
    assert passed(5, person_key="a") == 2
    assert passed(5, action="lookup", person_key="a") == 5


def test_an_unknown_address_is_limited_too():
    assert passed(2100, address="") == 2000


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_without_its_store_it_counts_in_memory_and_more_strictly(settings):
    settings.THROTTLE_STORAGE = f"redis://127.0.0.1:{_free_port()}/0"
    assert passed(20, person_key="a") == 2
    assert passed(1000) == 498


def test_a_store_that_hangs_is_asked_once(settings):
    with silent() as hung:
        settings.THROTTLE_STORAGE = hung.redis_url
        assert passed(20, person_key="a") == 2
        assert hung.callers() == 1


@pytest.mark.broker
class TestWithRedis:
    """Against a Redis of its own, which is stopped and started again."""

    @pytest.fixture
    def server(self, tmp_path):
        if not os.environ.get("REDIS_URL"):
            pytest.skip("needs REDIS_URL and redis-server")
        port, started = _free_port(), []

        def start():
            command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
            started.append(
                subprocess.Popen([*command, "--dir", tmp_path], stdout=subprocess.DEVNULL)
            )
            client = redis.Redis(port=port)
            while True:
                try:
                    client.ping()
                    return port
                except redis.ConnectionError:
                    time.sleep(0.05)

        def stop():
            started[-1].terminate()
            started[-1].wait()

        yield start, stop
        if started[-1].poll() is None:
            stop()

    def test_it_counts_for_all_processes_and_survives_an_outage(
        self, server, settings, monkeypatch
    ):
        start, stop = server
        settings.THROTTLE_STORAGE = f"redis://127.0.0.1:{start()}/0"
        monkeypatch.setattr("people.throttle.RETRY_SECONDS", 0.2)
        assert passed(6, person_key="a") == 6
        reset_limits()
        assert passed(6, person_key="a") == 4
        stop()
        assert passed(6, person_key="b") == 2
        start()
        time.sleep(0.3)
        assert passed(12, person_key="b") == 10

    def test_parallel_attempts_never_exceed_the_limit(self, server, settings):
        start, _stop = server
        settings.THROTTLE_STORAGE = f"redis://127.0.0.1:{start()}/0"
        counts = []
        threads = [
            threading.Thread(target=lambda: counts.append(passed(5, person_key="a")))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(counts) == 10

    def test_the_store_holds_neither_address_nor_person(self, server, settings):
        start, _stop = server
        port = start()
        settings.THROTTLE_STORAGE = f"redis://127.0.0.1:{port}/0"
        check_limits(action="submit", address=HERE, person_key="+8613800001234")
        keys = b" ".join(redis.Redis(port=port).keys())
        assert keys.count(b"submit") == 3
        assert (b"203.0.113" in keys, b"13800001234" in keys) == (False, False)
