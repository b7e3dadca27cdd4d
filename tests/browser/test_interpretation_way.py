"""An interpretation's whole way as people go it: drawn and written, released together with its
policy, read on a small phone, by keyboard and without scripts, and flagged when a clause changes.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from wagtail.models import Collection

from interpretations.enums import Element
from interpretations.film.captions import Cue
from interpretations.models import InterpretationPage, PolicyPage, StaleItem, Video
from interpretations.services.videos import fill_transcript, set_captions
from publishing.clauses.blocks import raw_stream
from publishing.enums import Role
from tests.browser.citizen import press_to
from tests.browser.looking import objections
from tests.browser.test_bundles import hand_in as release_together
from tests.browser.test_desk import enter
from tests.factories import films
from tests.factories.consultation import make_clauses
from tests.factories.explaining import make_interpretation_index
from tests.factories.interpretations import make_policy
from tests.factories.releasing import edited, make_releasing_office, written_by
from tests.factories.reviewing import ReviewedOffice, approve_all, hand_in
from tests.interpretations.films import ready_video

pytestmark = [pytest.mark.slow, films.needs_ffmpeg()]
NewPage = Callable[..., Page]
TITLE, EXPLAINED, FILM = "测试镇停车管理办法", "停车新规，看图就懂", "停车新规三分钟看懂"
ASKED, PHONE, MASKED = "停车收费吗？", "13800001234", "138****1234"
COMIC, ANSWERS, SHOWN = "body-0-value", "body-1-value", "body-2-value"

# The editor hands over what was typed after a quarter of a second.
KEPT = "([name, words]) => document.querySelector(`[name=${name}]`).value.includes(words)"


@pytest.fixture
def office(django_db_serialized_rollback: None, live_server: Any, settings: Any) -> ReviewedOffice:
    """Its editor is a reviewer, too, as in small offices. He saves by the button: SQLite in memory
    has one connection for all, which can't save a draft and a picture at once."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    made = make_releasing_office()
    made.editor.groups.add(made.unit.groups.get(name__endswith=f"·{Role.REVIEWER.label}"))
    return made


@pytest.fixture
def policy(office: ReviewedOffice) -> PolicyPage:
    clauses = [row for row in make_clauses() if row.commentable][:3]
    row = make_policy(
        unit=office.unit, clauses=clauses, live=False, needs_interpretation=True, title=TITLE
    )
    written_by(row, office.editor)
    return row


@pytest.fixture
def video(office: ReviewedOffice) -> Video:
    """Ready to be chosen by the unit."""
    row = ready_video(films.long(4))
    row.title, row.collection = FILM, Collection.objects.get(name=office.unit.name)
    row.save()
    set_captions(video=row, language="zh-Hans", cues=[Cue(0, 3, "停车新规来了")], user=None)
    fill_transcript(video=row, user=None)
    return row


@pytest.fixture
def drawings(tmp_path: Path) -> list[Path]:
    """As an illustrator's program names them."""
    paths = [tmp_path / f"IMG_004{number}.png" for number in range(2)]
    for path, colour in zip(paths, ("#88aacc", "#ccaa88"), strict=True):
        Image.new("RGB", (800, 600), colour).save(path)
    return paths


def test_from_the_drawings_to_the_confirmed_flags(
    new_page: NewPage,
    live_server: Any,
    office: ReviewedOffice,
    policy: PolicyPage,
    video: Video,
    drawings: list[Path],
) -> None:
    editor = enter(new_page(), office.editor, live_server)
    write(editor, office, policy, drawings)
    release_together(editor, policy)
    see_that_the_author_cannot_approve(editor)
    review_and_publish(enter(new_page(), office.reviewer, live_server))
    page = InterpretationPage.objects.get(title=EXPLAINED)
    policy.refresh_from_db()
    assert (policy.live, page.live) == (True, True)
    citizen = new_page(320)
    read_by_keyboard(citizen, policy)
    read_without_script(new_page(320, java_script_enabled=False), policy)
    change_a_clause(policy, office)
    see_the_flags(citizen, page)
    confirm(editor, page)
    citizen.reload()
    expect(citizen.get_by_text("内容待更新")).to_have_count(0)
    assert StaleItem.objects.waiting().count() == 0


