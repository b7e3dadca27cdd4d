from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class PolicyTopic(models.Model):
    """主题分类: one class of the State Council's scheme (rule S4), one list for all units.

    The scheme's classes are shipped (migration 0001); administrators keep the list.
    """

    name = models.CharField(_("主题分类"), max_length=40, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("排序"), default=0)

    panels = [FieldPanel("name"), FieldPanel("sort_order")]

    class Meta:
        verbose_name = _("主题分类")
        verbose_name_plural = _("主题分类")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name
