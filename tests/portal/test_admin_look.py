"""The admin's frame: our own name and emblem, Chinese, no link to a foreign host."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Site

from consultation.enums import Channel
from publishing.models import User
from tests.consultation.desk import make_office
from tests.factories.consultation import make_draft, make_home, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Shown(HTMLParser):
    """Gathers what a person sees or hears of a page's body, labels included."""

    UNSEEN = ("script", "style", "template", "noscript", "svg")
    SPOKEN = ("title", "aria-label", "placeholder", "alt")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0
        self.feed(page.partition("<body")[2].partition(">")[2] or page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in self.UNSEEN
        if not self.depth:
            self.found += [value or "" for name, value in attrs if name in self.SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.found.append(data)


def words(page: str) -> str:
    return " ".join(Shown(page).found)


def test_the_sign_in_page_speaks_chinese_and_names_the_platform(client: Client) -> None:
    page = client.get("/cms/login/").content.decode()
    assert "<title>登录 - 政民互动平台管理后台</title>" in page
    assert re.findall(r"[A-Za-z]{3,}", words(page)) == []


def test_a_picture_that_is_being_uploaded_may_be_shown_in_the_admin_alone(client: Client) -> None:
    """Wagtail shows it from the browser's memory; the public pages need no such source."""
    make_home()
    allowed = {
        address: client.get(address).headers["Content-Security-Policy"]
        for address in ("/", "/cms/login/")
    }
    sources = {
        address: next(part for part in policy.split("; ") if part.startswith("img-src"))
        for address, policy in allowed.items()
    }
    assert ("blob:" in sources["/"], "blob:" in sources["/cms/login/"]) == (False, True)


def test_the_admins_home_leads_to_no_foreign_host(client: Client) -> None:
    make_home()
    client.force_login(User.objects.create_superuser("boss"))
    page = client.get("/cms/").content.decode()
    assert "政民互动平台管理后台</title>" in page
    page = re.sub(r"<noscript.*?</noscript>", "", page, flags=re.S)
    assert re.findall(r'(?:href|src)="(?:https?:)?//[^"]*"', page) == []
    assert "portal/img/emblem-light.svg" in page


def test_a_refusal_has_no_stray_space_and_no_foreign_stop() -> None:
    said = gettext("Sorry, you do not have permission to access this area.")
    asked = gettext("Publishing this page will cancel the current workflow.")
    expected = ("对不起，您没有权限打开这里。", "发布这个页面，就取消现在的送审流程。")
    assert (said, asked) == expected


SCREENS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "opinion:index",
    "response:index",
    "reason_template:index",
    "reason_template:add",
    "desk:enter",
    "desk:export",
    "registration:index",
    "session:index",
    "audience:index",
    "audience:add",
    "seats:enter",
    "call_list:index",
    "call_list:print",
    "unit:index",
    "unit:add",
    "holidayday:index",
    "holidayday:add",
    "review_rule:index",
    "review_rule:add",
    "wagtailadmin_account",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailsites:index",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
]
ALLOWED = {
    "Wagtail",
    "Ctrl",
    "Shift",
    "Alt",
    "Esc",
    "xlsx",
    "docx",
    "Excel",
    "Word",
    "CSV",
    "XLSX",
    "ICP",
}


def test_every_screen_speaks_chinese(client: Client) -> None:
    unit = make_office("党政办")
    draft = make_draft(unit=unit, title="关于集市的草案")
    make_submission(draft, channel=Channel.LETTER)
    chief = User.objects.create_superuser("x", last_name="郑", first_name="重")
    draft.save_revision(user=chief).publish(user=chief)
    client.force_login(chief)
    hosts = " ".join(Site.objects.values_list("hostname", flat=True))
    allowed = ALLOWED | set(re.findall(r"[A-Za-z]{3,}", hosts))
    english = {}
    for name in SCREENS:
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200, name
        shown = re.sub(r"https?://\S+", "", words(page.content.decode()))
        english[name] = set(re.findall(r"[A-Za-z]{3,}", shown)) - allowed
    assert {name: found for name, found in english.items() if found} == {}


def test_the_form_of_a_group_names_every_right_of_ours_in_chinese(client: Client) -> None:
    """Wagtail's own labels for the eye's table heads stand there unseen, in English."""
    client.force_login(User.objects.create_superuser("boss"))
    page = client.get(reverse("wagtailusers_groups:add")).content.decode()
    unseen = re.compile(r'<label[^>]*class="w-sr-only"[^>]*>.*?</label>', re.DOTALL)
    shown = words(unseen.sub("", page))
    assert set(re.findall(r"[A-Za-z]{3,}", shown)) - ALLOWED - {"localhost"} == set()


def test_the_editor_names_a_pages_address_in_plain_words(client: Client) -> None:
    draft = make_draft(unit=make_office("党政办"))
    client.force_login(User.objects.create_superuser("boss"))
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    shown = words(editor)
    assert [word for word in ("缩略名", "元描述", "标题标签", "domain") if word in shown] == []
    assert "网址中的名称" in shown


def test_the_report_of_old_pages_names_staff(client: Client) -> None:
    draft = make_draft(unit=make_office("党政办"))
    chief = User.objects.create_superuser("chief-login", last_name="郑", first_name="重")
    draft.save_revision(user=chief).publish(user=chief)
    client.force_login(chief)
    page = words(client.get(reverse("wagtailadmin_reports:aging_pages")).content.decode())
    assert ("郑重" in page, "chief-login" in page, "None" in page) == (True, False, False)


def test_a_search_counts_pages(client: Client) -> None:
    make_home()
    client.force_login(User.objects.create_superuser("boss"))
    found = client.get(reverse("wagtailadmin_pages:search_results"), {"q": "镇"})
    assert "None" not in words(found.content.decode())
