from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed

from interpretations.models import (
    InterpretationIndexPage,
    InterpretationPage,
    PolicyIndexPage,
    PolicyPage,
)
from interpretations.models.interpretation_list import public_interpretations
from interpretations.models.policy_list import public_policies
from interpretations.policy_facts import in_words
from publishing.models import ColumnPage
from publishing.text import safe_sheet_text

LENGTH = 20


class ColumnFeed(Feed):
    """RSS of the pages below a column, what was published last first."""

    feed_type = Rss201rev2Feed
    about = ""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ColumnPage:
        column: ColumnPage = args[0]
        return column

    def title(self, column: ColumnPage) -> str:
        return safe_sheet_text(column.title).text

    def link(self, column: ColumnPage) -> str:
        return column.full_url or "/"

    def description(self, column: ColumnPage) -> str:
        return safe_sheet_text(column.introduction or self.about).text

    def item_title(self, item: Any) -> str:
        return safe_sheet_text(item.title).text

    def item_link(self, item: Any) -> str:
        return item.full_url or "/"

    def item_pubdate(self, item: Any) -> datetime | None:
        published: datetime | None = item.first_published_at
        return published


class PolicyFeed(ColumnFeed):
    """The policies of a column."""

    about = "正式印发的政策文件"

    def items(self, column: ColumnPage) -> list[PolicyPage]:
        return list(public_policies(column).order_by("-first_published_at", "-pk")[:LENGTH])

    def item_description(self, item: Any) -> str:
        facts = (item.document_number, f"成文日期：{in_words(item.written_on)}", item.summary)
        return safe_sheet_text("。".join(filter(None, facts))).text

    def item_categories(self, item: Any) -> list[str]:
        return [str(item.topic), str(item.standing.label)]


class InterpretationFeed(ColumnFeed):
    """The interpretations of a column."""

    about = "政策解读"

    def items(self, column: ColumnPage) -> list[InterpretationPage]:
        return list(public_interpretations(column)[:LENGTH])

    def item_description(self, item: Any) -> str:
        return safe_sheet_text(item.summary).text

    def item_categories(self, item: Any) -> list[str]:
        return [str(form.label) for form in item.listed_forms]


def interpretation_feed(request: HttpRequest, column: InterpretationIndexPage) -> HttpResponse:
    return InterpretationFeed()(request, column)


def policy_feed(request: HttpRequest, column: PolicyIndexPage) -> HttpResponse:
    return PolicyFeed()(request, column)
