from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.models.session import Session


class SessionMove(models.Model):
    """改期或换地点: from when and where to when and where; rows are added, never changed.

    People compare with what they wrote down: they are told both.
    """

    session = models.ForeignKey(
        Session, verbose_name=_("场次"), on_delete=models.PROTECT, related_name="moves"
    )
    at = models.DateTimeField(_("时间"), default=timezone.now)
    from_starts_at = models.DateTimeField(_("原定开始时间"))
    from_ends_at = models.DateTimeField(_("原定结束时间"))
    from_place = models.CharField(_("原定地点"), max_length=160, blank=True)
    to_starts_at = models.DateTimeField(_("新的开始时间"))
    to_ends_at = models.DateTimeField(_("新的结束时间"))
    to_place = models.CharField(_("新的地点"), max_length=160, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("场次变动")
        verbose_name_plural = _("场次变动")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return "，".join([self.headline, *self.changes])

    @property
    def headline(self) -> str:
        """What changed, in a few words."""
        if self._new_time and self._new_place:
            return "活动的时间和地点都改了"
        if self._new_time:
            return "活动改期了"
        return "活动换了地点" if self._new_place else "活动的时间或地点有变"

    @property
    def changes(self) -> list[str]:
        """The old and the new, a line for the time and one for the place, as far as they differ."""
        found = []
        if self._new_time:
            before = _span(self.from_starts_at, self.from_ends_at)
            found.append(f"时间原定{before}，改为{_span(self.to_starts_at, self.to_ends_at)}")
        if self._new_place:
            found.append(f"地点原定{self.from_place or '未定'}，改为{self.to_place or '未定'}")
        return found

    @property
    def _new_time(self) -> bool:
        old, new = (self.from_starts_at, self.from_ends_at), (self.to_starts_at, self.to_ends_at)
        return old != new

    @property
    def _new_place(self) -> bool:
        return self.from_place != self.to_place


def _span(start: datetime, end: datetime) -> str:
    """The day once, where both are on the same."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    last = f"{end:%H:%M}" if start.date() == end.date() else _moment(end)
    return f"{_moment(start)}至{last}"


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
