"""Real threads on a real PostgreSQL: each with a connection of its own, started together."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections


@pytest.fixture(autouse=True)
def _on_postgresql(transactional_db: None, django_db_serialized_rollback: None) -> None:
    """SQLite has one writer: there is nothing to race for."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (DATABASE_URL)")


@pytest.fixture
def race() -> Callable[..., list[Any]]:
    """Runs the calls at once; returns what each returned or raised, in the order given."""

    def run(calls: list[Callable[[], Any]]) -> list[Any]:
        gate = threading.Barrier(len(calls), timeout=30)

        def one(call: Callable[[], Any]) -> Any:
            try:
                gate.wait()
                return call()
            except Exception as error:  # the test looks at every ending
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return [future.result(timeout=60) for future in [pool.submit(one, c) for c in calls]]

    return run
