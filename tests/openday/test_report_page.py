"""The public report: words, photos, figures as chart and table, suggestions with answers."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openday.models import EventPage, EventReportPage
from tests.openday.reporting import (
    after,
    make_past_event,
    make_photo,
    make_report,
    make_suggestion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> EventPage:
    return make_past_event(came=2, absent=1)


def shown(report: EventReportPage) -> str:
    return Client().get(report.url).content.decode()


def test_all_that_belongs_to_a_report(event: EventPage) -> None:
    make_suggestion(event, "周日也开放", answer="十二月起周日上午开放。")
    make_suggestion(event, "一件私事", is_public=False)
    with after(event):
        page = shown(make_report(event))
    words = [
        "代表们参观了便民服务大厅。",
        "共举办 1 场，报名 3 人，到场 2 人。",
        "共收到建议 2 条，其中 1 条不公开内容",
        "周日也开放",
        "十二月起周日上午开放。",
        str(event.unit),
        event.url,
    ]
    assert [word in page for word in words] == [True] * len(words)
    assert "一件私事" not in page


def test_the_chart_is_drawn_by_the_server(event: EventPage) -> None:
    with after(event):
        page = shown(make_report(event))
    bars = re.findall(r'class="attendance__(\w+)"(?: y="11")? width="([\d.]+)" height="9"', page)
    assert bars == [("registered", "100.00"), ("came", "66.67")]
    assert "style=" not in page.partition("<main")[2].partition("</main>")[0]


def test_photos_are_responsive_lazy_and_described(event: EventPage) -> None:
    with after(event):
        report = make_report(event, live=False)
        report.photos = [make_photo("代表们在大厅"), make_photo("未同意的人", consented=False)]
        report.photos = [report.photos.all()[0]]
        report.save_revision().publish()
        page = shown(EventReportPage.objects.get())
    (image,) = re.findall(r"<img [^>]*>", page.partition("<main")[2])
    assert ('alt="代表们在大厅"' in image, 'loading="lazy"' in image) == (True, True)
    assert re.findall(r" (\d+)w", image) == ["400", "800", "1200"]


def test_a_report_without_suggestions_says_so(event: EventPage) -> None:
    with after(event):
        page = shown(make_report(event))
    assert "活动中没有收到建议。" in page


def test_more_suggestions_take_no_more_queries(event: EventPage) -> None:
    with after(event):
        make_suggestion(event)
        report = make_report(event)
        shown(report)
        with CaptureQueriesContext(connection) as with_one:
            shown(report)
        for _ in range(3):
            make_suggestion(event)
        EventReportPage.objects.get().save_revision().publish()
        with CaptureQueriesContext(connection) as with_four:
            shown(report)
    assert len(with_four) == len(with_one)


def test_the_preview_shows_what_is_not_frozen_yet(event: EventPage, admin_client: Client) -> None:
    with after(event):
        report = make_report(event, live=False)
    make_suggestion(event, "周日也开放")
    page = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[report.pk]))
    assert "周日也开放" in page.content.decode()
    assert "public" not in page.get("Cache-Control", "")


def test_once_it_has_begun_nobody_is_told_to_register(event: EventPage) -> None:
    """Who didn't come leaves no seat to register for."""
    with after(event, days=-20):
        assert "还有 7 个名额" in Client().get(event.url).content.decode()
        assert "看详情、报名" in Client().get(f"{event.url}poster/").content.decode()
    with after(event):
        page = Client().get(event.url).content.decode()
        poster = Client().get(f"{event.url}poster/").content.decode()
    assert "群众代表" in page
    assert "个名额" not in page
    assert ">现在<" not in page
    assert "报名</p>" not in poster
