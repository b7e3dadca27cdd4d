"""Rows that pages of several features have: whom to ask, and the files published with a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable


class OfficeContact(Orderable):
    """Whom to ask: an office, never a private number. Give ``page``, to ``contacts``."""

    office = models.CharField(_("联系单位"), max_length=80)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)

    # What stands here is meant to be public: no search for personal data looks at it.
    holds_public_contacts = True

    panels = [FieldPanel("office"), FieldPanel("phone"), FieldPanel("email")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")

    def __str__(self) -> str:
        return self.office


class PublishedFile(Orderable):
    """A file that is public with its page, and stays while a row names it. Give ``page``."""

    title = models.CharField(_("附件名称"), max_length=120)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("文件"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("附件")
        verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return self.title
