from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from consultation.models.versions import DraftVersion


class VersionFile(models.Model):
    """A document that a version lists (rule C2): held, so that no route deletes it.

    What was published, with its SHA-256, stands in ``DraftVersion.attachments``; this row leads to
    the bytes.
    """

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("文件"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("附件名称"), max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("历次版本的附件")
        verbose_name_plural = _("历次版本的附件")
        ordering = ["version", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version}：{self.title}"
