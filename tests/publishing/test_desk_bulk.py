"""Of very many rows a page names the first, and says how many there are."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consultation.models import Opinion
from openday.enums import SeatMethod
from openday.models import Registration
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response
from tests.factories.openday import make_event, make_group, make_registration, make_session
from tests.factories.speaking import html_of

pytestmark = pytest.mark.django_db
MANY = 22


@pytest.fixture
def chief() -> Client:
    return signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))


def bulk(model: type[Opinion] | type[Registration], action: str) -> str:
    labels = model._meta.label_lower.split(".")
    return reverse("wagtail_bulk_action", args=[*labels, action]) + "?id=all"


def test_opinions(chief: Client) -> None:
    draft = make_draft()
    for number in range(MANY):
        make_opinion(draft, f"建议{number}")
    page = html_of(chief.get(bulk(Opinion, "review")))
    assert "共22条，前20条是：" in page
    assert re.findall("<li>([^<]*号 建议[^<]*)</li>", page)[19:] == ["20号 建议19"]
    page = html_of(chief.get(bulk(Opinion, "ungroup")))
    assert "所选内容中没有可以“移出归纳”的。" in page
    assert "有22条不会处理：" in page
    assert page.count("没有归入归纳意见。</li>") == 20
    assert "<li>……</li>" in page


def test_registrations(chief: Client) -> None:
    group = make_group(make_session(make_event()), method=SeatMethod.REVIEW, quota=MANY)
    for _person in range(MANY):
        make_registration(group)
    page = html_of(chief.get(bulk(Registration, "approve")))
    assert "共22人，前20人是：" in page
    assert page.count("，待审核）</li>") == 20


def test_what_was_refused(chief: Client) -> None:
    draft = make_draft()
    rows = [make_response([make_opinion(draft)]) for _number in range(MANY)]
    stale = ",".join(f"{row.pk}:{row.revision + 1}" for row in rows)
    address = reverse("wagtail_bulk_action", args=["consultation", "response", "decide"])
    typed = {"seen": stale, "outcome": "adopted", "reason": "理由。"}
    reply = chief.post(f"{address}?id=all", typed, follow=True)
    told = [str(message).strip() for message in reply.context["messages"]]
    assert [len(told), told[-1]] == [21, "共有22条归纳意见没有办理。"]
