"""What strangers do wrong is no error of ours: ERROR in the log means that somebody must mend."""

import json
import logging.config
import runpy
from typing import Any

import pytest
from django.test import Client

from portal.logs import JsonFormatter, LoweredFilter
from tests.portal.test_settings import COMPLETE


def production_logging(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    found: dict[str, Any] = runpy.run_module("portal.settings.production")["LOGGING"]
    return found


@pytest.fixture
def kept_logging() -> Any:
    """Loggers as they were, whatever a test configures."""
    logger, root = logging.getLogger("django.security.DisallowedHost"), logging.getLogger()
    before = (logger.filters[:], root.handlers[:], root.level)
    yield
    logger.filters, root.handlers = before[0], before[1]
    root.setLevel(before[2])


@pytest.mark.django_db
def test_a_host_of_a_scanner_is_a_warning(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, kept_logging: None, capsys: Any
) -> None:
    settings.ALLOWED_HOSTS = ["minyi.example.org"]
    logging.config.dictConfig(production_logging(monkeypatch))
    assert client.get("/", headers={"host": "scanner.example.net"}).status_code == 400
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    found = [(line["level"], line["logger"]) for line in lines]
    assert ("WARNING", "django.security.DisallowedHost") in found
    assert "ERROR" not in [level for level, _logger in found]


def test_only_what_is_worse_is_lowered() -> None:
    levels = []
    for level in (logging.INFO, logging.WARNING, logging.ERROR):
        record = logging.makeLogRecord({"levelno": level, "levelname": logging.getLevelName(level)})
        assert LoweredFilter().filter(record)
        levels.append(json.loads(JsonFormatter().format(record))["level"])
    assert levels == ["INFO", "WARNING", "WARNING"]
