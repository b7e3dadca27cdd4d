"""The views that the pages of events hand over to, by name."""

from openday.views.draw import draw_record, show_draw
from openday.views.event import show_event
from openday.views.feed import event_calendar, event_feed
from openday.views.listing import list_events
from openday.views.poster import show_poster
from openday.views.registering import register

__all__ = [
    "draw_record",
    "event_calendar",
    "event_feed",
    "list_events",
    "register",
    "show_draw",
    "show_event",
    "show_poster",
]
