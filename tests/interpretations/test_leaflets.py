"""The leaflet: what stands on it, its fonts and pictures, which of them are outdated, and who may
make one. Every test reads the PDF itself."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from interpretations.leaflet import printing
from interpretations.leaflet.printing import LeafletRefused
from interpretations.models import InterpretationPage, Leaflet
from interpretations.services.leaflets import make_leaflet
from publishing.clauses.blocks import raw_stream
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.explaining import (
    block,
    comic,
    make_picture,
    panel,
    question,
    questions,
)
from tests.factories.interpretations import publish_policy_again
from tests.interpretations.leaflet_pages import full_page, made, reader, text_of
from tests.interpretations.stale_cases import Case, reworded
from tests.servers.silent import silent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("chief", "chief@example.com", "x")


def test_it_says_what_the_page_says_and_where_it_comes_from(user: User) -> None:
    page = full_page()
    leaflet = made(page, user)
    text = text_of(leaflet)
    wanted = [
        *("停车看图懂", "在哪里停、收多少钱。", "《停车办法》（测府发〔2026〕77号）"),
        *("发文机关测试镇人民政府", f"责任单位{page.unit}", "看图懂停车", "路边收费吗？"),
        *("暂时不收。", "情景案例（为说明政策编写）", "赶集", "车位", "150", "集市最多。"),
        *("新规从下个月起执行。", "停车不难。", "——规划建设办", "办证", "扫码看网页", "第1版"),
    ]
    assert [words for words in wanted if words not in text] == []
    assert text.count("周师傅：停在哪里不要钱？") == 3
    assert (page.full_url or "-") in text


def test_it_is_a4_with_its_fonts_and_pictures_in_it(user: User) -> None:
    sheet = reader(made(full_page(), user))
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in sheet.pages}
    assert sizes == {(595, 842)}
    fonts = [font.get_object() for p in sheet.pages for font in p["/Resources"]["/Font"].values()]  # type: ignore[index, union-attr] # a PDF's own tree
    kinds = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert kinds
    assert all({"/FontFile2", "/FontFile3"} & {*kind.get_object()} for kind in kinds)
    assert {"CJK" in str(font["/BaseFont"]).upper() for font in fonts} == {True}
    assert sum(len(page.images) for page in sheet.pages) >= 1


def test_its_code_leads_to_the_page(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    coded: list[str] = []
    make = printing.segno.make
    monkeypatch.setattr(
        printing.segno, "make", lambda text, **how: coded.append(text) or make(text, **how)
    )
    page = full_page()
    made(page, user)
    assert coded == [page.full_url]


def test_nothing_is_fetched_from_anywhere(user: User) -> None:
    """Addresses in a text, which no editor's form lets in, are not asked for: the server that they
    name hears nothing."""
    with silent() as server:
        place = server.redis_url.replace("redis", "http")
        bad = f'<p>看图<img src="{place}/a.png"></p><link rel="stylesheet" href="{place}/a.css">'
        bad += f'<p style="background: url({place}/b.png)"><img src="file:///etc/hostname"></p>'
        page = full_page(body=[block("words", text=bad), questions(question("收费吗？"))])
        leaflet = made(page, user)
        assert "看图" in text_of(leaflet)
        assert server.callers() == 0
    assert sum(len(sheet.images) for sheet in reader(leaflet).pages) == 0


def test_the_same_content_is_not_printed_twice_and_a_change_makes_the_next(user: User) -> None:
    page = full_page()
    first = made(page, user)
    again = InterpretationPage.objects.get(pk=page.pk)
    assert make_leaflet(page=again, user=user) == (first, False)
    again.seo_title = "不在纸上"
    again.save_revision().publish()
    assert made(page, user) == first
    again.summary = "改了一句话。"
    again.save_revision().publish()
    second = made(page, user)
    assert (second.number, "改了一句话。" in text_of(second)) == (2, True)
    entries = PageLogEntry.objects.filter(action="interpretations.leaflet_made")
    assert [entry.data["number"] for entry in entries.order_by("pk")] == [1, 2]


def states(client: Client, page: InterpretationPage) -> list[str]:
    text = client.get(reverse("leaflets:list", args=[page.pk])).content.decode()
    rows = text.partition("<tbody>")[2].split("<tr>")[1:]
    return ["已过期" if "已过期" in row else "与网页一致" for row in rows]


def test_what_the_page_no_longer_says_is_outdated(user: User) -> None:
    client, page = signed_in(user), full_page()
    made(page, user)
    assert states(client, page) == ["与网页一致"]
    draft = InterpretationPage.objects.get(pk=page.pk)
    draft.summary = "改了。"
    draft.save_revision()
    assert states(client, page) == ["与网页一致"]
    draft.get_latest_revision().publish()
    assert states(client, page) == ["已过期"]
    made(page, user)
    assert states(client, page) == ["与网页一致", "已过期"]
    InterpretationPage.objects.get(pk=page.pk).unpublish()
    assert states(client, page) == ["已过期", "已过期"]


def test_another_number_of_the_policy_makes_it_outdated(user: User) -> None:
    client, page = signed_in(user), full_page()
    made(page, user)
    publish_policy_again(page.subjects.get().subject.specific, document_number="测府发〔2026〕78号")
    assert states(client, page) == ["已过期"]


def test_what_is_stale_is_printed_so_and_the_earlier_one_is_outdated(user: User) -> None:
    case = Case()
    client = signed_in(user)
    before = made(case.page, user)
    publish_policy_again(case.policy, body=raw_stream(reworded(case.clauses, 1, "改过的文字。")))
    assert states(client, case.page) == ["已过期"]
    text = text_of(made(case.page, user))
    assert ("内容待更新" in text_of(before), text.count("内容待更新")) == (False, 4)


def test_what_is_not_public_is_not_printed(user: User) -> None:
    page = full_page(live=False)
    with pytest.raises(LeafletRefused, match="还没有公布"):
        made(page, user)
    page.save_revision().publish()
    live = InterpretationPage.objects.get(pk=page.pk)
    live.title = "没有公布的标题"
    live.save_revision()
    assert "没有公布的标题" not in text_of(made(page, user))


def test_a_picture_that_is_gone_is_said(user: User) -> None:
    picture = make_picture()
    page = full_page(body=[comic(panel(picture))])
    picture.file.storage.delete(picture.file.name)
    picture.renditions.all().delete()
    with pytest.raises(LeafletRefused, match="图片的文件找不到"):
        made(page, user)


def test_a_full_disk_is_said_and_leaves_no_row(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> str:
        raise OSError(28, "No space left on device")

    page = full_page()
    monkeypatch.setattr(type(storages["private"]), "save", full)
    with pytest.raises(LeafletRefused, match="放不下"):
        made(page, user)
    assert Leaflet.objects.count() == 0
