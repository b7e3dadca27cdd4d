from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.enums import ContactKind
from people.models import Contact
from people.phones import normalise_phone, person_key
from people.rows import insert


class RevealRefused(Exception):
    """The user may not see full contact details."""

    def __init__(self) -> None:
        self.message = _("您没有查看完整联系方式的权限。")
        super().__init__(self.message)


def create_contact(
    *,
    kind: str = ContactKind.INDIVIDUAL,
    name: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
) -> Contact:
    """Keeps contact details in one form: the phone in E.164, the rest without outer spaces.

    One row, so no transaction of its own.

    Raises:
        PhoneRefused: the phone is no number (a form checks it before).
    """
    number = normalise_phone(phone)
    contact = Contact(
        kind=ContactKind(kind),
        name=name.strip(),
        phone=number,
        email=email.strip(),
        address=address.strip(),
        person_key=person_key(number),
    )
    insert(contact)
    return contact


@transaction.atomic
def reveal_contact(*, contact: Contact, user: Any, about: str, allowed: bool) -> Contact:
    """The contact for showing in full, after writing into the audit log who looked and why.

    ``about`` names the matter ("意见 12"), without personal data. ``allowed`` is what the unit of
    the matter says of this user: here no units are known, and a right held in another unit is none.

    Raises:
        RevealRefused: not allowed.
    """
    if not (allowed and user.is_active):
        raise RevealRefused
    log(instance=contact, action="people.reveal", user=user, data={"about": about})
    return contact