def write(page: Page, office: ReviewedOffice, policy: PolicyPage, drawings: list[Path]) -> None:
    """The editor's part: two drawings, a question, a film, each with its clause; six elements."""
    column = make_interpretation_index(office.unit).pk
    add = reverse("wagtailadmin_pages:add", args=["interpretations", "interpretationpage", column])
    page.goto(add)
    page.locator("#id_title").fill(EXPLAINED)
    page.locator("#id_summary").fill("在哪里停、收多少钱。")
    page.get_by_role("button", name="增加 解读的文件").click()
    choose(page, "选择一个页面", TITLE)
    first, second = (clause.id for clause in policy.clauses[:2])
    write_comic(page, drawings, first)
    write_answer(page, second)
    add_block(page, "短视频")
    choose(page, "选择视频", FILM)
    refer(page, SHOWN, second)
    fill_elements(page)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_load_state()


def choose(page: Page, button: str, title: str) -> None:
    page.get_by_role("button", name=button).last.click()
    modal = page.locator(".modal")
    modal.get_by_role("textbox").first.fill(title)
    modal.get_by_role("link", name=title).first.click()
    expect(modal).to_have_count(0)


def write_comic(page: Page, drawings: list[Path], clause: str) -> None:
    add_block(page, "图文漫画")
    page.locator(f"#{COMIC}-title").fill("看图懂停车")
    for place, drawing in enumerate(drawings):
        panel = f"{COMIC}-panels-{place}-value"
        add_row(page, f"{COMIC}-panels")
        upload(page, drawing)
        page.locator(f"#{panel}-alt").fill(f"周师傅在集市停车，第{place + 1}幕")
        add_row(page, f"{panel}-lines")
        page.locator(f"#{panel}-lines-0-value-who").fill("周师傅")
        page.locator(f"#{panel}-lines-0-value-words").fill("停在哪里不要钱？")
    refer(page, f"{COMIC}-panels-0-value", clause)


def upload(page: Page, drawing: Path) -> None:
    """In the window in which pictures are chosen."""
    page.get_by_role("button", name="选择一个图片").last.click()
    modal = page.locator(".modal")
    modal.get_by_role("tab", name="上传").click()
    modal.locator("input[type=file]").set_input_files(drawing)
    modal.locator("[name=image-chooser-upload-title]").fill(f"集市停车（{drawing.stem}）")
    modal.get_by_role("button", name="上传", exact=True).click()
    expect(modal).to_have_count(0)


def write_answer(page: Page, clause: str) -> None:
    """With a phone number that must not get out."""
    add_block(page, "简明问答")
    page.locator(f"#{ANSWERS}-title").fill("大家常问")
    add_row(page, f"{ANSWERS}-items")
    page.locator(f"#{ANSWERS}-items-0-value-question").fill(ASKED)
    page.locator("[data-contentpath=answer] [contenteditable=true]").click()
    page.keyboard.type(f"不收费。请问周师傅，电话{PHONE}。")
    refer(page, f"{ANSWERS}-items-0-value", clause)


def add_block(page: Page, name: str) -> None:
    page.locator("[data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
    page.locator("[role=listbox]").get_by_text(name, exact=True).click()


def add_row(page: Page, name: str) -> None:
    """The plus at the end of a list in a block; a click is lost while the block still unfolds."""
    count = page.locator(f"[name='{name}-count']")
    more = page.locator(f"[name='{name}-count'] + [data-streamfield-list-container] > button")
    wanted = int(count.input_value()) + 1
    for _attempt in range(3):
        if int(count.input_value()) < wanted:
            more.last.click()
            page.wait_for_timeout(300)
    expect(count).to_have_value(str(wanted))


def refer(page: Page, part: str, clause: str) -> None:
    add_row(page, f"{part}-clauses")
    page.locator(f"#{part}-clauses-0-value-list").select_option(clause)


def fill_elements(page: Page) -> None:
    """Five are written; why there is no sixth is said."""
    page.get_by_role("tab", name="六项要素").click()
    for element in Element:
        if element is Element.NEXT:
            page.locator(f"#id_{element.value}_why_not").fill("一次办完，没有后续工作。")
        else:
            page.locator(f"[data-contentpath={element.value}] [contenteditable=true]").click()
            page.keyboard.type(f"{element.label}的文字。")
            page.wait_for_function(KEPT, arg=[element.value, str(element.label)])


def to_the_release(page: Page) -> None:
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="同步待审").click()
    page.get_by_role("link", name=f"{TITLE}（同步发布）").click()


