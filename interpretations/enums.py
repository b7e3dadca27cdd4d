"""The fixed lists of policies and interpretations; the names are the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """有效性: whether a document is in force (rule S4)."""

    VALID = "valid", _("有效")
    AMENDED = "amended", _("已修改")
    REPEALED = "repealed", _("已废止")


class Form(models.TextChoices):
    """解读形式 (rule P2). The values are the types of the blocks that make an interpretation
    one of the form."""

    COMIC = "comic", _("图文漫画")
    QUESTIONS = "questions", _("简明问答")
    STORY = "story", _("事例讲解")
    VIDEO = "video", _("短视频")
    INFOGRAPHIC = "infographic", _("图解")


class CaseKind(models.TextChoices):
    """Whether a story happened."""

    REAL = "real", _("真实案例")
    COMPOSED = "composed", _("情景案例")


class Element(models.TextChoices):
    """The six elements of an interpretation (rule P2); the values are the page's fields."""

    BACKGROUND = "background", _("背景")
    CONTENT = "main_content", _("主要内容")
    STANDARDS = "standards", _("执行标准")
    BENEFITS = "benefits", _("惠民利民举措")
    DIFFERENCES = "differences", _("新旧政策差异")
    NEXT = "next_steps", _("后续工作考虑")


class StaleKind(models.TextChoices):
    """What of an interpretation rests on words that changed: a part in one of the forms, a row of
    the table of differences, or all of it."""

    COMIC = Form.COMIC.value, _("图文漫画")
    QUESTIONS = Form.QUESTIONS.value, _("简明问答")
    STORY = Form.STORY.value, _("事例讲解")
    VIDEO = Form.VIDEO.value, _("短视频")
    INFOGRAPHIC = Form.INFOGRAPHIC.value, _("图解")
    CHANGE = "change", _("新旧差异")
    WHOLE = "whole", _("整份解读")


class StaleEnd(models.TextChoices):
    """How a stale item came to its end."""

    CONFIRMED = "confirmed", _("已确认内容仍然正确")
    EDITED = "edited", _("解读已修改")
    RESTORED = "restored", _("文件已改回")


class BundleState(models.TextChoices):
    """Where a joint release stands (rule P1)."""

    PREPARING = "preparing", _("准备中")
    IN_REVIEW = "in_review", _("送审")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已通过")
    SCHEDULED = "scheduled", _("已排期")
    PUBLISHED = "published", _("已发布")
    REVOKED = "revoked", _("已撤销")


EDITABLE = (BundleState.PREPARING, BundleState.RETURNED)
"""Its pages may be changed, and exchanged for others."""
HELD = (BundleState.IN_REVIEW, BundleState.APPROVED, BundleState.SCHEDULED)
"""Its pages are locked."""
READY = (BundleState.APPROVED, BundleState.SCHEDULED)
"""It may be published."""
