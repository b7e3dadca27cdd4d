"""导入文档 in the admin: preview, correct, confirm; identities kept; nothing written before."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.models import User
from tests.factories.consultation import make_draft, make_home
from tests.factories.importing import import_text

pytestmark = pytest.mark.django_db

TEXT = """测试镇停车管理办法

第一章 总则
第一条 为规范停车秩序，制定本办法。
第二条 本办法适用于测试镇集镇范围。
第二章 停放
第三条 机动车应当停放在划定的泊位内。
"""


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    return client


def latest(page: DecisionDraftPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def address(page: DecisionDraftPage) -> str:
    return reverse("publishing_import", args=[page.pk])


def clauses(page: DecisionDraftPage) -> dict[str, str]:
    return {c.label: c.id for c in latest(page).clauses if c.commentable}


def test_nothing_is_written_before_the_editor_confirms(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    revisions = page.revisions.count()
    response = chief.post(address(page), {"text": TEXT, "preview": "1"})
    assert "识别出 <strong>3</strong> 条可提意见的条款" in response.content.decode()
    assert page.revisions.count() == revisions


def test_confirming_puts_the_clauses_into_a_draft_revision(chief: Client) -> None:
    page = make_draft()
    live_before = [clause.text for clause in page.clauses]
    import_text(chief, page, TEXT, part="all")
    assert list(clauses(page)) == ["第一条", "第二条", "第三条"]
    live_after = [c.text for c in DecisionDraftPage.objects.get(pk=page.pk).clauses]
    assert live_after == live_before


def test_importing_again_keeps_the_identities_and_shows_the_redline(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    import_text(chief, page, TEXT)
    before = clauses(page)
    changed = TEXT.replace("划定的泊位内", "划定的泊位内，不得占用人行道")
    preview = chief.post(address(page), {"text": changed, "preview": "1"})
    assert "<ins>，不得占用人行道</ins>" in preview.content.decode()
    import_text(chief, page, changed)
    assert clauses(page) == before


def test_the_redline_of_a_table_shows_the_rows_that_changed(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    table = "\n".join(["", "\t事项", "\t时限", "", "\t换证", "\t3日", "", "\t补证", "\t5日", ""])
    import_text(chief, page, TEXT + table)
    changed = {"text": TEXT + table.replace("5日", "4日"), "preview": "1"}
    preview = chief.post(address(page), changed).content.decode()
    shown = re.findall(r"<td>.*?</td>", preview.split("与页面现有正文比较")[1])
    days = "<td><del>5</del><ins>4</ins>日</td>"
    assert shown == ["<td>事项</td>", "<td>时限</td>", "<td>补证</td>", days]


def test_only_what_was_shown_is_imported(chief: Client) -> None:
    """A text, a part, or a page that changed since the preview is shown before it is imported."""
    page = make_draft(Phase.UPCOMING, live=False)
    first = chief.post(address(page), {"text": TEXT, "preview": "1"})
    seen = {"confirm": "1", "shown": first.context["proposal"].mark}
    changed = chief.post(address(page), {"text": TEXT + "第四条 试。", **seen})
    told = "预览以后有改动。请看过下面的结果，再点“确认导入”。"
    assert (told in changed.content.decode(), page.revisions.count()) == (True, 1)
    import_text(chief, page, TEXT + "第四条 试。")
    assert told in chief.post(address(page), {"text": TEXT, **seen}).content.decode()
    assert list(clauses(page)) == ["第一条", "第二条", "第三条", "第四条"]
    crlf = TEXT.replace("\n", "\r\n")
    mark = chief.post(address(page), {"text": TEXT, "preview": "1"}).context["proposal"].mark
    chief.post(address(page), {"text": crlf, "confirm": "1", "shown": mark})
    assert list(clauses(page)) == ["第一条", "第二条", "第三条"]


def test_a_text_file_is_read_in_gb18030(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    file = SimpleUploadedFile("办法.txt", TEXT.encode("gb18030"))
    response = chief.post(address(page), {"file": file, "preview": "1"})
    assert "为规范停车秩序" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": "  "}, "请上传文件，或粘贴正文。"),
        ({"file": SimpleUploadedFile("a.docx", b"")}, "文件是空的，请检查后重新选择文件。"),
        ({"text": "字" * 1_000_001}, "1000000"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(
    chief: Client, data: dict[str, object], message: str
) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    response = chief.post(address(page), {**data, "preview": "1"})
    assert response.status_code == 200
    assert message in response.content.decode()


def test_who_may_not_edit_the_page_may_not_import(client: Client) -> None:
    page = make_draft()
    user = User.objects.create_user("someone", is_staff=True)
    client.force_login(user)
    assert client.get(address(page)).status_code == 302


def test_a_locked_page_says_why_nothing_is_imported_now(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert address(page) in chief.get(edit).content.decode()
    DecisionDraftPage.objects.filter(pk=page.pk).update(locked=True)
    screen = chief.get(edit).content.decode()
    assert (address(page) in screen, "送审或锁定期间不能导入" in screen) == (False, True)


def test_a_page_without_clauses_takes_no_document(chief: Client) -> None:
    home = make_home()
    assert chief.get(reverse("publishing_import", args=[home.pk])).status_code == 404


TWO_PARTS = """测试镇人民政府办公室关于印发《测试镇停车管理办法》的通知
测政办发〔2026〕1号
各村（居）、各单位：
现将《测试镇停车管理办法》印发给你们，请认真贯彻执行。
测试镇人民政府办公室
2026年3月2日

