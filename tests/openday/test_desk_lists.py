"""签到表, 通话单, exports and imports of a session: masked, logged, neither broken nor armed."""

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from notify.models import Message
from openday.enums import Origin, State
from openday.models import Registration, SeatGroup
from openday.services.answering import cancel
from publishing.enums import Role
from tests.factories.openday import make_group, make_registration, next_phone
from tests.openday.desk import Office, furnish

pytestmark = pytest.mark.django_db
HOSTILE = ['=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-2+3", "张,三\n“四”", "a\x0b\ufffeb𠮷"]


@pytest.fixture
def office() -> Office:
    return furnish()


def logged(action: str) -> list[dict[str, Any]]:
    return [row.data for row in ModelLogEntry.objects.filter(action=action).order_by("pk")]


@pytest.mark.parametrize("paper", ["sign_in", "call_slips"])
def test_paper_is_masked_until_somebody_says_what_for(office: Office, paper: str) -> None:
    address = reverse(f"seats:{paper}", args=[office.session.pk])
    client = office.client()
    name, phone = office.confirmed.contact.name, office.confirmed.contact.shown_phone
    masked = client.get(address).content.decode()
    unsaid = client.post(address, {"reason": " "}).content.decode()
    assert [words in masked + unsaid for words in (name, phone)] == [False, False]
    assert logged("openday.export") == []
    full = client.post(address, {"reason": "现场签到"})
    assert [words in full.content.decode() for words in (name, phone)] == [True, True]
    assert "no-store" in full["Cache-Control"]
    entry = logged("openday.export")[0]
    assert (entry["reason"], entry["unmasked"]) == ("现场签到", True)


def test_the_sign_in_sheet_holds_who_has_a_seat(office: Office) -> None:
    address = reverse("seats:sign_in", args=[office.session.pk])
    page = office.client(Role.FRONT_DESK).get(address).content.decode()
    rows = Registration.objects.all()
    assert {str(row) for row in rows if str(row) in page} == {str(office.confirmed)}


def export(office: Office, **typed: Any) -> Any:
    address = reverse("seats:export", args=[office.session.pk])
    return office.client().post(address, {"kind": "csv", **typed})


def table(reply: Any) -> list[list[str]]:
    content = b"".join(reply.streaming_content)
    if not content.startswith(b"PK"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.worksheets[0] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "f" not in {cell.data_type for cell in cells}
    return [
        ["" if value is None else str(value) for value in row] for row in book.worksheets[0].values
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_masked(office: Office, kind: str) -> None:
    rows = table(export(office, kind=kind))
    everything = str(rows)
    for row in Registration.objects.select_related("contact"):
        assert str(row) in everything
        assert row.contact.name not in everything
        assert row.contact.shown_phone not in everything
    assert logged("openday.export") == [
        {"what": "报名名单", "rows": 5, "unmasked": False, "reason": ""}
    ]


def test_in_full_only_with_a_reason_and_the_right(office: Office) -> None:
    page = export(office, unmasked="on")
    assert "请说明" in str(page.context["form"].errors["reason"])
    rows = table(export(office, unmasked="on", reason="安排车辆"))
    phones = {row[3] for row in rows[1:]}
    assert office.confirmed.contact.shown_phone in phones
    assert logged("openday.export")[0]["reason"] == "安排车辆"
    editors = office.staff[Role.EDITOR].groups.get()
    editors.permissions.remove(editors.permissions.get(codename="reveal_contact"))
    assert office.confirmed.contact.shown_phone not in str(
        table(export(office, unmasked="on", reason="安排车辆"))
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_names_neither_break_nor_arm_a_sheet(office: Office, kind: str) -> None:
    for name in HOSTILE:
        make_registration(office.drawn, name=name)
    rows = table(export(office, kind=kind, unmasked="on", reason="核对"))
    names = [row[2] for row in rows if len(row) > 2]
    if kind == "csv":
        assert [name for name in names if name[:1] in {"=", "+", "-", "@"}] == []
    assert ("a\x0b\ufffeb𠮷" in names, "ab𠮷" in names) == (False, True)
    assert "张,三\n“四”" in names


def workbook(
    *rows: list[Any], head: tuple[str, ...] = ("姓名", "电话", "单位或村（社区）", "备注")
) -> Any:
    book = openpyxl.Workbook()
    for row in (list(head), *rows):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("名单.xlsx", file.getvalue())


def send(office: Office, group: SeatGroup, file: Any) -> Any:
    address = reverse("seats:import", args=[group.session_id])
    return office.client().post(address, {"group": group.pk, "file": file})


def reports(reply: Any) -> list[str]:
    return [report.kind for report, _label in reply.context["rows"]]


@pytest.fixture
def invited(office: Office) -> SeatGroup:
    return make_group(office.session, method="invited", quota=2)


def test_a_list_is_taken_in_with_a_report_per_row(office: Office, invited: SeatGroup) -> None:
    phone = next_phone()
    known = next_phone()
    make_registration(office.drawn, phone=known)
    rows = [
        ["张三", int(phone), "东村", "坐轮椅"],
        ["李四", f"+86 {phone}", "", ""],
        ["王五", known],
        ["赵六", "12345"],
        ["", next_phone()],
        ["孙七", next_phone()],
        ["周八", next_phone()],
    ]
    reply = send(office, invited, workbook(*rows))
    assert reports(reply) == ["taken", "twice", "known", "phone", "refused", "taken", "full"]
    first = invited.registrations.order_by("pk")[0]
    assert (first.origin, first.state, first.access_needs) == (
        Origin.LIST,
        State.CONFIRMED,
        "坐轮椅",
    )
    assert (first.contact.name, first.contact.address) == ("张三", "东村")
    assert str(first) in reply.content.decode()
    assert logged("openday.import") == [{"taken": 2, "refused": 5}]


@pytest.mark.parametrize(
    ("methods", "chosen"),
    [
        ((), ""),
        (("invited",), "invited"),
        (("nominated",), "nominated"),
        (("invited", "nominated"), ""),
    ],
)
def test_a_list_goes_by_itself_only_to_the_one_group_of_named_people(
    office: Office, methods: tuple[str, ...], chosen: str
) -> None:
    """Beside it stand groups for which people register themselves."""
    groups = {method: make_group(office.session, method=method) for method in methods}
    page = office.client().get(reverse("seats:import", args=[office.session.pk])).content.decode()
    selected = re.findall(r'<option value="(\d*)" selected>', page)
    assert selected == [str(groups[chosen].pk) if chosen else ""]


def test_a_row_that_repeats_another_names_it(office: Office, invited: SeatGroup) -> None:
    phone, later = next_phone(), next_phone()
    rows = [
        ["张", later],
        ["张三", phone],
        ["张三", phone],
        ["李四", f"+86 {phone}"],
        ["王五", later],
    ]
    said = [
        report.words for report, _label in send(office, invited, workbook(*rows)).context["rows"]
    ]
    assert said == [
        "姓名要写全称，至少两个字",
        "登记成功：已确认",
        "和本表第3行的电话号码相同，不重复登记",
        "和本表第3行的电话号码相同，不重复登记；不是同一人的，请用“代为报名”登记，"
        "勾选“同一电话的另一人”",
        "登记成功：已确认",
    ]
    again = reports(send(office, invited, workbook(*rows)))
    assert again == ["refused", "known", "twice", "twice", "known"]


def test_the_same_list_again_registers_nobody_twice(office: Office, invited: SeatGroup) -> None:
    rows = [["张三", next_phone()], ["李四", next_phone()]]
    send(office, invited, workbook(*rows))
    told = Message.objects.count()
    assert reports(send(office, invited, workbook(*rows))) == ["known", "known"]
    cancel(registration=invited.registrations.order_by("pk")[0])
    again = send(office, invited, workbook(*rows))
    assert reports(again) == ["known", "known"]
    assert "现为“已取消”" in again.content.decode()
    assert (invited.registrations.count(), Message.objects.count()) == (2, told + 1)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.xlsx", b"PK nothing"), "不是 Excel 工作簿"),
        (SimpleUploadedFile("a.xlsx", b""), "文件是空的"),
        (workbook(["张三", "x"], head=("甲", "乙")), "没有找到表头"),
        (workbook(), "表头下面没有内容"),
    ],
)
def test_a_file_that_is_no_list_is_refused(office: Office, invited, file, words: str) -> None:
    file.seek(0)
    page = send(office, invited, file)
    assert (page.status_code, words in str(page.context["form"].errors["file"])) == (422, True)


def test_hostile_rows_are_shown_as_text(office: Office, invited: SeatGroup) -> None:
    rows = [["<script>alert(1)</script>", next_phone()], ["张" * 50, next_phone()]]
    page = send(office, invited, workbook(*rows))
    assert reports(page) == ["taken", "refused"]
    assert "<script>alert" not in page.content.decode()
