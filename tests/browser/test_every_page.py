"""Every page that the public can see, looked at by a machine: both versions, all widths."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.template import Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Page
from wagtail.models import Page as WagtailPage
from wagtail.models import get_page_models

from consultation.models import DecisionDraftPage
from publishing import reading_html
from tests.browser.looking import ELDER, STANDARD, objections
from tests.browser.public_events import EVENT_WAYS
from tests.browser.public_interpretations import INTERPRETATION_WAYS
from tests.browser.public_site import AS_DEMO, WAYS, PublicSite, addresses, make_site

pytestmark = pytest.mark.slow

# 320 × 256 px is a window of 1280 × 1024 at 400 %.
VIEWS = ((1280, 1024), (360, 740), (320, 256))
# In large type the narrowest shows what a phone's width would.
ELDER_VIEWS = (VIEWS[0], VIEWS[-1])
# Templates of the admin, and of the mails.
NOT_PUBLIC = (
    "consultation/desk/",
    "emails/",
    "interpretations/desk",
    "interpretations/leaflet/",
    "interpretations/panels/",
    "interpretations/stale/",
    "wagtailmedia/",
    "notify/",
    "openday/check_in/",
    "openday/desk_hearing/",
    "openday/desk/",
    "portal/dashboard",
    "portal/hand_over",
    "portal/suggestion_opinion.html",
    "publishing/",
    "wagtailadmin/",
    "wagtailcore/shared/",
)
REACHED_BY_FORMS = {
    "rate_answer",
    "registration_accept",
    "registration_calendar",
    "registration_confirm",
    "registration_give_up",
    "wagtailcore_authenticate_with_password",
    "withdraw",
}
# What answers with something else than a page.
NO_PAGES = {
    "healthz",
    "readyz",
    "sitemap",
    "feed",
    "deadlines",
    "people:challenge",
    "video_captions",
}


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The names of the templates that were rendered since the test began."""
    names: set[str] = set()

    def note(template: Template, **_more: Any) -> None:
        names.add(str(template.name))

    # Rows of a text are kept from one test to the next.
    for kept in (reading_html._row, reading_html._entry):
        kept.cache_clear()
    template_rendered.connect(note, weak=False)
    yield names
    template_rendered.disconnect(note)


@pytest.mark.looks
@pytest.mark.parametrize(("prefix", "least"), [("", STANDARD), ("/elder", ELDER)])
def test_nothing_to_object_to(
    new_page: Callable[..., Page], rendered: set[str], prefix: str, least: int
) -> None:
    """Axe, sideways scrolling, targets; and that no public template is left out."""
    site, page = make_site(), new_page(1280)
    found: dict[str, list[str]] = {}
    with override_settings(**AS_DEMO):
        for name in shown_pages(page, prefix, site):
            for wrong in looked_at_from_all_sides(page, least):
                found.setdefault(wrong, []).append(name)
    lines = [f"{wrong} ON {', '.join(names)}" for wrong, names in found.items()]
    assert not lines, "\n".join(lines)
    assert public_templates() - rendered == set()


def shown_pages(page: Page, prefix: str, site: PublicSite) -> Iterator[str]:
    """Shows one page after the other."""
    for name, address in addresses(site).items():
        page.goto(prefix + address)
        yield name
    for name, way in WAYS.items():
        way(page, prefix, site)
        yield name
    for name, event_way in EVENT_WAYS.items():
        event_way(page, prefix, site.seats)
        yield name
    for name, reading in INTERPRETATION_WAYS.items():
        reading(page, prefix, site.interpretation)
        yield name


def looked_at_from_all_sides(page: Page, least: int) -> list[str]:
    """The objections at all widths, and in forced colours at the last of them."""
    found = []
    for width, height in ELDER_VIEWS if least == ELDER else VIEWS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {wrong}" for wrong in objections(page, least)]
    page.emulate_media(forced_colors="active")
    found += [f"forced colours: {wrong}" for wrong in objections(page, least)]
    page.emulate_media(forced_colors="none")
    if (
        least == ELDER
        and page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") < 24
    ):
        found.append("not in large type")
    return found


def public_templates() -> set[str]:
    """All templates of ours but those that only staff and mails use."""
    folder = Path(django_settings.TEMPLATES_DIR)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    return {name for name in names if not name.startswith(NOT_PUBLIC)}


def test_no_address_and_no_kind_of_page_is_left_out(new_context: object) -> None:
    with override_settings(**AS_DEMO):
        site, resolver = make_site(), get_resolver()
        shown = [address.partition("?")[0] for address in addresses(site).values()]
        named = {resolver.resolve(address).view_name for address in shown} | REACHED_BY_FORMS
        assert set(public_names(resolver)) - NO_PAGES - named == set()
        kinds = {type(row) for row in WagtailPage.objects.live().specific() if row.url in shown}
        assert {model for model in get_page_models() if model is not WagtailPage} - kinds == set()
        routes = {str(route.pattern) for route in DecisionDraftPage.get_subpage_urls()}
        ends = {address.removeprefix(site.opened.url) for address in shown}
        assert routes - {end.replace("1", "<id:number>") for end in ends} == set()


def public_names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of our own addresses; those of the admin and of Wagtail's files are not ours."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith(("cms/", "documents/")):
                own = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from public_names(entry, own)
        elif entry.name:
            yield f"{space}{entry.name}"
