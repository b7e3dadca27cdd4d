"""The fixed lists of policies; their Chinese names are the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """有效性: whether a document is in force (rule S4)."""

    VALID = "valid", _("有效")
    AMENDED = "amended", _("已修改")
    REPEALED = "repealed", _("已废止")
