"""The public search: which pages, in which order, and what is shown of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet, Site

from publishing.search import Segment, excerpt, indexed_text, mark, match, title_first
from publishing.text import clean_text

PAGE_SIZE = 10
MAX_LENGTH = 100


class SearchForm(forms.Form):
    """One field; what nobody can see is taken out before it is looked for."""

    q = forms.CharField(
        label=_("搜索"),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={
            "max_length": _("搜索词最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请缩短。")
        },
    )

    def clean_q(self) -> str:
        """The query without invisible characters and outer spaces."""
        return clean_text(self.cleaned_data["q"]).strip()


class Hit(NamedTuple):
    """One page found: title and text in segments, those looked for marked."""

    address: str
    kind: str
    title: list[Segment]
    text: list[Segment]
    published_at: datetime | None


def find_pages(request: HttpRequest, query: str) -> PageQuerySet:
    """The live pages of this site that anyone may see: those with the words in the title first."""
    site = Site.find_for_request(request)
    if site is None or not query:
        return Page.objects.none()
    public = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    found = match(public, query).order_by("-first_published_at", "-pk")
    ordered: Any = title_first(found, query)
    return ordered.specific()


def present(pages: Iterable[Any], query: str) -> list[Hit]:
    """What the list shows of each page; the pages are specific."""
    return [
        Hit(
            address=page.url,
            kind=page._meta.verbose_name,
            title=mark(page.title, query),
            text=excerpt(indexed_text(page), query),
            published_at=page.first_published_at,
        )
        for page in pages
    ]