def see_that_the_author_cannot_approve(page: Page) -> None:
    page.goto(reverse("release_bundle:index"))
    page.get_by_role("link", name=f"{TITLE}（同步发布）").click()
    expect(page.get_by_text("不能由您审查")).to_be_visible()
    expect(page.get_by_role("button", name="通过", exact=True)).to_have_count(0)


def review_and_publish(page: Page) -> None:
    """The number is masked by one click; both looks; all is public."""
    to_the_release(page)
    expect(page.locator("mark")).to_have_text(PHONE)
    page.get_by_role("link", name="遮盖或写明保留的理由").click()
    page.get_by_role("button", name=f"遮盖为 {MASKED}").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("link", name="去办理").click()
    page.get_by_label("个人信息已遮盖或去标识化").check()
    page.get_by_role("button", name="通过", exact=True).click()
    page.get_by_label("不涉及国家秘密、工作秘密，可以公开").check()
    page.get_by_label("依据（必填）").fill("本镇保密事项范围")
    page.get_by_role("button", name="通过", exact=True).click()
    page.get_by_role("button", name="现在全部发布").click()
    expect(page.locator(".messages")).to_contain_text("全部页面已发布")


def read_by_keyboard(page: Page, policy: PolicyPage) -> None:
    """From a clause to the panel and back, from another to the answer and back, to the film."""
    page.goto(policy.url or "")
    there_and_back(page, "第1格", "[data-comic-panel]")
    there_and_back(page, ASKED, ".question")
    expect(page.get_by_text(PHONE)).to_have_count(0)


def there_and_back(page: Page, name: str, part: str) -> None:
    """By Tab and Enter alone."""
    link = page.locator(".clause__link", has_text=name).first
    press_to(page, f".clause__link[href='{link.get_attribute('href')}']")
    page.keyboard.press("Enter")
    shown = page.locator(f"{part}:target")
    expect(shown).to_be_in_viewport()
    press_to(page, f"{part}:target .clause-links__one")
    page.keyboard.press("Enter")
    expect(page.locator(".clause:target")).to_be_in_viewport()


def read_without_script(page: Page, policy: PolicyPage) -> None:
    page.goto(policy.url or "")
    for name, part in (("第1格", "[data-comic-panel]"), (ASKED, ".question")):
        page.locator(".clause__link", has_text=name).first.click()
        shown = page.locator(f"{part}:target")
        expect(shown).to_be_in_viewport()
        shown.get_by_role("link", name="看条款").click()
        expect(page.locator(".clause:target")).to_be_in_viewport()


def change_a_clause(policy: PolicyPage, office: ReviewedOffice) -> None:
    """Another version of the policy, through both looks."""
    first, second, *others = policy.clauses
    changed = replace(second, text=f"{second.text}每周日也开放。")
    edited(policy, office.editor, body=raw_stream([first, changed, *others]))
    hand_in(PolicyPage.objects.get(pk=policy.pk), office.editor)
    approve_all(policy, office)


def see_the_flags(page: Page, explained: InterpretationPage) -> None:
    page.goto(explained.url or "")
    page.reload()
    notice = page.get_by_role("complementary", name="内容待更新")
    expect(notice.get_by_role("listitem")).to_have_count(2)
    expect(page.locator(".question .stale-mark")).to_have_count(1)
    assert objections(page) == []


def confirm(page: Page, explained: InterpretationPage) -> None:
    """In the report and on the edit screen."""
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="解读待更新").click()
    items = page.locator(".stale-item")
    expect(items).to_have_count(2)
    items.first.get_by_role("button", name="内容仍然正确").click()
    expect(items).to_have_count(1)
    page.get_by_role("link", name="修改解读").click()
    expect(page.get_by_role("heading", name="内容待更新")).to_be_visible()
    items.get_by_role("button", name="内容仍然正确").click()
    expect(items).to_have_count(0)
