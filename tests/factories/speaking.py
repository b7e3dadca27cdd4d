"""What a browser posts to the form for opinions."""

import uuid
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.test import Client
from PIL import Image

from consultation.models import DecisionDraftPage
from people.captcha.question import new_question
from tests.people.captcha.solving import solve
from tests.people.captcha.test_question import answer_to

PHONE = "13800001111"


def spoken(
    draft: DecisionDraftPage, *opinions: tuple[str, str] | str, **changes: Any
) -> dict[str, Any]:
    """The form filled in rightly: texts, or pairs of block id and text; ``changes`` replace fields.

    A change to None takes the field out, as a browser leaves out a box that isn't ticked.
    """
    rows: Sequence[tuple[str, str]] = [
        ("", row) if isinstance(row, str) else row for row in opinions or ("建议周日也开放。",)
    ]
    data: dict[str, Any] = {
        "idempotency_key": str(uuid.uuid4()),
        "notice_version": "1",
        "kind": "individual",
        "phone": PHONE,
        "name": "",
        "email": "",
        "address": "",
        "consent": "on",
        "captcha": solve(),
        "opinions-TOTAL_FORMS": str(len(rows)),
        "opinions-INITIAL_FORMS": "0",
        "opinions-MIN_NUM_FORMS": "1",
        "opinions-MAX_NUM_FORMS": "20",
    }
    for number, (clause, text) in enumerate(rows):
        data |= {f"opinions-{number}-clause": clause, f"opinions-{number}-text": text}
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def answered_in_words() -> dict[str, Any]:
    """The captcha's fields as a browser without scripts sends them: a question and its answer."""
    question = new_question()
    answer = answer_to(question.text)
    return {"captcha": None, "captcha_token": question.token, "captcha_answer": answer}


def clauses_of(draft: DecisionDraftPage) -> list[str]:
    """The block ids of what can be spoken to."""
    return [clause.id for clause in draft.clauses if clause.commentable]


def post(client: Client, draft: DecisionDraftPage, data: dict[str, Any]) -> Any:
    """The answer to the form."""
    return client.post(f"{draft.url}opinion/", data)


def html_of(response: Any) -> str:
    """The page that came back."""
    return str(response.content.decode())


def png() -> bytes:
    """A picture of one pixel."""
    target = BytesIO()
    Image.new("RGB", (1, 1)).save(target, "PNG")
    return target.getvalue()
