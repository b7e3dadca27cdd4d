"""The fixed lists of events and seats; their Chinese names are the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What people can come to."""

    OPEN_DAY = "open_day", _("政府开放日")
    ATTENDANCE = "attendance", _("公众代表列席会议")
    HEARING = "hearing", _("听证会")
    SYMPOSIUM = "symposium", _("座谈会")


class EventPhase(models.TextChoices):
    """Where an event stands. Derived from the clock and the data, never stored."""

    UPCOMING = "upcoming", _("未开始报名")
    OPEN = "open", _("报名中")
    FULL = "full", _("名额已满可候补")
    CLOSED = "closed", _("报名已截止")
    RUNNING = "running", _("进行中")
    UNREPORTED = "unreported", _("待总结")
    REPORTED = "reported", _("已总结")
    CANCELLED = "cancelled", _("已取消")


class SeatMethod(models.TextChoices):
    """How the seats of a group are given."""

    FIRST_COME = "first_come", _("先到先得")
    REVIEW = "review", _("审核确定")
    DRAW = "draw", _("抽签确定")
    NOMINATED = "nominated", _("单位推荐")
    INVITED = "invited", _("邀请")


class State(models.TextChoices):
    """What became of a registration."""

    PENDING = "pending", _("待审核")
    IN_DRAW = "in_draw", _("待抽签")
    WAITLISTED = "waitlisted", _("候补")
    OFFERED = "offered", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    ATTENDED = "attended", _("已签到")
    NO_SHOW = "no_show", _("未到场")
    NOT_SELECTED = "not_selected", _("未抽中")
    REJECTED = "rejected", _("未通过")
    LAPSED = "lapsed", _("逾期未确认")
    CANCELLED = "cancelled", _("已取消")
    REVOKED = "revoked", _("已撤销")


HELD = (State.CONFIRMED, State.OFFERED, State.ATTENDED)
"""Those that hold a seat; an offer only until it expires."""

ACTIVE = (*HELD, State.PENDING, State.IN_DRAW, State.WAITLISTED)
"""Those of which a person has at most one in a session."""

NAMED = (SeatMethod.NOMINATED, SeatMethod.INVITED)
"""Methods whose people an office names: no queue, no open sign-up."""


class Origin(models.TextChoices):
    """By which way a registration came (rule O2)."""

    WEB = "web", _("网上")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("窗口")
    LIST = "list", _("名单")


class CheckInMethod(models.TextChoices):
    """How the person was found at the door."""

    QR = "qr", _("扫码")
    NUMBER = "number", _("编号")
    NAME = "name", _("姓名")
