"""What pages and screens show of hearings; nothing here changes anything (713 art. 16, 17)."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from openday.enums import EventKind, State
from openday.models import EventPage, Hearing, HearingStatement, Registration, Session
from publishing.text import clean_text

MATERIALS_DAYS = 7
"""Materials reach the participants so many days before (713 art. 16)."""


def public_hearings(event: EventPage) -> list[Hearing]:
    """The hearings whose lists of participants are public, by time, for
    ``openday/parts/participants.html`` (there as ``participants``); one query, none for other
    events."""
    if event.kind != EventKind.HEARING or event.pk is None:
        return []
    rows = Hearing.objects.filter(session__event=event, session__cancelled_at=None)
    listed = rows.filter(participants_published_at__isnull=False).select_related("session")
    return list(listed.order_by("session__starts_at", "session"))


def hearing_of(session: Session) -> Hearing:
    """The session's hearing; a blank one, not saved, before the first step."""
    found = Hearing.objects.filter(session=session).select_related("ready_by").first()
    hearing = found or Hearing(session=session)
    hearing.session = session
    return hearing


def hearing_day(session: Session) -> date:
    return timezone.localdate(session.starts_at)


def latest_delivery(session: Session) -> date:
    """The last day on which materials may reach the participants."""
    return hearing_day(session) - timedelta(days=MATERIALS_DAYS)


def obstacles(hearing: Hearing) -> list[str]:
    """What a hearing lacks before it is ready, in Chinese; reckoned anew when the session moves."""
    event = EventPage.objects.get(pk=hearing.session.event_id)
    found = []
    if not event.live:
        found.append("活动公告还没有发布。")
    if not clean_text(event.matters).strip():
        found.append("公告中没有听证事项。")
    if not clean_text(event.selection_method).strip():
        found.append("公告中没有听证参加人的产生办法。")
    if hearing.participants_published_at is None:
        found.append("听证参加人名单还没有公布。")
    last = latest_delivery(hearing.session)
    day = f"{last.year}年{last.month}月{last.day}日"
    if hearing.materials_delivered_on is None:
        found.append(f"还没有记录材料送达：须在会前{MATERIALS_DAYS}日，即{day}以前送达。")
    elif hearing.materials_delivered_on > last:
        found.append(f"材料送达太晚：最迟应在{day}送达，须改期才能召开。")
    return found


def is_ready(hearing: Hearing) -> bool:
    """Whether it was marked ready and still is."""
    return hearing.ready_at is not None and not obstacles(hearing)


def is_outdated(hearing: Hearing) -> bool:
    """Whether others have a seat now than the published list says; told before the hearing only,
    for who stays away leaves the list as it was."""
    published = hearing.participants_published_at is not None
    return published and masked_list(hearing.session) != hearing.participants


def participants_of(session: Session) -> QuerySet[Registration]:
    """Who has a seat at the hearing, by audience."""
    rows = session.registrations.filter(state__in=[State.CONFIRMED, State.ATTENDED])
    return rows.select_related("contact", "receipt", "group__audience").order_by(
        "group__sort_order", "group", "pk"
    )


def masked_list(session: Session) -> list[dict[str, str]]:
    """The participants as the public may see them: 朱**, and for whom they stand."""
    return [
        {"name": row.contact.masked_name, "audience": str(row.group.audience)}
        for row in participants_of(session)
    ]


def statements_of(hearing: Hearing) -> QuerySet[HearingStatement]:
    """What was said, in the order in which it was noted down."""
    rows = HearingStatement.objects.filter(hearing=hearing.pk or 0)
    return rows.select_related(
        "registration__contact", "registration__receipt", "registration__group__audience"
    )


def unrecorded(session: Session) -> QuerySet[Registration]:
    """Who came, and of whom the record has no words: nothing that they could sign."""
    return participants_of(session).filter(state=State.ATTENDED, statements=None)


def unconfirmed(hearing: Hearing) -> QuerySet[HearingStatement]:
    """Statements that nobody signed and of which nobody says why not."""
    return statements_of(hearing).filter(confirmed_on=None, remark="")


def history(row: Any) -> QuerySet[ModelLogEntry]:
    """What the audit trail says of the row, the latest first (rule G2)."""
    kind = ContentType.objects.get_for_model(row)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return entries.select_related("user").order_by("-timestamp", "-pk")
