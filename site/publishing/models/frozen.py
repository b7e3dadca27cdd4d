"""What every text that is put before the public leaves behind: versions, and their files."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from publishing.clauses.clause import ClauseText


class FrozenText(models.Model):
    """版本: a page's text as it was published, frozen (rule C2). Rows are added, never changed.

    Give the foreign key to the page, with ``related_name="versions"``. ``clauses``: list of
    ``ClauseText.to_json()``; ``attachments``: list of ``{"title", "file", "sha256"}``; ``sha256``:
    hex digest, see ``publishing.services.freezing``.
    """

    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("标题"), max_length=255)
    clauses = models.JSONField(_("条款"))
    attachments = models.JSONField(_("附件"), default=list)
    sha256 = models.CharField(_("摘要值"), max_length=64)
    published_at = models.DateTimeField(_("发布时间"))

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版"

    @cached_property
    def clause_texts(self) -> list[ClauseText]:
        return [ClauseText.from_json(row) for row in self.clauses]


class HeldFile(models.Model):
    """A document that a version lists (rule C2): held, so that no route deletes it.

    Give ``version``, with ``related_name="files"``. What was published, with its SHA-256, stands in
    the version's ``attachments``; this row leads to the bytes.
    """

    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("文件"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("附件名称"), max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        verbose_name = _("历次版本的附件")
        verbose_name_plural = _("历次版本的附件")
        ordering = ["version", "pk"]
        default_permissions = ()
