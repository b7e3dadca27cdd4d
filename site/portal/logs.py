"""Structured logs: one JSON object a line, with the request's id and without personal data."""

import json
import logging
from datetime import UTC, datetime

from portal.middleware import request_id

# What a LogRecord carries by itself; anything else was given by the caller as ``extra``.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id", "taskName"}
# Never written, whoever passes them: requests carry addresses, cookies and forms.
_WITHHELD = frozenset({"request", "response", "data", "args", "server_time"})


class RequestIdFilter(logging.Filter):
    """Puts the request's id on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class LoweredFilter(logging.Filter):
    """Makes a warning of what others do wrong, so that ERROR stays for what somebody must mend."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request id, and what the caller added."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
        }
        extra = {k: v for k, v in vars(record).items() if k not in _OWN and k not in _WITHHELD}
        line.update({key: str(value) for key, value in extra.items()})
        if record.exc_info and record.exc_info[0]:
            # The type and the place; the message of an exception may quote what a person typed.
            line["exception"] = record.exc_info[0].__name__
            line["traceback"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def _places(record: logging.LogRecord) -> str:
    """The frames of the traceback as file:line function, without the exception's message."""
    places = []
    frame = record.exc_info[2] if record.exc_info else None
    while frame is not None:
        code = frame.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
    return " < ".join(reversed(places))
