from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from publishing.models import ColumnPage, Unit


class InterpretationIndexPage(RoutablePageMixin, ColumnPage):
    """The column 政策解读: one for the whole site, below it one for each unit."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("填写后，其下的解读默认由该单位负责。"),
    )

    column_type = models.CharField(
        _("栏目类别"), max_length=20, default="文件资料", help_text=_("政府网站栏目分类名称。")
    )

    page_description = _("放各单位政策解读的栏目；群众在这里按主题、形式、年份、单位查找。")
    content_panels = [*ColumnPage.content_panels, FieldPanel("unit")]
    parent_page_types = ["portal.HomePage", "interpretations.InterpretationIndexPage"]
    subpage_types = [
        "interpretations.InterpretationIndexPage",
        "interpretations.InterpretationPage",
    ]

    class Meta:
        verbose_name = _("政策解读栏目")
        verbose_name_plural = _("政策解读栏目")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_interpretations", request)

    @path("questions/")
    def questions(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_questions", request)

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return self._view("interpretation_feed", request)

    def _view(self, name: str, request: HttpRequest) -> HttpResponse:
        from interpretations.views import public  # noqa: PLC0415 - a page hands over to its views

        return self.let_caches_keep(request, getattr(public, name)(request, self))
