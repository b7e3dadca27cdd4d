"""Telling people by phone, and keeping who did so."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from notify.enums import MessageChannel, MessageState
from notify.models import Message
from people.services import reveal_contact


class NotToPhone(Exception):
    """The message was sent, or somebody has phoned already; ``message`` is for who reads it."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class NotYours(Exception):
    """A message of a unit in which the user may not phone people."""

    def __init__(self) -> None:
        self.message = _("您不能办理其他单位的电话告知。")
        super().__init__(self.message)


@transaction.atomic
def record_phoned(*, message_id: int, user: Any, note: str = "") -> Message:
    """Keeps that the person was told by phone, by whom and with what result.

    Raises:
        NotYours: a message of another unit.
        NotToPhone: nothing is to be phoned; of two members of staff the second one reads who was
            first.
    """
    message = _own(message_id, user)
    if message.state == MessageState.PHONED:
        raise NotToPhone(_("这条通知已由%(name)s电话告知。") % {"name": message.phoned_by})
    if not message.is_to_phone:
        raise NotToPhone(_("这条通知不需要电话告知。"))
    message.state = MessageState.PHONED
    message.phoned_at = timezone.now()
    message.phoned_by = user
    message.phone_note = note.strip()
    message.save()
    log(instance=message, action="notify.phoned", user=user)
    return message


@transaction.atomic
def undo_phoned(*, message_id: int, user: Any) -> Message:
    """Takes back a call that was noted down by mistake: the person stands on the list again.

    Raises:
        NotYours: a message of another unit.
        NotToPhone: nobody noted down a call.
    """
    message = _own(message_id, user)
    if message.state != MessageState.PHONED:
        raise NotToPhone(_("这条通知没有电话告知的记录，不用撤销。"))
    data = {"phoned_at": str(message.phoned_at), "phoned_by": message.phoned_by_id}
    tried = message.attempts and message.channel != MessageChannel.PHONE
    message.state = MessageState.FAILED if tried else MessageState.UNSENT
    message.phoned_at = message.phoned_by = None
    message.save()
    log(instance=message, action="notify.unphoned", user=user, data=data)
    return message


@transaction.atomic
def reveal_callee(*, message_id: int, user: Any) -> Message:
    """The message with whom to call, for showing in full; the audit log has taken who looked.

    Who may phone a unit's people sees the numbers of those who wait for a call, and of no others.

    Raises:
        NotYours: a message of another unit.
        NotToPhone: nothing is to be phoned (any more).
    """
    message = _own(message_id, user)
    if message.contact is None or not message.is_to_phone:
        raise NotToPhone(_("这条通知不需要电话告知。"))
    about = _("电话告知 %s") % message.pk
    reveal_contact(contact=message.contact, user=user, about=about, allowed=True)
    return message


@transaction.atomic
def record_many_phoned(*, message_ids: Iterable[int], user: Any, note: str = "") -> int:
    """The same for several; those that somebody else has done meanwhile are left. How many."""
    done = 0
    for message_id in sorted(message_ids):
        try:
            record_phoned(message_id=message_id, user=user, note=note)
            done += 1
        except NotToPhone:
            continue
    return done


def _own(message_id: int, user: Any) -> Message:
    """The message, locked, if it is of a unit in which the user may phone people."""
    message = Message.objects.select_for_update().get(pk=message_id)
    if not Message.objects.for_user(user).filter(pk=message.pk).exists():
        raise NotYours
    return message
