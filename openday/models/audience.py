from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Audience(models.Model):
    """代表类别: whom seats are kept for (人大代表, 老干部, 群众代表 …). A list that staff edit."""

    name = models.CharField(_("名称"), max_length=40, unique=True)
    note = models.CharField(
        _("说明"), max_length=120, blank=True, help_text=_("报名人看得到，说明谁属于这一类。")
    )
    sort_order = models.PositiveSmallIntegerField(_("排序"), default=0)

    panels = [FieldPanel("name"), FieldPanel("note"), FieldPanel("sort_order")]

    class Meta:
        verbose_name = _("代表类别")
        verbose_name_plural = _("代表类别")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name
