"""A decision's whole way as people go it: a Word file, the admin, three citizens, a letter.

The document is the township's own plan where it lies beside the checkout, and always the demo's.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from consultation.models import AdoptionResultPage, DecisionDraftPage
from notify.models import Message
from notify.services import sweep
from portal.demo.ageing import move_back
from publishing.models import User
from tests.documents import FOLDER
from tests.factories.consultation import make_index, make_notice, make_unit
from tests.factories.word import plan_docx
from tests.people.captcha.test_question import answer_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NewContext = Callable[..., BrowserContext]
DEMO = Path(__file__).resolve().parents[2] / "site/portal/demo/documents/waste.txt"
PLAN = FOLDER / "shexi-2022-3.txt"
DOCUMENTS = [
    pytest.param(DEMO, id="the demo's"),
    pytest.param(
        PLAN,
        id="the township's",
        marks=pytest.mark.skipif(not PLAN.exists(), reason="the real documents are not here"),
    ),
]


@pytest.fixture
def word_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The document as a Word file with Word's own numbering and tables."""
    path = tmp_path / "草案.docx"
    path.write_bytes(plan_docx(request.param.read_text(encoding="utf-8")))
    return path


@pytest.mark.parametrize("word_file", DOCUMENTS, indirect=True)
def test_from_the_word_file_to_the_published_result(
    word_file: Path, new_context: NewContext
) -> None:
    User.objects.create_superuser("chief", "chief@example.com", "a-long-password")
    make_notice()
    staff = signed_in(new_context)
    draft = write_draft(staff, word_file)
    receipts = [
        speak_on_a_small_screen_without_network(new_context(width=320), draft),
        speak_without_script(new_context(java_script_enabled=False), draft),
        speak_by_keyboard(new_context(), draft),
    ]
    enter_letter(staff, draft)
    move_back(draft, 33)
    decide_everything(staff, draft)
    result = publish_result(staff, draft)
    assert (result.figures["received"], result.figures["open"]) == (5, 0)
    assert Message.objects.filter(kind="result").count() == 3
    sweep()
    look_up(new_context(width=360), receipts[0])


def signed_in(new_context: NewContext) -> Page:
    page = new_context().new_page()
    page.goto("/cms/login/")
    page.fill("input[name=username]", "chief")
    page.fill("input[name=password]", "a-long-password")
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(re.compile(r"/cms/$"))
    return page


def write_draft(page: Page, word_file: Path) -> DecisionDraftPage:
    """Save, import, be refused, fill in what is missing, publish."""
    unit = make_unit("测试办公室")
    column = make_index(unit)
    page.goto(
        reverse("wagtailadmin_pages:add", args=["consultation", "decisiondraftpage", column.pk])
    )
    page.fill("#id_title", "测试镇示范创建方案（征求意见稿）")
    expect(page.locator("input[name=body-count]")).to_have_count(1, timeout=20_000)
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page).to_have_url(re.compile(r"/edit/"))
    draft = DecisionDraftPage.objects.get()
    import_document(page, draft, word_file)
    publish(page)
    expect(page.get_by_role("alert").or_(page.locator(".messages"))).to_contain_text("缺少决策依据")
    fill_in(page)
    publish(page)
    draft = DecisionDraftPage.objects.get()
    assert (draft.live, draft.versions.count()) == (True, 1)
    return draft


def import_document(page: Page, draft: DecisionDraftPage, word_file: Path) -> None:
    page.locator("a[href*='/cms/import/']").first.click()
    page.set_input_files("input[name=file]", word_file)
    page.get_by_role("button", name="识别并预览").click()
    expect(page.locator("main")).to_contain_text("条可提意见的条款")
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".messages")).to_contain_text("已导入")


def publish(page: Page) -> None:
    """Until the form is answered; the editor's own changes of its address are no answer."""
    page.wait_for_timeout(800)
    page.locator(".w-dropdown-button button[aria-expanded]").last.click()
    with (
        page.expect_event("response", lambda answer: answer.request.is_navigation_request()),
        page.expect_event("load"),
    ):
        page.locator("button[name=action-publish]").last.click()


def fill_in(page: Page) -> None:
    """What the gate named: category, unit, disclosures, period."""
    page.select_option("#id_category", index=1)
    page.select_option("#id_unit", index=1)
    page.get_by_role("tab", name="依据与说明").click()
    page.locator(
        "#panel-child-依据与说明-explanation-section, [data-contentpath=explanation]"
    ).first.locator("[contenteditable=true]").click()
    page.keyboard.type("为方便居民办事，起草本方案。")
    add_row(page, "basis", title="测试条例")
    add_row(page, "ways", detail="测试镇便民服务中心一号窗口")
    page.select_option("#id_ways-0-channel", "counter")
    add_row(page, "contacts", office="测试办公室", phone="010-00000000")
    page.get_by_role("tab", name="期限").click()
    today = timezone.localdate()
    set_day(page, "#id_opening_day", today)
    set_day(page, "#id_closing_day", today + timedelta(days=30))


def set_day(page: Page, field: str, day: date) -> None:
    """Without the focus that opens a calendar over the buttons, sooner or later."""
    change = "(field, day) => { field.value = day; field.dispatchEvent(new Event('change')); }"
    page.locator(field).evaluate(change, day.isoformat())


