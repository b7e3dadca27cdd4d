"""The desk in a real browser: keys, bulk selection over filters, templates, and a narrow screen."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from consultation.enums import Channel, Phase, Review
from consultation.models import DecisionDraftPage, Opinion, ReasonTemplate, Response
from consultation.services.opinions import review_opinions
from notify.models import Message
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response, make_submission

NewPage = Callable[..., Page]


@pytest.fixture
def draft(django_db_serialized_rollback: None, live_server: Any) -> DecisionDraftPage:
    return make_draft(Phase.CLOSED, unit=make_office("党政办"))


@pytest.fixture
def editor(draft: DecisionDraftPage) -> User:
    return make_officer(draft.unit, Role.EDITOR)


def enter(page: Page, user: User, live_server: Any) -> Page:
    """Let the browser in as the user, without the log-in form."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def shows(page: Page, text: str) -> None:
    """The opinion is shown, and the page hears its keys."""
    expect(page.locator(".desk-text")).to_have_text(text)
    page.wait_for_load_state()


def sticking_out(page: Page) -> list[str]:
    """The fields that are wider than the form they stand in."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".desk-main textarea, .desk-main select")]
          .filter((field) => field.getBoundingClientRect().right
            > field.closest("form").getBoundingClientRect().right + 1)
          .map((field) => field.name)"""
    )


def test_from_opinion_to_opinion_by_keys(new_page: NewPage, draft, editor, live_server) -> None:
    road, _tree, bridge = (make_opinion(draft, text) for text in ("修路", "种树", "修桥"))
    page = enter(new_page(), editor, live_server)
    page.goto(f"{reverse('opinion:index')}?q=修")
    page.get_by_role("link", name="3号", exact=True).click()
    shows(page, "修桥")
    page.keyboard.press("j")
    shows(page, "修路")
    page.keyboard.press("ArrowLeft")
    shows(page, "修桥")
    page.keyboard.press("n")
    shows(page, "修路")
    assert Opinion.objects.get(pk=bridge.pk).review == Review.REVIEWED
    page.get_by_text("不予公开…").click()
    page.get_by_label("不予公开的理由").press_sequentially("jkna")
    assert sticking_out(page) == []
    expect(page.locator(".desk-text")).to_have_text("修路")
    assert Opinion.objects.get(pk=road.pk).review == Review.PENDING
    page.locator(".desk-text").click()
    page.keyboard.press("u")
    expect(page).to_have_url(f"{live_server.url}{reverse('opinion:index')}?q=%E4%BF%AE")


def test_everything_that_the_filter_shows_is_reviewed(
    new_page: NewPage, draft, editor, live_server
) -> None:
    for _ in range(3):
        make_submission(draft, *[f"修路{n}" for n in range(15)])
    make_opinion(draft, "种树")
    page = enter(new_page(), editor, live_server)
    page.goto(f"{reverse('opinion:index')}?q=修路")
    page.mouse.move(0, 0)
    expect(page.locator("tbody .bulk-action-checkbox").first).to_have_css("opacity", "1")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("button", name="选择列表中的全部意见").click()
    page.get_by_role("link", name="所选意见审核通过").click()
    expect(page.get_by_text("共45条")).to_be_visible()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已审核通过45条意见。")).to_be_visible()
    assert Opinion.objects.get(text="种树").review == Review.PENDING
    assert Opinion.objects.filter(review=Review.REVIEWED).count() == 45


def test_a_template_is_filled_in_at_once(new_page: NewPage, draft, editor, live_server) -> None:
    ReasonTemplate.objects.create(outcome="invalid", title="无关", text="与草案无关。")
    row = make_response([make_opinion(draft)], outcome="")
    page = enter(new_page(360), editor, live_server)
    page.goto(reverse("desk:response", args=[row.pk]))
    page.get_by_label("理由", exact=True).fill("经研究，")
    page.get_by_label("理由模板").select_option(label="无关")
    page.get_by_role("button", name="填入理由").click()
    expect(page.get_by_label("理由", exact=True)).to_have_value("经研究，\n与草案无关。")
    page.get_by_label("无效").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("归纳意见1已保存。")).to_be_visible()
    assert Response.objects.get().reason == "经研究，\n与草案无关。"


@pytest.mark.looks
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_overflows(
    new_page: NewPage, draft, editor, live_server, width: int
) -> None:
    pending, reviewed = make_opinion(draft), make_opinion(draft)
    review_opinions(opinions=[reviewed], review=Review.REVIEWED, user=editor)
    row = make_response([make_opinion(draft)], outcome="")
    letter = make_submission(draft, channel=Channel.LETTER)
    call = Message.objects.get(contact=letter.contact)
    page = enter(new_page(width), editor, live_server)
    places = [
        reverse("wagtailadmin_home"),
        reverse("opinion:index"),
        reverse("response:index"),
        reverse("call_list:index"),
        reverse("call_list:edit", args=[call.pk]),
        reverse("call_list:print"),
        reverse("publishing_import", args=[draft.pk]),
        reverse("desk:opinion", args=[reviewed.pk]),
        reverse("desk:opinion", args=[pending.pk]),
        reverse("desk:response", args=[row.pk]),
        f"{reverse('desk:enter')}?draft={draft.pk}",
        f"{reverse('desk:export')}?draft={draft.pk}",
        reverse("desk:result", args=[draft.pk]),
    ]
    found = {}
    for place in places:
        page.goto(place)
        results = Axe().run(page).response
        found[place] = [
            (problem["id"], problem["nodes"][0]["html"]) for problem in results["violations"]
        ]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (place, overflow) == (place, 0)
    assert found == {place: [] for place in places}
