"""The editor's form of every page: what it takes in of what a browser sends."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField

from publishing.chosen_rows import foreign_rows
from publishing.text import clean_text
from publishing.typed import clean_typed

_YEARS = range(1900, 2101)


def require_plausible_year(day: date) -> None:
    """Years that nobody means can't be reckoned with: the day after the last one is no date, and
    pages, lists and feeds that name it would fail for everybody."""
    if day.year not in _YEARS:
        raise ValidationError(_("年份不对，请核对。"), code="year")


class BasePageForm(WagtailAdminPageForm):
    """The editor leaves the address empty; it is made from the title's pinyin.

    A date that can't be read is told how to write it. Texts come in without what nobody sees.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(clean_typed(data) if data else data, *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for field in self.fields.values():
            if isinstance(field, forms.DateTimeField):
                field.error_messages["invalid"] = _("时间应写成 2026-01-31 09:00 的样子。")
            elif isinstance(field, forms.DateField):
                field.error_messages["invalid"] = _("日期应写成 2026-01-31 的样子。")
            if isinstance(field, forms.DateField | forms.DateTimeField):
                field.validators.append(require_plausible_year)
        if self.is_bound and foreign_rows(self, self.for_user):
            # Shown again, even with an error beside it, the page would name what it is.
            raise Http404

    def is_multipart(self) -> bool:
        """Always: written as addresses are, a Chinese letter takes nine bytes in place of three,
        and a long text would be more than DATA_UPLOAD_MAX_MEMORY_SIZE."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.instance._meta.fields:
            if isinstance(field, RichTextField) and cleaned.get(field.name):
                cleaned[field.name] = clean_text(cleaned[field.name])
        if cleaned.get("slug") and _is_taken(self.parent_page, cleaned["slug"]):
            self.add_error("slug", _("上级页面自己用着这个网址，请换一个。"))
        if "title" in cleaned:
            cleaned["title"] = " ".join(cleaned["title"].split("\n"))
        return cleaned


def _is_taken(parent: Any, slug: str) -> bool:
    """Whether the parent answers at this address by itself, so that nobody would see its child."""
    parent = getattr(parent, "specific", None)
    if not isinstance(parent, RoutablePageMixin):
        return False
    try:
        parent.resolve_subpage(f"/{slug}/")
    except Http404:
        return False
    return True


class UnitPageForm(BasePageForm):
    """A new page belongs to the unit of its column until the editor says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        column = getattr(self.parent_page, "specific", None)
        if self.instance.pk is None and "unit" in self.fields:
            self.initial["unit"] = self.initial.get("unit") or getattr(column, "unit_id", None)
