from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from interpretations.models.document_column import DocumentColumn, column_unit


class InterpretationIndexPage(DocumentColumn):
    """The column 政策解读; it has the page of all questions as well."""

    unit = column_unit(_("填写后，其下的解读默认由该单位负责。"))

    page_description = _("放各单位政策解读的栏目；群众在这里按主题、形式、年份、单位查找。")
    parent_page_types = ["portal.HomePage", "interpretations.InterpretationIndexPage"]
    subpage_types = [
        "interpretations.InterpretationIndexPage",
        "interpretations.InterpretationPage",
    ]
    list_view, feed_view = "list_interpretations", "interpretation_feed"

    class Meta:
        verbose_name = _("政策解读栏目")
        verbose_name_plural = _("政策解读栏目")

    @path("questions/")
    def questions(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_questions", request)
