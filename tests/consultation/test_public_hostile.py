"""Whatever is typed or put into an address: an answer in Chinese, never a 500, never a script."""

from typing import Any
from urllib.parse import quote

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
    "csrfmiddlewaretoken",
    "opinions-TOTAL_FORMS",
    "opinions-INITIAL_FORMS",
    "opinions-MIN_NUM_FORMS",
    "opinions-MAX_NUM_FORMS",
    "opinions-0-clause",
    "opinions-0-text",
    "opinions-1-text",
    "attachments",
    "add",
]
# Every parameter that any public address reads, sent to all of them.
PARAMETERS = ["phase", "page", "q", "clause", "all", "next", "number", "format"]
# Many values at a time, so that there are 10,000 of them in all.
WHOLE_FORMS = settings(FUZZ, max_examples=465)
WHOLE_QUERIES = settings(FUZZ, max_examples=30)


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


@WHOLE_FORMS
@given(values=st.lists(TEXT, min_size=len(FIELDS), max_size=len(FIELDS)))
def test_the_form_answers_when_everything_in_it_is_odd(
    client: Client, draft: DecisionDraftPage, values: list[str]
) -> None:
    reset_limits()
    data = dict(zip(FIELDS, values, strict=True))
    assert client.post(f"{draft.url}opinion/", data).status_code in {200, 422}
    assert Opinion.objects.count() == 0


def public_addresses(draft: DecisionDraftPage) -> list[str]:
    """One of each kind that is read by GET."""
    column = draft.get_parent().url
    own = [f"{draft.url}{end}" for end in ("", "opinion/", "versions/", "versions/1/", "poster/")]
    alone = ["/", "/search/", "/sitemap/", "/lookup/", "/feed/", "/deadlines.ics", "/sitemap.xml"]
    both = [column, *own, *alone, "/people/captcha/", "/_util/login/"]
    return [*both, *(f"/elder{address}" for address in both), "/healthz", "/readyz"]


@WHOLE_QUERIES
@given(values=st.lists(TEXT, min_size=len(PARAMETERS), max_size=len(PARAMETERS)))
def test_addresses_answer_whatever_is_asked(
    client: Client, draft: DecisionDraftPage, values: list[str]
) -> None:
    asked = dict(zip(PARAMETERS, values, strict=True))
    for address in public_addresses(draft):
        response = client.get(address, asked)
        assert response.status_code == 200, address
        assert b"<script>alert" not in response.content


@FUZZ
@given(place=TEXT, name=st.sampled_from(["HTTP_COOKIE", "HTTP_X_FORWARDED_FOR", "HTTP_REFERER"]))
def test_places_that_are_not_there_are_answered(
    client: Client, draft: DecisionDraftPage, place: str, name: str
) -> None:
    """Whatever stands in a path, with whatever a proxy or a browser says of itself."""
    part = quote(place, safe="")
    heads = {name: place.encode().decode("latin-1")}
    for address in (
        f"/{part}/",
        f"/elder/{part}",
        f"{draft.url}{part}/",
        f"{draft.url}versions/{part}/",
    ):
        response = client.get(address, **heads)
        assert response.status_code in {200, 301, 302, 404}, address
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
