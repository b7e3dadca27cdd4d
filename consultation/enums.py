"""The fixed lists of a consultation; their Chinese names are the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What kind of decision it is (713 art. 3)."""

    POLICY = "policy", _("重大公共政策和措施")
    PLAN = "plan", _("重要规划")
    RESOURCE = "resource", _("资源开发保护")
    PROJECT = "project", _("重大公共建设项目")
    OTHER = "other", _("其他")


class Phase(models.TextChoices):
    """Where a draft stands. Derived from the clock and the data, never stored."""

    UPCOMING = "upcoming", _("未开始")
    OPEN = "open", _("征集中")
    CLOSED = "closed", _("已结束")
    OVERDUE = "overdue", _("待反馈")
    ANSWERED = "answered", _("已反馈")


class Channel(models.TextChoices):
    """By which way an opinion came (713 art. 14): all of them in one register (rule D4)."""

    WEB = "web", _("网上提交")
    LETTER = "letter", _("来信")
    EMAIL = "email", _("电子邮件")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("现场窗口")
    SYMPOSIUM = "symposium", _("座谈会")
    HEARING = "hearing", _("听证会")
    ATTENDANCE = "attendance", _("列席会议")
    VISIT = "visit", _("实地走访")
    SURVEY = "survey", _("问卷调查")
    WRITTEN = "written", _("书面征求意见")


class Review(models.TextChoices):
    """What the review of an opinion said."""

    PENDING = "pending", _("待审核")
    REVIEWED = "reviewed", _("已审核")
    WITHHELD = "withheld", _("不予公开")


class Outcome(models.TextChoices):
    """What became of opinions (rule D7)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳")
    OUT_OF_SCOPE = "out_of_scope", _("不属于本次征求范围")
    INVALID = "invalid", _("无效")
