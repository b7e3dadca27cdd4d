"""Whatever is typed or put into an address: an answer in Chinese, never a 500, never a script."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.models import DecisionDraftPage, Opinion
from people.throttle import reset_limits
from tests.factories.consultation import make_draft, make_submission
from tests.factories.speaking import spoken

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What forms of all kinds have choked on, and everything else.
NASTY = [
    "\x00",
    "\x0b\ufffe",
    "\u202e反\u202c",
    "=1+1",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "' OR 1=1 --",
    "%s%n%(x)s",
    "𠮷𰻝",
    "９" * 30,
    "1e999",
    "-1",
    "../../etc/passwd",
    "a" * 5000,
]
TEXT = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"])))
FUZZ = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FIELDS = [
    "idempotency_key",
    "notice_version",
    "kind",
    "phone",
    "name",
    "email",
    "address",
    "consent",
    "captcha",
    "captcha_token",
    "captcha_answer",
    "opinions-TOTAL_FORMS",
    "opinions-INITIAL_FORMS",
    "opinions-0-clause",
    "opinions-0-text",
    "add",
]


@pytest.fixture
def draft() -> DecisionDraftPage:
    reset_limits()
    return make_draft()


@FUZZ
@given(changes=st.dictionaries(st.sampled_from(FIELDS), TEXT, min_size=1, max_size=4))
def test_the_form_answers_whatever_is_sent(
    client: Client, draft: DecisionDraftPage, changes: dict[str, str]
) -> None:
    reset_limits()
    response = client.post(f"{draft.url}opinion/", spoken(draft, **changes))
    assert response.status_code in {200, 422}
    assert b"<script>alert" not in response.content
    for opinion in Opinion.objects.all():
        assert not set(opinion.text) & set("\x00\x0b\u202e\ufffe")


@FUZZ
@given(clause=TEXT, page=TEXT)
def test_addresses_answer_whatever_they_say(
    client: Client, draft: DecisionDraftPage, clause: str, page: str
) -> None:
    for address in (f"{draft.url}opinion/", draft.url, f"{draft.url}versions/1/"):
        response = client.get(address, {"clause": clause, "all": page, "page": page})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


@FUZZ
@given(number=TEXT, code=TEXT, token=TEXT)
def test_looking_up_answers_whatever_is_sent(
    client: Client, draft: DecisionDraftPage, number: str, code: str, token: str
) -> None:
    reset_limits()
    assert client.post("/lookup/", {"number": number, "code": code}).status_code == 422
    withdrawn = client.post("/lookup/withdraw/", {"token": token, "number": number})
    assert withdrawn.status_code == 403


def test_a_hostile_opinion_is_shown_to_its_writer_as_text(client: Client) -> None:
    submission: Any = make_submission(make_draft(), "<img src=x onerror=alert(1)>")
    number, code = submission.receipt.number, submission.receipt.code
    page = client.post("/lookup/", {"number": number, "code": code}).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
