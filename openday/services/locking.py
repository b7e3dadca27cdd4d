"""The order of locks: the session's row, then the registration. All that changes seats."""

from django.db.models import QuerySet

from openday.models import EventPage, Registration, Session
from people.statements import Statement


def lock_session(pk: int, *, event: EventPage | None = None) -> Session:
    """The session, its row locked for the transaction: its seats hold still.

    ``event``: its event, if it was read before; the wide row needn't be read under the lock.
    """
    if event is None:
        return _locked().select_related("event__unit").get(pk=pk)
    session: Session | None = _LOCKED.find(pk)
    if session is None:
        raise Session.DoesNotExist
    session.event = event
    return session


def _locked() -> QuerySet[Session]:
    return Session.objects.select_for_update(of=("self",), no_key=True)


_LOCKED = Statement(lambda pk: _locked().filter(pk=pk), int)


def lock_registration(pk: int) -> Registration:
    """The registration with its session locked before it."""
    session_id = Registration.objects.values_list("session_id", flat=True).get(pk=pk)
    session = lock_session(session_id)
    rows = Registration.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("group__audience", "contact", "receipt").get(pk=pk)
    found.session = found.group.session = session
    return found
