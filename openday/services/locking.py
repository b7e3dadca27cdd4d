"""The order of locks: the session's row, then the registration. All that changes seats."""

from openday.models import Registration, Session


def lock_session(pk: int) -> Session:
    """The session, its row locked for the transaction: its seats hold still."""
    rows = Session.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("event").get(pk=pk)


def lock_registration(pk: int) -> Registration:
    """The registration with its session locked before it."""
    session_id = Registration.objects.values_list("session_id", flat=True).get(pk=pk)
    session = lock_session(session_id)
    rows = Registration.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("group__audience", "contact", "receipt").get(pk=pk)
    found.session = found.group.session = session
    return found
