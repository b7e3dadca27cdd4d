from django.db import models
from django.utils.translation import gettext_lazy as _

from people.fields import EncryptedTextField


class Receipt(models.Model):
    """What a person keeps to look up their matter: a number to say and a code to keep secret."""

    wagtail_reference_index_ignore = True

    number = models.CharField(_("回执编号"), max_length=15, unique=True)
    code = EncryptedTextField(_("查询码"), editable=False)
    created_at = models.DateTimeField(_("生成时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("回执")
        verbose_name_plural = _("回执")
        default_permissions = ()

    def __str__(self) -> str:
        return self.number
