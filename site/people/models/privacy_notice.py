from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

_YEARS = range(2000, 2101)
_FROZEN = ("version", "title", "body", "in_force_from")


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    """The versions of the notice."""

    def current(self) -> "PrivacyNotice | None":
        """The version in force now; None before the first one is."""
        return self.filter(in_force_from__lte=timezone.now()).latest_first().first()

    def latest_first(self) -> Self:
        return self.order_by("-in_force_from", "-version")


class PrivacyNotice(models.Model):
    """One version of what people are told about their data. Fixed once it is in force (rule G3)."""

    version = models.PositiveIntegerField(_("版本号"), unique=True)
    title = models.CharField(_("标题"), max_length=120, default="个人信息保护告知")
    body = RichTextField(_("正文"), features=["h3", "bold", "ol", "ul", "link"])
    in_force_from = models.DateTimeField(
        _("生效时间"),
        default=timezone.now,
        help_text=_("生效后内容不能再修改；如需调整，请新增一个版本。"),
    )

    objects = PrivacyNoticeQuerySet.as_manager()

    panels = [
        FieldPanel("version"),
        FieldPanel("title"),
        FieldPanel("body"),
        FieldPanel("in_force_from"),
    ]

    class Meta:
        verbose_name = _("隐私声明")
        verbose_name_plural = _("隐私声明")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"

    def clean(self) -> None:
        """Refuses a mistyped year, and to change a version that people may have agreed to."""
        super().clean()
        if self.in_force_from and self.in_force_from.year not in _YEARS:
            # What no database reads back would shut the forms that show the notice.
            raise ValidationError({"in_force_from": _("年份不对，请核对。")})
        kept = PrivacyNotice.objects.filter(pk=self.pk).first() if self.pk else None
        if kept and kept.in_force and any(self._differs(kept, field) for field in _FROZEN):
            raise ValidationError(_("这一版隐私声明已经生效，不能修改。请新增一个版本。"))

    @property
    def in_force(self) -> bool:
        """Whether its time has come."""
        return self.in_force_from <= timezone.now()

    def _differs(self, kept: "PrivacyNotice", field: str) -> bool:
        """Whether a field would change; times to the second, as the form shows no fractions."""
        old, new = (self._comparable(getattr(row, field)) for row in (kept, self))
        return bool(old != new)

    @staticmethod
    def _comparable(value: Any) -> Any:
        """A time without seconds, since the form's widget keeps none; anything else as it is."""
        return value.replace(second=0, microsecond=0) if hasattr(value, "microsecond") else value
