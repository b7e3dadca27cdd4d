from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from publishing.models import ColumnPage, Unit


def column_unit(help_text: Any) -> models.ForeignKey:
    """The unit that owns a column below the site's; empty for that of the site."""
    return models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=help_text,
    )


class DocumentColumn(RoutablePageMixin, ColumnPage):
    """A column with a list and a feed, one for the whole site and below it one for each unit.

    A unit's column gives its editors their permissions; readers see everything on the site's.
    ``list_view``, ``feed_view``: names in ``interpretations.views.public``.
    """

    list_view: ClassVar[str]
    feed_view: ClassVar[str]

    column_type = models.CharField(
        _("栏目类别"), max_length=20, default="文件资料", help_text=_("政府网站栏目分类名称。")
    )

    content_panels = [*ColumnPage.content_panels, FieldPanel("unit")]

    class Meta:
        abstract = True

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view(self.list_view, request)

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return self._view(self.feed_view, request)

    def _view(self, name: str, request: HttpRequest) -> HttpResponse:
        from interpretations.views import public  # noqa: PLC0415 - a page hands over to its views

        view: Any = getattr(public, name)
        return self.let_caches_keep(request, view(request, self))
