from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does in a unit; each is a group of the unit with its rights."""

    EDITOR = "editor", _("编辑")
    REVIEWER = "reviewer", _("审核")
    FRONT_DESK = "front_desk", _("前台")


class ReviewKind(models.TextChoices):
    """The two looks that a page needs before it is public (rule R1)."""

    PRIVACY = "privacy", _("个人信息审查")
    SECRECY = "secrecy", _("保密审查")


class SecrecyLevel(models.TextChoices):
    """What the secrecy review may conclude; whatever else there is goes back to the editor."""

    PUBLIC = "public", _("不涉及国家秘密、工作秘密，可以公开")
    CLEARED = "cleared", _("已作脱密处理，可以公开")


class PrivacyLevel(models.TextChoices):
    """What the review of personal information may conclude."""

    NONE = "none", _("不含个人信息")
    MASKED = "masked", _("个人信息已遮盖或去标识化")
    LAWFUL = "lawful", _("含依法应当公开的个人信息")


class FindOutcome(models.TextChoices):
    """What was decided of a find."""

    KEPT = "kept", _("保留")
    MASKED = "masked", _("遮盖")
