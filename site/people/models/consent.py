from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.privacy_notice import PrivacyNotice


class Consent(models.Model):
    """What a model inherits whose rows need a person's consent: to which version, and when (G3)."""

    notice = models.ForeignKey(
        PrivacyNotice,
        verbose_name=_("同意的隐私声明"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    consented_at = models.DateTimeField(_("同意时间"), null=True, blank=True)

    class Meta:
        abstract = True