def add_row(page: Page, relation: str, **values: str) -> None:
    page.locator(f"#id_{relation}-ADD").click()
    for name, value in values.items():
        page.fill(f"#id_{relation}-0-{name}", value)


def clause_links(page: Page) -> Any:
    return page.locator("a[href*='opinion/?clause=']")


def contact(page: Page, phone: str, email: str) -> None:
    page.fill("[name=phone]", phone)
    page.fill("[name=email]", email)
    page.check("[name=consent]")


def receipt_of(page: Page) -> tuple[str, str]:
    """Number and query code as the page shows them, large."""
    expect(page.locator("#receipt-number")).to_be_visible(timeout=20_000)
    return page.locator("#receipt-number").inner_text(), page.locator("#receipt-code").inner_text()


def speak_on_a_small_screen_without_network(
    context: BrowserContext, draft: DecisionDraftPage
) -> tuple[str, str]:
    """Two notes at clauses, the network cut before sending, sent when it is back."""
    page = context.new_page()
    page.goto(draft.url)
    for at, text in ((0, "建议再具体一些。"), (1, "期限太紧，建议放宽。")):
        clause_links(page).nth(at).click()
        page.locator("textarea:visible").last.fill(text)
        page.get_by_role("button", name="写好了，继续看").last.click()
    page.locator(".hand-bar [data-send]").click()
    contact(page, "13800000001", "one@example.com")
    page.wait_for_selector("[data-submit]:not([disabled])")
    page.wait_for_timeout(2500)
    context.set_offline(True)
    page.locator("[data-submit]").click()
    expect(page.locator("[data-speak-state]")).to_contain_text("还没有提交成功", timeout=60_000)
    context.set_offline(False)
    return receipt_of(page)


def speak_without_script(context: BrowserContext, draft: DecisionDraftPage) -> tuple[str, str]:
    page = context.new_page()
    page.goto(draft.url)
    clause_links(page).first.click()
    page.fill("textarea[name='opinions-0-text']", "没有脚本也能提意见。")
    contact(page, "13800000002", "two@example.com")
    question = page.locator("label[for=id_captcha_answer]").inner_text()
    page.fill("[name=captcha_answer]", answer_to(question.removeprefix("验证问题：")))
    page.locator("[data-submit]").click()
    return receipt_of(page)


def speak_by_keyboard(context: BrowserContext, draft: DecisionDraftPage) -> tuple[str, str]:
    page = context.new_page()
    page.goto(draft.url + "opinion/")
    type_into(page, "opinions-0-text", "只用键盘写的意见。")
    type_into(page, "phone", "13800000003")
    type_into(page, "email", "three@example.com")
    tab_to(page, "consent")
    page.keyboard.press("Space")
    page.wait_for_timeout(2500)
    tab_to(page, "data-submit")
    page.keyboard.press("Enter")
    return receipt_of(page)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the field of that name (or has that attribute)."""
    for _press in range(150):
        found = page.evaluate(
            "n => document.activeElement?.name === n || document.activeElement?.hasAttribute(n)",
            name,
        )
        if found:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is out of the keyboard's reach")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


def enter_letter(page: Page, draft: DecisionDraftPage) -> None:
    """A letter that staff register at the desk."""
    page.goto(f"{reverse('desk:enter')}?draft={draft.pk}")
    page.select_option("[name=channel]", "letter")
    page.fill("[name='opinions-0-text']", "来信建议：把开放时间写进方案。")
    page.locator("button[name=save]").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d{8}-\d{6}"))


def decide_everything(page: Page, draft: DecisionDraftPage) -> None:
    """Review all, sum them up as one, decide it."""
    in_bulk(page, draft, "审核通过")
    in_bulk(page, draft, "归纳为一条")
    response = draft.responses.get()
    page.goto(reverse("desk:response", args=[response.pk]))
    page.fill("[name=summary]", "建议把时间和期限写得更具体。")
    page.check("[name=outcome][value=adopted]")
    page.fill("[name=reason]", "意见合理，已写入方案。")
    page.locator("button[name=save]").click()
    expect(page.locator("main")).to_contain_text("采纳")


def in_bulk(page: Page, draft: DecisionDraftPage, action: str) -> None:
    page.goto(f"{reverse('opinion:index')}?draft={draft.pk}")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.locator("[data-bulk-action-footer], .bulk-actions-choices").get_by_text(
        action
    ).first.click()
    page.locator("form button[type=submit]", has_text=action).last.click()
    expect(page.locator(".messages")).to_be_visible()


def publish_result(page: Page, draft: DecisionDraftPage) -> AdoptionResultPage:
    page.goto(reverse("desk:result", args=[draft.pk]))
    page.get_by_role("button", name="生成采纳情况反馈").click()
    publish(page)
    expect(page.locator(".messages")).to_contain_text("征集工作开展情况")
    page.fill("#id_outreach", "张贴公告，入户告知。")
    publish(page)
    page.goto(draft.url)
    expect(page.locator("main")).to_contain_text("已反馈")
    return AdoptionResultPage.objects.get()


def look_up(context: BrowserContext, receipt: tuple[str, str]) -> None:
    page = context.new_page()
    page.goto("/lookup/")
    page.fill("[name=number]", receipt[0])
    page.fill("[name=code]", receipt[1].lower())
    page.get_by_role("button", name="查询").click()
    expect(page.locator("main")).to_contain_text("意见合理，已写入方案。")
