from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does in a unit; each is a group of the unit with its rights."""

    EDITOR = "editor", _("编辑")
    REVIEWER = "reviewer", _("审核")
    FRONT_DESK = "front_desk", _("前台")
