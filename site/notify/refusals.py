"""What the answers of servers come down to, whichever channel they belong to.

The texts are for staff, on the call list: they name no person, number or address.
"""


class Outage(Exception):
    """The server is away or takes nothing from us at all: the message waits.

    ``unsure``: it may have taken this one, and nobody can say so. Such tries are counted, so that
    a server that forgets what it took can't send a person the same thing all day.
    """

    def __init__(self, reason: str, *, unsure: bool = False) -> None:
        super().__init__(reason)
        self.unsure = unsure


class Refused(Exception):
    """The server refuses this message: for now, or for good."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good
