"""Why a seat can't be given or moved; each carries its words for the person, in Chinese."""


class SeatRefused(Exception):
    """Refused. ``field``: the form's field that it is about, if it is about one."""

    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.message = message
        if field:
            self.field = field
        super().__init__(message)


class RegistrationClosed(SeatRefused):
    """The window has not opened, or is over (to the second), or the session is cancelled."""


class NoSeatLeft(SeatRefused):
    """No seat, and no place in line."""


class AlreadyRegistered(SeatRefused):
    """The person has a place in this session already (one person, one place)."""

    field = "phone"

    def __init__(self) -> None:
        super().__init__("这个电话号码已经报过这一场，不能重复报名。可凭报名编号和查询码查询。")


class KeyTaken(SeatRefused):
    """The form's key has brought something else already; blamed, a form gets a new one."""

    field = "idempotency_key"

    def __init__(self) -> None:
        super().__init__("这份表单已经用过一次，请检查内容后重新提交。")


class ChangedMeanwhile(SeatRefused):
    """Somebody else, or the clock, was quicker; the page is shown anew."""
