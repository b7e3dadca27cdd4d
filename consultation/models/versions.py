import re
import uuid
from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import FrozenText

_DRAFT = "consultation.DecisionDraftPage"
# Labels that are names by themselves; "4." and "（一）" are not.
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(之[一二三四五六七八九十]+)?\Z")


class DraftVersion(FrozenText):
    """版本: a draft's text as it was published, frozen; ``sha256`` over title, clauses,
    attachments."""

    draft = models.ForeignKey(_DRAFT, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("草案版本")
        verbose_name_plural = _("草案版本")
        ordering = ["draft", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="version_number_unique")
        ]


class Clause(models.Model):
    """条款: the unit people speak to; one row per draft and block id, and it outlives edits (C1).

    The text is that of the last version that held it; ``removed_in`` names the version that
    dropped it.
    """

    draft = models.ForeignKey(_DRAFT, on_delete=models.PROTECT, related_name="clause_rows")
    block_id = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField(_("顺序"))
    label = models.CharField(_("序号"), max_length=40, blank=True)
    heading = models.TextField(_("条标"), blank=True)
    text = models.TextField(_("内容"), blank=True)
    removed_in = models.ForeignKey(
        DraftVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="removed"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("条款")
        verbose_name_plural = _("条款")
        ordering = ["draft", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "block_id"], name="clause_unique_per_draft")
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """What staff and citizens call it: "第三条", else label and heading or how it begins."""
        if _ARTICLE.search(self.label):
            return self._marked(self.label)
        return self._marked(self.label + _cut(self.heading.rstrip("。：:") or self._body, 16))

    @property
    def beginning(self) -> str:
        """The label and how the clause begins, on one line: for choosing and for being reminded."""
        apart = "　" if _ARTICLE.search(self.label) else ""
        return self._marked(_cut(f"{self.label}{apart}{self._body}", 26))

    @property
    def _body(self) -> str:
        """The first line without the label; the heading where the text doesn't begin with it."""
        own = next((own for own in _endings(self.label) if self.text.lstrip().startswith(own)), "")
        body = self.text.lstrip().removeprefix(own).strip()
        named = self.heading and not body.startswith(self.heading)
        return " ".join((self.heading if named else body).partition("\n")[0].split())

    def _marked(self, name: str) -> str:
        return f"{name}（已删除）" if self.removed_in_id else name


def _endings(label: str) -> Iterator[str]:
    """The label as it may stand in the text: without the labels of the headings above it."""
    return (label[start:] for start in range(len(label)))


def _cut(words: str, length: int) -> str:
    return f"{words[:length]}…" if len(words) > length else words


class ResultVersion(models.Model):
    """公布版本: an adoption result as it was published, frozen (rules D7, D8). Never changed.

    ``figures``: counts by ``Outcome`` value plus ``received``, ``withdrawn``, ``open``; ``table``:
    list of rows; see ``consultation.services.results``. A result that is taken off, corrected and
    published again has several; the last is shown.
    """

    result = models.ForeignKey(
        "consultation.AdoptionResultPage", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版本号"))
    figures = models.JSONField(_("统计"))
    table = models.JSONField(_("汇总表"))
    published_at = models.DateTimeField(_("公布时间"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("采纳情况公布版本")
        verbose_name_plural = _("采纳情况公布版本")
        ordering = ["result", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "number"], name="result_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.result} 第{self.number}版"


class PeriodChange(models.Model):
    """The period as it was first published, and every extension of it with its reason (D5)."""

    draft = models.ForeignKey(_DRAFT, on_delete=models.PROTECT, related_name="period_changes")
    opening_day = models.DateField(_("开始日期"))
    closing_day = models.DateField(_("截止日期"))
    reason = models.TextField(_("延期理由"), blank=True)
    announced_at = models.DateTimeField(_("公布时间"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("期限变更")
        verbose_name_plural = _("期限变更")
        ordering = ["draft", "pk"]

    def __str__(self) -> str:
        return f"{self.opening_day} — {self.closing_day}"