测试镇停车管理办法

第一章 总则
第一条 为规范停车秩序，制定本办法。
第二条 本办法适用于测试镇集镇范围。
"""


def chosen_parts(response: HttpResponse) -> list[tuple[str, bool]]:
    """The radios as rendered: value, and whether it is chosen."""
    radios = re.findall(r'<input type="radio" name="part"[^>]*>', response.content.decode())
    return [(re.findall(r'value="(\w+)"', radio)[0], "checked" in radio) for radio in radios]


@pytest.mark.parametrize(
    ("part", "chosen"), [({}, "1"), ({"part": "all"}, "all"), ({"part": "0"}, "0")]
)
def test_one_part_is_always_chosen_at_first_the_one_that_is_issued(
    chief: Client, part: dict[str, str], chosen: str
) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    response = chief.post(address(page), {"text": TWO_PARTS, "preview": "1", **part})
    expected = [(value, value == chosen) for value in ("all", "0", "1")]
    assert chosen_parts(response) == expected


def test_the_notice_stays_outside_unless_it_is_wanted(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    import_text(chief, page, TWO_PARTS)
    assert "测政办发" not in str([clause.text for clause in latest(page).clauses])
    assert list(clauses(page)) == ["第一条", "第二条"]
    import_text(chief, page, TWO_PARTS, part="all")
    assert "测政办发" in str([clause.text for clause in latest(page).clauses])


def test_a_text_that_the_editor_could_not_save_is_not_imported(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    text = "测试镇办法\n" + "".join(f"第{number}条 内容。\n" for number in range(1, 3_100))
    reply = chief.post(address(page), {"text": text, "part": "all", "confirm": "1"})
    assert "一个页面最多 3000 段" in reply.content.decode()
    assert len(latest(page).clauses) < 10


def test_what_was_corrected_is_sent_in_as_few_bytes_as_a_file(chief: Client) -> None:
    """Written as in an address a Chinese letter takes nine bytes: long texts were too large."""
    page = make_draft(Phase.UPCOMING, live=False)
    for reply in (
        chief.post(address(page), {"text": TEXT, "preview": "1"}),
        chief.get(reverse("wagtailadmin_pages:edit", args=[page.pk])),
    ):
        forms = re.findall(r"<form[^>]*>", reply.content.decode())
        posting = [form for form in forms if 'class="import"' in form or "page-edit-form" in form]
        assert ['enctype="multipart/form-data"' in form for form in posting] == [True]


def test_what_nobody_sees_is_not_imported(chief: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    text = TEXT.replace("停车秩序", "停\x0b车\u202e秩\ufeff序")
    file = SimpleUploadedFile("a.txt", text.encode())
    for sent in ({"text": text}, {"file": file}):
        reply = chief.post(address(page), {**sent, "preview": "1"})
        assert "为规范停车秩序" in reply.content.decode()
