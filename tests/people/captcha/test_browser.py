"""In a real Chromium, under the policy that the public pages have."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import clear_url_caches
from playwright.sync_api import expect

from .test_question import answer_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def page_urls(settings):
    settings.ROOT_URLCONF = f"{__package__}.page" if __package__ else "page"
    settings.ALTCHA_MAX_NUMBER = 50_000
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def visit(browser, live_server):
    """Opens the page; what the browser complains about is kept in ``page.complaints``."""

    def open_page(url=None, **options):
        page = browser.new_context(viewport={"width": 320, "height": 640}, **options).new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(url or live_server.url)
        return page

    return open_page


def outcome(page):
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#outcome")).not_to_have_text("未提交")
    return page.locator("#outcome").inner_text()


def test_the_widget_solves_itself_and_the_question_is_out_of_the_way(visit):
    page = visit()
    page.get_by_text("验证已通过").wait_for()
    assert page.get_by_text("验证问题").is_visible() is False
    assert page.complaints == []
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert outcome(page) == "已通过"


def test_the_page_asks_no_foreign_host(visit, live_server):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.get_by_text("验证已通过").wait_for()
    addresses = [url for url in asked if not url.startswith(("data:", "blob:"))]
    assert {"/".join(url.split("/")[:3]) for url in addresses} == {live_server.url}


def test_without_javascript_the_question_is_answered(visit):
    page = visit(java_script_enabled=False)
    text = page.locator("label").inner_text().removeprefix("验证问题：")
    page.get_by_label("验证问题").fill(answer_to(text))
    page.get_by_role("button", name="提交").click()
    assert page.locator("#outcome").inner_text() == "已通过（待核验）"


def test_without_a_secure_context_the_question_stays(visit, live_server, browser):
    page = visit()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("验证问题").is_visible()
    text = page.locator("label").first.inner_text().removeprefix("验证问题：")
    page.get_by_label("验证问题").fill(answer_to(text))
    assert outcome(page) == "已通过（待核验）"


def test_a_script_that_does_not_arrive_leaves_the_question(visit):
    page = visit()
    page.route("**/altcha.min.js", lambda route: route.abort())
    page.reload()
    page.get_by_label("验证问题").wait_for()
    assert page.get_by_label("验证问题").is_enabled()


def test_when_no_challenge_can_be_had_it_tries_again_and_then_asks_the_question(visit):
    page = visit()
    page.clock.install()
    page.route("**/people/captcha/", lambda route: route.abort())
    page.reload()
    page.get_by_text("验证失败，请检查网络后点击重试。").wait_for()
    for _wait in range(4):
        page.clock.run_for(9000)
        page.evaluate("0")
    page.get_by_label("验证问题").wait_for()
    assert page.locator("altcha-widget").count() == 0


def test_a_network_that_comes_back_is_used(visit):
    page = visit()
    failures = []

    def fail_once(route):
        if failures:
            route.continue_()
        else:
            failures.append(1)
            route.abort()

    page.route("**/people/captcha/", fail_once)
    page.reload()
    page.get_by_text("验证已通过").wait_for(timeout=8000)
    assert outcome(page) == "已通过"


def test_the_form_cannot_be_sent_before_it_is_solved_and_says_so(visit, settings):
    settings.ALTCHA_MAX_NUMBER = 50_000_000
    page = visit()
    page.get_by_text("正在自动验证，请稍候……").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="提交").click()
    page.wait_for_timeout(300)
    assert page.locator("#outcome").inner_text() == "未提交"
