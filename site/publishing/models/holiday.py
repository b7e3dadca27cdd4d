from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayDay(models.Model):
    """One day on which the State Council's notice departs from the ordinary week.

    The years that have been published are shipped and loaded by a migration; staff add the next
    year's when its notice appears. See ``publishing.workdays``.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("放假")
        WORKDAY = "workday", _("调休上班")

    date = models.DateField(_("日期"), unique=True)
    name = models.CharField(_("节日"), max_length=40)
    kind = models.CharField(_("安排"), max_length=8, choices=Kind.choices, default=Kind.HOLIDAY)

    class Meta:
        verbose_name = _("节假日安排")
        verbose_name_plural = _("节假日安排")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name} {self.get_kind_display()}"
