import pytest

from openday.models import EventPage, SeatGroup, Session
from tests.factories.openday import make_event, make_group, make_session


@pytest.fixture
def event(db: None) -> EventPage:
    return make_event()


@pytest.fixture
def session(event: EventPage) -> Session:
    return make_session(event, capacity=2)


@pytest.fixture
def group(session: Session) -> SeatGroup:
    """First come, first served."""
    return make_group(session)
