"""What stands around every public page: meta tags (S1), footer (S2), breadcrumb, menu, site map."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Site

from consultation.enums import Phase
from portal.models import InformationPage
from publishing.models import SiteProfile
from tests.factories.consultation import make_draft, make_home, make_index

pytestmark = pytest.mark.django_db

PROFILE = {
    "site_title": "测试镇政民互动平台",
    "site_id_code": "1234567890",
    "host_organisation": "测试镇人民政府",
    "operator_organisation": "测试镇办公室",
    "contact_phone": "010-00000000",
    "contact_address": "测试镇中心街1号",
    "icp_number": "测ICP备00000000号",
    "police_number": "测公网安备00000000000000号",
    "emblem_url": "https://example.org/emblem",
    "error_report_url": "https://example.org/find-errors",
    "portal_url": "https://example.org/portal",
}
COMMON = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "Description"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Url", "Description"}


@pytest.fixture(autouse=True)
def _site() -> None:
    make_home()
    SiteProfile.objects.filter(site=Site.objects.get()).update(**PROFILE)


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def meta(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', page))
    return {name: value for name, value in found.items() if value}


def test_every_page_names_the_site(client: Client) -> None:
    expected = {
        "SiteName": "测试镇政民互动平台",
        "SiteDomain": "localhost",
        "SiteIDCode": "1234567890",
    }
    for url in ("/", "/search/", "/sitemap/", "/nowhere/", "/elder/"):
        found = meta(body(client, url))
        assert {name: found.get(name) for name in COMMON} == expected, url


def test_columns_and_articles_carry_their_tags(client: Client) -> None:
    draft = make_draft(Phase.ANSWERED)
    column = make_index()
    assert set(meta(body(client, "/"))) >= COMMON | COLUMN
    assert set(meta(body(client, column.url))) >= COMMON | COLUMN
    assert set(meta(body(client, draft.result.url))) >= COMMON | ARTICLE
    published = meta(body(client, draft.result.url))["PubDate"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", published)


def test_an_article_is_described_as_it_begins(client: Client) -> None:
    draft = make_draft(summary="拟规范\n便民服务。")
    assert meta(body(client, draft.url))["Description"] == "拟规范 便民服务。"
    draft = make_draft(summary="", search_description="写给搜索引擎的。")
    assert meta(body(client, draft.url))["Description"] == "写给搜索引擎的。"


def test_the_footer_shows_what_is_set(client: Client) -> None:
    footer = body(client, "/").partition("<footer")[2]
    assert [
        value for name, value in PROFILE.items() if name != "site_title" and value not in footer
    ] == []
    assert 'href="/sitemap/"' in footer


def test_the_footer_is_silent_about_what_is_not_set(client: Client) -> None:
    SiteProfile.objects.update(
        icp_number="", police_number="", emblem_url="", error_report_url="", site_id_code=""
    )
    footer = body(client, "/").partition("<footer")[2]
    for label in ("ICP备案", "公安备案", "党政机关标识", "找错", "网站标识码"):
        assert label not in footer


def test_the_breadcrumb_leads_home(client: Client) -> None:
    draft = make_draft(Phase.ANSWERED)
    crumbs = body(client, draft.result.url).partition('class="crumbs')[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)"', crumbs)
    assert links == ["/", make_index().url, draft.get_parent().url, draft.url]


@pytest.mark.parametrize("prefix", ["", "/elder"])
def test_the_breadcrumb_of_what_lies_below_a_page_leads_to_the_page(
    client: Client, prefix: str
) -> None:
    draft = make_draft(Phase.OPEN)
    for below, back in (("", draft.get_parent()), ("opinion/", draft), ("versions/", draft)):
        page = body(client, f"{prefix}{draft.url}{below}")
        crumbs = page.partition('class="crumbs')[2].partition("</nav>")[0]
        found = re.findall(r'class="crumbs__back"><a href="([^"]+)"', crumbs)
        assert found == [f"{prefix}{back.url}"]


def test_the_menu_marks_the_column_one_is_in(client: Client) -> None:
    draft = make_draft(Phase.ANSWERED)
    make_home().add_child(
        instance=InformationPage(title="指南", slug="how", body="<p>说明</p>", show_in_menus=True)
    )
    menu = body(client, draft.result.url).partition('class="menu__list"')[2].partition("</ul>")[0]
    marked = re.findall(r'href="([^"]+)" aria-current="(\w+)"', menu)
    assert marked == [(make_index().url, "true")]
    assert 'href="/how/"' in menu


def test_the_elder_version_keeps_to_its_addresses(client: Client) -> None:
    make_draft(Phase.OPEN)
    page = body(client, "/elder/")
    assert '<html lang="zh-Hans" class="elder">' in page
    assert '<link rel="canonical" href="http://testserver/">' in page
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
    assert [link for link in links if not link.startswith("/elder/")] == ["/"]


def test_nothing_inline_and_nothing_foreign_is_loaded(client: Client) -> None:
    make_draft(Phase.ANSWERED)
    for url in ("/", make_index().url, "/search/?q=测试", "/sitemap/"):
        page = body(client, url)
        assert re.findall(r"<script(?![^>]* src=\"/static/)", page) == [], url
        assert re.findall(r"<[^>]* (?:style|on\w+)=", page) == [], url
        assert re.findall(r"<style|<link [^>]*href=\"(?!/)", page) == [], url


def test_the_site_map_lists_every_public_page_once(client: Client) -> None:
    draft = make_draft(Phase.ANSWERED)
    hidden = make_draft(Phase.OPEN, live=False)
    page = body(client, "/sitemap/").partition("<main")[2].partition("</main>")[0]
    for public in (make_index(), draft, draft.result):
        assert page.count(f'href="{public.url}"') == 1
    assert hidden.title not in page
    assert page.count("<ul") == page.count("</ul>")
    assert page.count("<li") == page.count("</li>")


def test_the_name_of_a_file_and_its_size_run_on_as_one_text() -> None:
    """Two columns beside the icon broke both into pieces on a phone."""
    file = SimpleNamespace(url="/f/", file_extension="docx", file_size=2048)
    rows = [SimpleNamespace(document=file, title="全文")]
    html = render_to_string("components/files.html", {"rows": rows})
    text = html.split("</svg>")[1].split("</a>")[0].strip()
    assert text == '<span>全文<span class="quiet">（DOCX，2.0\xa0KB）</span></span>'
