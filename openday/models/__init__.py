from openday.models.audience import Audience
from openday.models.check_in import CheckIn
from openday.models.columns import EventIndexPage, PlannedEvent
from openday.models.draw_run import DrawRun
from openday.models.event_page import EventPage
from openday.models.event_parts import (
    EventCondition,
    EventContact,
    EventMaterial,
    EventSubject,
    ProgrammeItem,
)
from openday.models.hearing import Hearing, HearingStatement
from openday.models.registration import Registration, RegistrationQuerySet
from openday.models.report_page import EventReportPage, ReportPhoto, ReportVersion
from openday.models.seat_group import SeatGroup
from openday.models.session import Session, SessionQuerySet
from openday.models.session_move import SessionMove
from openday.models.suggestion import Suggestion
from openday.models.transition import Actor, Transition

__all__ = [
    "Actor",
    "Audience",
    "CheckIn",
    "DrawRun",
    "EventCondition",
    "EventContact",
    "EventIndexPage",
    "EventMaterial",
    "EventPage",
    "EventReportPage",
    "EventSubject",
    "Hearing",
    "HearingStatement",
    "PlannedEvent",
    "ProgrammeItem",
    "Registration",
    "RegistrationQuerySet",
    "ReportPhoto",
    "ReportVersion",
    "SeatGroup",
    "Session",
    "SessionMove",
    "SessionQuerySet",
    "Suggestion",
    "Transition",
]
