"""Health and readiness: plain, fresh, without secrets, and right about what is down."""

from collections.abc import Callable
from threading import Event, Semaphore
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from portal import probes


def failing(error: Exception) -> Callable[[], None]:
    """A check that fails; its name stands in the log."""

    def check() -> None:
        raise error

    return check


def test_healthz_needs_no_database(client: Client) -> None:
    """Not marked django_db: any query fails here."""
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_healthz_asks_no_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.page_cache.cache.get", failing(AssertionError()))
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readyz(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {
            "status": "ready",
            "checks": {"database": "ok", "migrations": "ok", "cache": "ok", "broker": "ok"},
        },
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_neither_is_kept_anywhere(client: Client, address: str) -> None:
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_a_pending_migration_is_a_reason_to_send_people_away(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["migrations"]) == (503, "failed")


@pytest.mark.django_db
def test_a_database_that_is_down_is_told_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "check_database", failing(DatabaseError("db.internal:5432")))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (503, "unavailable")
    assert "db.internal" not in response.content.decode()


@pytest.mark.django_db
def test_a_database_that_hangs_keeps_nobody_waiting(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = Event()
    monkeypatch.setattr(probes, "_ask_database", lambda answer: released.wait(10))
    monkeypatch.setattr(probes, "_asking", Semaphore(1))
    monkeypatch.setattr(probes, "DATABASE_SECONDS", 0.05)
    answers = [client.get("/readyz") for _ in range(2)]
    released.set()
    assert [(row.status_code, row.json()["status"]) for row in answers] == [
        (503, "unavailable"),
        (503, "unavailable"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/elder/readyz", "/elder/healthz", "/elder/cms/"])
def test_what_is_for_machines_and_staff_has_no_elder_version(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.django_db
def test_a_broker_that_is_down_only_delays_messages(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["broker"] == "failed"
