from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Rss201rev2Feed
from wagtail.models import Site

from consultation.models import DecisionDraftPage
from consultation.models.draft_list import filled, public_drafts
from publishing.models import SiteProfile
from publishing.text import safe_sheet_text

LENGTH = 20


class DraftFeed(Feed):
    """RSS of the drafts put to the public, the newest first, each with its last day."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Site | None:
        site: Site | None = Site.find_for_request(request)
        return site

    def title(self, site: Site | None) -> str:
        profile = SiteProfile.for_site(site) if site else SiteProfile()
        return f"{profile.site_title}：征求意见"

    def link(self, site: Site | None) -> str:
        return site.root_page.specific.full_url or "/" if site else "/"

    def description(self, site: Site | None) -> str:
        return "向社会公开征求意见的决策草案及其截止日期"

    def items(self, site: Site | None) -> list[DecisionDraftPage]:
        if site is None:
            return []
        profile = SiteProfile.for_site(site)
        newest = public_drafts(site.root_page, profile).order_by("-first_published_at", "-pk")
        return filled(newest[:LENGTH], profile)

    def item_title(self, item: Any) -> str:
        return safe_sheet_text(item.title).text

    def item_description(self, item: Any) -> str:
        closing = f"{item.closing_day.year}年{item.closing_day.month}月{item.closing_day.day}日"
        return safe_sheet_text(f"截止日期：{closing}。{item.summary}").text

    def item_link(self, item: Any) -> str:
        return item.full_url or "/"

    def item_pubdate(self, item: Any) -> datetime | None:
        published: datetime | None = item.first_published_at
        return published

    def item_categories(self, item: Any) -> list[str]:
        return [str(item.phase.label)]
