"""Who works in the demo, and how its invented citizens can be reached."""

from dataclasses import dataclass

from consultation.services.submissions import Sender
from portal.demo import LOGINS
from portal.demo.stories import Arrived
from publishing.enums import Role
from publishing.models import Unit, User

_NAMES = {
    "editor": ("编辑", "小林"),
    "reviewer": ("审核", "老何"),
    "frontdesk": ("前台", "小罗"),
    "admin": ("管理员", "老郑"),
}
AGRICULTURE, SOCIAL, PLANNING = "农业农村办公室", "社会事务办公室", "规划建设办公室"
_ROLES = {
    "editor": (Role.EDITOR, {AGRICULTURE}),
    "reviewer": (Role.REVIEWER, {AGRICULTURE, SOCIAL, PLANNING}),
    "frontdesk": (Role.FRONT_DESK, {AGRICULTURE, SOCIAL}),
}


@dataclass(frozen=True)
class Staff:
    """The four accounts."""

    editor: User
    reviewer: User
    frontdesk: User
    admin: User

    def writer(self, unit: Unit) -> User:
        """Who writes and decides for the unit."""
        return self.editor if unit.name == AGRICULTURE else self.reviewer

    def caller(self, unit: Unit) -> User:
        """Who enters letters and phones people for the unit."""
        return self.admin if unit.name == PLANNING else self.frontdesk


def make_staff(units: list[Unit]) -> Staff:
    """The accounts of ``LOGINS``, each in the groups of its units."""
    users = {}
    for username, password, _role in LOGINS:
        family, given = _NAMES[username]
        user = User(
            username=username,
            last_name=family,
            first_name=given,
            email=f"{username}@example.cn",
            is_staff=username == "admin",
            is_superuser=username == "admin",
        )
        user.set_password(password)
        user.save()
        users[username] = user
    for username, (role, names) in _ROLES.items():
        for unit in units:
            if unit.name in names:
                group = unit.groups.get(name__endswith=f"·{role.label}")
                users[username].groups.add(group)
    return Staff(**users)


def sender_of(arrived: Arrived) -> Sender:
    """The person or organisation; the numbers are counted up, not anybody's that we know."""
    return Sender(
        kind=arrived.kind,
        name=arrived.name,
        phone=f"1990000{arrived.serial:04d}" if arrived.phone else "",
        email=f"user{arrived.serial:03d}@example.com" if arrived.email else "",
        address=arrived.place,
    )
