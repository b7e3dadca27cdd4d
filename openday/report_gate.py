"""What a report lacks before it may be published (rules O3, O4)."""

from typing import TYPE_CHECKING

from django.utils import timezone

from publishing.gates import Blocker
from publishing.text import clean_text, rich_text_words

if TYPE_CHECKING:
    from openday.models.report_page import EventReportPage

NAMED = 5


def missing(report: "EventReportPage") -> list[Blocker]:
    """Everything that is missing; the report says what happened, so it comes after the event."""
    found = []
    if not rich_text_words(report.narrative):
        found.append(Blocker("narrative", "缺少活动情况：请写明做了什么、看了什么。"))
    found += _missing_photo_facts(report)
    event = report.event
    if not event.live:
        found.append(Blocker("event", "活动页面没有公布：请先发布活动，再发布总结。"))
    sessions = event.standing_sessions
    if not sessions:
        found.append(Blocker("sessions", "活动的场次都已取消，没有可以总结的活动。"))
    elif timezone.now() < max(session.ends_at for session in sessions):
        found.append(Blocker("sessions", "活动还没有结束：最后一场结束后才能发布总结。"))
    return [*found, *_unanswered(report)]


def _missing_photo_facts(report: "EventReportPage") -> list[Blocker]:
    found = []
    for number, photo in enumerate(report.photos.all(), start=1):
        if not clean_text(photo.alt).strip():
            found.append(Blocker("photos", f"第{number}张照片缺少说明。"))
        if not photo.consented:
            message = f"第{number}张照片还没有确认照片中的人同意公开：请核实后勾选，或换一张。"
            found.append(Blocker("photos", message))
    return found


def _unanswered(report: "EventReportPage") -> list[Blocker]:
    """Every suggestion has its office, its day, its answer, also those that stay unpublished."""
    lacking = [
        str(row)
        for row in report.event.suggestions.all()
        if row.unit_id is None or row.due_on is None or not clean_text(row.answer).strip()
    ]
    if not lacking:
        return []
    named = "、".join(lacking[:NAMED]) + ("等" if len(lacking) > NAMED else "")
    message = f"还有{len(lacking)}条建议没有办完（{named}）：每条都要有承办单位、办理期限和答复。"
    return [Blocker("suggestions", message)]
