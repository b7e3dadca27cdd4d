"""Numbers that are none, in every place where the desk expects one: refused, never an error."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from consultation.models import DecisionDraftPage, Response
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A sign that str.isdigit takes for a digit, what no column holds, other scripts, and no number.
NO_NUMBERS = ["²", "9" * 23, "9" * 18, "٣", "-1", "x", "\0"]


@pytest.fixture
def response() -> Response:
    return make_response([make_opinion(make_draft(), "建议延长开放时间。")])


@pytest.fixture
def chief() -> Client:
    client = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    client.raise_request_exception = False
    return client


def got(written: str, draft: DecisionDraftPage) -> Iterator[str]:
    value = quote(written)
    opinion = draft.opinions.get()
    for place in ("opinions/", "opinions/new/", "opinions/export/", "opinions/results/"):
        yield f"{place}?draft={value}"
    yield from (f"opinions/?{name}={value}" for name in ("clause", "unit", "q", "p"))
    yield f"opinions/?draft={draft.pk}&clause={value}"
    yield f"opinions/{opinion.pk}/?draft={value}"
    yield from (f"responses/?{name}={value}" for name in ("draft", "q", "p"))
    yield from (f"calls/?{name}={value}" for name in ("unit", "p"))
    yield f"calls/print/?unit={value}"
    for place in ("opinion/review", "opinion/group", "opinion/decide", "response/decide"):
        yield f"bulk/consultation/{place}/?next=/cms/&id={value}"
    yield f"bulk/notify/message/phoned/?next=/cms/&id={value}"
    for place in ("wagtailcore/page", "wagtaildocs/document", "wagtailimages/image"):
        yield f"bulk/{place}/delete/?next=/cms/&id={value}"
        yield f"bulk/{place}/delete/?next=/cms/&id=all&childOf={value}"
    yield f"choose-page/chosen-multiple/?id={value}"
    yield f"reports/site-history/?user={value}"


def posted(written: str, response: Response) -> Iterator[tuple[str, dict[str, Any]]]:
    draft, opinion = response.draft, response.opinions.get()
    pk = response.pk
    yield f"responses/{pk}/", {"seen_revision": written}
    yield f"responses/{pk}/", {"template": written, "fill": "1"}
    yield f"responses/{pk}/undo/", {"seen_revision": written}
    yield f"responses/{pk}/ungroup/", {"opinion": written}
    yield f"opinions/{opinion.pk}/group/", {"group-response": written}
    yield f"bulk/consultation/opinion/review/?next=/cms/&id={opinion.pk}", {"upto": written}
    decided = {"seen": f"{written}:{written}", "outcome": "adopted", "reason": "理由。"}
    yield f"bulk/consultation/response/decide/?next=/cms/&id={pk}", decided
    yield f"import/{draft.pk}/", {"text": "一、甲", "part": written}
    yield f"opinions/new/?draft={draft.pk}", {"opinions-TOTAL_FORMS": written, "add": "1"}


def test_no_address_fails(chief: Client, response: Response) -> None:
    places = [place for written in NO_NUMBERS for place in got(written, response.draft)]
    codes = {at: chief.get(f"/cms/{at}").status_code for at in places}
    assert {at: code for at, code in codes.items() if code >= 500} == {}


def test_no_form_fails(chief: Client, response: Response) -> None:
    sent = [pair for written in NO_NUMBERS for pair in posted(written, response)]
    codes = {f"{at} {form}": chief.post(f"/cms/{at}", form).status_code for at, form in sent}
    assert {at: code for at, code in codes.items() if code >= 500} == {}


def test_a_pin_that_is_none_changes_nothing(chief: Client, response: Response) -> None:
    at = f"/cms/bulk/consultation/response/decide/?next=/cms/&id={response.pk}"
    form = {"seen": f"{response.pk}:²", "outcome": "rejected", "reason": "理由。"}
    reply = chief.post(at, form)
    response.refresh_from_db()
    assert ("页面数据不完整" in reply.content.decode(), response.outcome) == (True, "adopted")
