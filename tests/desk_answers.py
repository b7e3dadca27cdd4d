"""What an address of the admin answers to a client, for tables of addresses × roles."""

from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

# Away: not signed in; no: the admin's own refusal, back to its home; none: no such row for you.
OK, AWAY, NO, NONE = 200, "login", "home", 404
WRONG = 422


def answer(client: Client, address: str, data: dict[str, Any] | None = None) -> object:
    """The status, or where a redirect leads: to the log-in, the admin's home, or on (200)."""
    reply = client.get(address) if data is None else client.post(address, data)
    if reply.streaming:
        # Read to the end, it closes itself; closed by hand, it takes the connection along.
        b"".join(reply)
    if reply.status_code != 302:
        return reply.status_code
    if "login" in reply["Location"]:
        return AWAY
    return NO if reply["Location"] == reverse("wagtailadmin_home") else OK


def let_in(client: Client, address: str, data: dict[str, Any] | None = None) -> object:
    """As ``answer``; whose form is wrong was let in all the same."""
    found = answer(client, address, data)
    return OK if found == WRONG else found


def undone(client: Client, address: str, data: dict[str, Any] | None, ask: Any = answer) -> object:
    """The answer, and what it changed taken back."""
    mark = transaction.savepoint()
    try:
        return ask(client, address, data)
    finally:
        transaction.savepoint_rollback(mark)


def address_of(name: str, row: Any) -> str:
    """``name``: of the address, and after a space the step that it takes."""
    name, _space, step = name.partition(" ")
    return reverse(name, args=[row.pk, step] if step else [row.pk])
