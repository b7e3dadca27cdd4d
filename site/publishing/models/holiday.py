from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayDay(models.Model):
    """One day on which the State Council's notice departs from the ordinary week.

    The years that have been published are shipped and loaded by a migration; staff add the next
    year's when its notice appears. See ``publishing.workdays``.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        WORK = "work", _("调休上班")

    date = models.DateField(_("日期"), unique=True)
    name = models.CharField(_("节日"), max_length=40)
    kind = models.CharField(_("安排"), max_length=4, choices=Kind.choices, default=Kind.OFF)

    class Meta:
        verbose_name = _("节假日安排")
        verbose_name_plural = _("节假日安排")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name} {self.get_kind_display()}"
