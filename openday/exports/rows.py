"""What stands in the exports, as rows of text: masked unless said otherwise (rule G4)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from openday.desk_reading import on_paper
from openday.enums import State
from openday.models import Registration, Session
from publishing.sheets.table import Column, Sheet

_COLUMNS = (
    Column("报名编号", 17, typed=False),
    Column("代表类别", 14),
    Column("姓名", 12),
    Column("联系电话", 16),
    Column("状态", 12, typed=False),
    Column("来源", 8, typed=False),
    Column("报名时间", 17, typed=False),
    Column("抽签顺位", 8, typed=False),
    Column("同意拍照", 8, typed=False),
    Column("签到时间", 17, typed=False),
)
_DETAILS = (
    Column("电子邮箱", 24),
    Column("单位或村（社区）", 24),
    Column("无障碍需求", 24),
    Column("交通方式", 16),
)


def registrations_sheet(*, session: Session, unmasked: bool = False) -> Sheet:
    """Every registration of the session, by group and number.

    Unmasked, names and phones are whole, and what else the person told is added: needs are health.
    """
    columns = [*_COLUMNS, *(_DETAILS if unmasked else ())]
    made = f"导出时间：{timezone.localtime():%Y年%m月%d日 %H:%M}"
    note = "含完整联系方式，请妥善保管，用后及时删除。" if unmasked else "姓名和联系方式已隐去。"
    above = (f"场次：{session}", f"{made}　{note}")
    return Sheet("报名名单", columns, _rows(session, unmasked), above)


def _rows(session: Session, unmasked: bool) -> Iterator[list[str]]:
    rows = on_paper(session, states=State.values).prefetch_related("check_ins")
    for row in rows.iterator(chunk_size=1000):
        yield [*_row(row, unmasked), *(_details(row) if unmasked else ())]


def _row(row: Registration, unmasked: bool) -> list[str]:
    contact = row.contact
    arrivals = [arrival for arrival in row.check_ins.all() if arrival.undone_at is None]
    return [
        row.receipt.number,
        str(row.group.audience),
        contact.name if unmasked else contact.masked_name,
        contact.shown_phone if unmasked else contact.masked_phone,
        row.get_state_display(),
        row.get_origin_display(),
        _moment(row.created_at),
        str(row.rank or ""),
        "是" if row.photo_consent else "否",
        _moment(arrivals[-1].scanned_at) if arrivals else "",
    ]


def _details(row: Registration) -> list[str]:
    return [row.contact.email, row.contact.address, row.access_needs, row.transport]


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
