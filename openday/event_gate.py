"""What an event lacks before it may be published (rules O1, O4; 713 art. 16 for hearings)."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openday.enums import ACTIVE, EventKind, SeatMethod
from publishing.gates import Blocker
from publishing.text import clean_text

if TYPE_CHECKING:
    from openday.models.event_page import EventPage

_WITH_MATTERS = {EventKind.ATTENDANCE, EventKind.HEARING, EventKind.SYMPOSIUM}
_WITH_METHOD = {EventKind.ATTENDANCE, EventKind.HEARING}


def missing(event: "EventPage") -> list[Blocker]:
    """Everything that is missing, in the order of the editor's tabs."""
    found = [*_missing_words(event), *_missing_people(event), *_missing_seats(event)]
    if message := refused_unit(event, event.unit_id):
        found.append(Blocker("unit", message))
    return [*found, *_foreign_subjects(event), *_moved(event)]


def refused_unit(event: "EventPage", unit: int | None) -> str:
    """Why the event can't go over to another unit: who registered, with name and phone, would go
    with it, though they gave them to this one. Empty where it can."""
    stored = type(event).objects.filter(pk=event.pk).values_list("unit", flat=True).first()
    if stored is None or unit == stored:
        return ""
    if not event.sessions.filter(registrations__isnull=False).exists():
        return ""
    return "已有人向原单位报名，不能换主办单位：报名人的联系方式会随之转给别的单位。请另建活动。"


def _missing_words(event: "EventPage") -> list[Blocker]:
    found = []
    if event.unit_id is None:
        found.append(Blocker("unit", "请选择主办单位。"))
    if not clean_text(event.theme).strip():
        found.append(Blocker("theme", "缺少主题：请用一句话写明。"))
    if not clean_text(event.summary).strip():
        found.append(Blocker("summary", "缺少活动简介：请写明做什么、看什么。"))
    if not clean_text(event.place).strip():
        found.append(Blocker("place", "缺少地点。"))
    if event.kind != EventKind.HEARING and _was_heard(event):
        message = "听证的名单、材料送达或笔录已有登记，不能改成别的活动类型。"
        found.append(Blocker("kind", message))
    if event.kind in _WITH_MATTERS and not clean_text(event.matters).strip():
        label = EventKind(event.kind).label
        found.append(Blocker("matters", f"缺少议题或听证事项：{label}须事先公布。"))
    if event.kind in _WITH_METHOD and not clean_text(event.selection_method).strip():
        found.append(Blocker("selection_method", "缺少代表产生办法：须事先公布。"))
    return found


def _was_heard(event: "EventPage") -> bool:
    """Whether something of a hearing is noted, which no screen of another kind would show."""
    return bool(event.pk) and event.sessions.filter(hearing__isnull=False).exists()


def _missing_people(event: "EventPage") -> list[Blocker]:
    found = []
    contacts = event.contacts.all()
    if not any(clean_text(row.phone) or clean_text(row.email) for row in contacts):
        found.append(Blocker("contacts", "缺少联系方式：请填写联系单位及其电话或电子邮箱。"))
    if not clean_text(event.collected).strip():
        found.append(Blocker("collected", "请写明报名收集哪些信息、作什么用。"))
    return found


def _foreign_subjects(event: "EventPage") -> list[Blocker]:
    """Another unit's page is named once it is public, not before."""
    found = []
    for number, row in enumerate(event.subjects.all(), start=1):
        page = row.subject.specific
        if not page.live and getattr(page, "unit_id", None) != event.unit_id:
            message = f"第{number}项相关草案或政策是别的单位还没有公布的页面，请等它公布后再选。"
            found.append(Blocker("subjects", message))
    return found


def _missing_seats(event: "EventPage") -> list[Blocker]:
    """Sessions have a screen of their own; a page without one announces nothing."""
    sessions = list(event.sessions.prefetch_related("groups")) if event.pk else []
    if not sessions:
        message = (
            "还没有场次：请先存为草稿，再点页面标题旁的“…”，选“场次与名额”，添加场次和名额组。"
        )
        return [Blocker("sessions", message)]
    found = []
    for session in sessions:
        groups = session.groups.all()
        if not groups:
            found.append(Blocker("sessions", f"“{session}”还没有名额组，请在“场次与名额”中添加。"))
        if any(group.method == SeatMethod.DRAW and group.run is None for group in groups):
            message = f"“{session}”有抽签的名额组还没有公布承诺值，请在“场次与名额”中重新保存。"
            found.append(Blocker("sessions", message))
    return found


def _moved(event: "EventPage") -> list[Blocker]:
    """The page tells nobody of another place; a session's own screen tells who registered."""
    before = type(event).objects.filter(pk=event.pk).values_list("place", flat=True).first()
    if not before or before == event.place:
        return []
    here = event.sessions.filter(place="", cancelled_at=None, ends_at__gt=timezone.now())
    if not here.filter(registrations__state__in=ACTIVE).exists():
        return []
    message = (
        "已有人报名，改地点须通知他们：请先在“场次与名额”的“修改场次”中填写新地点，"
        "报名人会收到通知；再改这里。"
    )
    return [Blocker("place", message)]
