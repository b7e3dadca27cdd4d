"""A log line is one JSON object with the request's id, and names no person."""

import json
import logging
import sys
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from wagtail import urls as wagtail_urls

from portal.logs import JsonFormatter, RequestIdFilter

PHONE = "13900000000"
logger = logging.getLogger("portal.test")


def logging_view(request: HttpRequest) -> HttpResponse:
    logger.warning("something happened", extra={"page": 7})
    return HttpResponse()


def failing_view(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"no such phone: {request.POST['phone']}")


urlpatterns = [
    path("log/", logging_view),
    path("fail/", failing_view),
    # The page for errors leads to the front page.
    path("", include(wagtail_urls)),
]
handler500 = "portal.views.server_error"


class Lines(logging.Handler):
    """Collects what the production settings would write."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonFormatter())
        self.addFilter(RequestIdFilter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Any:
    handler = Lines()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


def record(**changes: Any) -> logging.LogRecord:
    return logging.makeLogRecord({"name": "portal", "levelname": "INFO", "msg": "text", **changes})


@pytest.mark.urls(__name__)
def test_the_line_carries_the_id_that_the_answer_names(client: Client, lines: list[str]) -> None:
    response = client.get("/log/")
    line = json.loads(lines[-1])
    assert {key: line[key] for key in ("level", "logger", "message", "page")} == {
        "level": "WARNING",
        "logger": "portal.test",
        "message": "something happened",
        "page": "7",
    }
    assert line["request_id"] == response["X-Request-ID"] != "-"


@pytest.mark.urls(__name__)
def test_each_request_has_its_own_id(client: Client) -> None:
    assert client.get("/log/")["X-Request-ID"] != client.get("/log/")["X-Request-ID"]


@pytest.mark.urls(__name__)
def test_an_error_names_type_and_place_but_nothing_typed(client: Client, lines: list[str]) -> None:
    client.raise_request_exception = False
    response = client.post("/fail/", {"phone": PHONE}, headers={"cookie": f"phone={PHONE}"})
    line = next(json.loads(text) for text in lines if "exception" in text)
    assert (line["exception"], response.status_code) == ("ValueError", 500)
    assert line["traceback"].split(" < ")[0].endswith(" failing_view")
    assert PHONE not in "".join(lines)


def test_what_a_caller_passes_of_the_request_is_withheld() -> None:
    formatted = JsonFormatter().format(record(request=PHONE, data=PHONE, response=PHONE))
    assert PHONE not in formatted


def test_a_line_end_in_a_message_makes_no_second_line() -> None:
    formatted = JsonFormatter().format(record(msg="one\ntwo", extra_text="three\nfour"))
    assert (formatted.count("\n"), json.loads(formatted)["message"]) == (0, "one\ntwo")


def test_chinese_stays_readable() -> None:
    assert "征求意见" in JsonFormatter().format(record(msg="征求意见"))


def test_a_cause_is_not_written_either() -> None:
    try:
        raise RuntimeError(PHONE) from ValueError(PHONE)
    except RuntimeError:
        formatted = JsonFormatter().format(record(exc_info=sys.exc_info()))
    assert PHONE not in formatted
    assert json.loads(formatted)["exception"] == "RuntimeError"
