"""The bodies of web submissions, made before the clock runs: what a browser's form sends.

Every one has a key, a phone, an address and a solved captcha of its own, as from another person.
"""

import base64
import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import altcha
from django.conf import settings
from django.utils import timezone

from consultation.forms.speak import PREFIX
from consultation.models import DecisionDraftPage
from tests.benchmarks.sample import HEADERS, HOST
from tests.benchmarks.server import fetch

BOUNDARY = "----portal-benchmark-boundary"
_CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
SAID = "建议延长周六的开放时间，并在村务公开栏写明各个窗口的电话。" * 3


def write_submissions(path: Path, draft: DecisionDraftPage, port: int, number: int) -> None:
    """Submissions of two opinions each, in the form that load.lua reads."""
    cookie, token = _token(port, f"{draft.url}opinion/")
    fields = _fields(draft, token)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    _write(path, kind, cookie, (_multipart({**fields, **own}) for own in _people(number)))


def write_rows(path: Path, number: int) -> None:
    """What the bare view inserts: a phone and the same text, by the shortest kind of body."""
    fields = ({"phone": f"138{n:08d}", "text": SAID} for n in range(number))
    kind = "application/x-www-form-urlencoded"
    _write(path, kind, "none=none", (urlencode(one).encode() for one in fields))


def write_form(path: Path, address: str, port: int, number: int) -> None:
    """What the form builder stores: the same words and contact, and its token."""
    cookie, token = _token(port, address)
    fixed = {"csrfmiddlewaretoken": token, "name": "测试人", "first": SAID, "second": SAID}
    fields = (
        {**fixed, "phone": f"138{n:08d}", "email": f"person{n}@example.org"} for n in range(number)
    )
    kind = "application/x-www-form-urlencoded"
    _write(path, kind, cookie, (urlencode(one).encode() for one in fields))


def _token(port: int, address: str) -> tuple[str, str]:
    """The cookie and the token of a form that is shown there."""
    status, headers, page = fetch(port, address, HEADERS)
    token = _CSRF.search(page)
    if status != 200 or not token:
        raise AssertionError(f"no form: {status}")
    return headers["Set-Cookie"].partition(";")[0], token[1].decode()


def _fields(draft: DecisionDraftPage, token: str) -> dict[str, str]:
    """What all of them have in common."""
    first, second = [row.block_id for row in draft.clause_rows.all()[:2]]
    opinions = {
        "TOTAL_FORMS": "2",
        "INITIAL_FORMS": "0",
        "MIN_NUM_FORMS": "1",
        "MAX_NUM_FORMS": "20",
        "0-clause": str(first),
        "0-text": SAID,
        "1-clause": str(second),
        "1-text": SAID,
    }
    return {
        "csrfmiddlewaretoken": token,
        "notice_version": "1",
        "kind": "individual",
        "name": "测试人",
        "address": "测试村",
        "consent": "on",
        **{f"{PREFIX}-{name}": value for name, value in opinions.items()},
    }


def _people(number: int) -> Iterator[dict[str, str]]:
    for n in range(number):
        yield {
            "idempotency_key": str(uuid.uuid4()),
            "phone": f"138{n:08d}",
            "email": f"person{n}@example.org",
            "captcha": _solved(n),
        }


def _solved(number: int) -> str:
    """What the widget hands in. Who draws the number need not search for it."""
    options = altcha.ChallengeOptions(
        hmac_key=settings.ALTCHA_HMAC_KEY,
        number=number % settings.ALTCHA_MAX_NUMBER,
        max_number=settings.ALTCHA_MAX_NUMBER,
        expires=timezone.now() + timedelta(minutes=20),
    )
    challenge = altcha.create_challenge(options).to_dict()
    parts = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
    solution = {**parts, "number": options.number}
    return base64.b64encode(json.dumps(solution).encode()).decode()


def _multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return f"{''.join(parts)}--{BOUNDARY}--\r\n".encode()


def _write(path: Path, kind: str, cookie: str, bodies: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.write(f"{kind}\n{cookie}\n".encode())
        for number, body in enumerate(bodies):
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            file.write(f"{address} {len(body)}\n".encode() + body + b"\n")


ORIGIN = {**HEADERS, "Origin": f"https://{HOST}"}
