"""The township around the drafts: site, home page, columns, units, pages, notice, templates."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from consultation.models import DecisionIndexPage, ReasonTemplate
from interpretations.models import InterpretationIndexPage, PolicyIndexPage
from people.models import PrivacyNotice
from portal.demo.people import Staff, make_staff
from portal.demo.rich_text import as_the_editor_stores
from portal.demo.stories import read_township
from portal.models import HomePage, InformationPage
from publishing.models import SiteProfile, Unit
from publishing.services.units import equip_unit, set_up_unit


class DemoRefused(Exception):
    """The demo can't be loaded here; ``message`` says why and what to do, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Office:
    """A unit and its column."""

    unit: Unit
    column: DecisionIndexPage


@dataclass(frozen=True)
class Stage:
    """What the drafts are played on: the offices by name, and the staff."""

    offices: dict[str, Office]
    staff: Staff


def build_township() -> Stage:
    """All that is there before the first draft.

    Raises:
        DemoRefused: the default site shows something else already.
    """
    township = read_township()
    site = Site.objects.get(is_default_site=True)
    home = _take_over(site, HomePage(**township["home"]))
    SiteProfile.objects.update_or_create(site=site, defaults=township["profile"])
    column = DecisionIndexPage(slug="decisions", show_in_menus=True, **township["column"])
    home.add_child(instance=column)
    policies = PolicyIndexPage(slug="policies", show_in_menus=True, **township["policies"])
    home.add_child(instance=policies)
    explained = InterpretationIndexPage(
        slug="explained", show_in_menus=True, **township["explained"]
    )
    home.add_child(instance=explained)
    for fields in township["pages"]:
        fields["body"] = as_the_editor_stores(InformationPage, "body", fields["body"])
        home.add_child(instance=InformationPage(show_in_menus=True, **fields))
    offices = [_office(column, site, **fields) for fields in township["units"]]
    for office in offices:
        _column_of(office, policies)
        _column_of(office, explained)
    _publish([home, *home.get_descendants().specific()])
    PrivacyNotice.objects.get_or_create(
        version=1,
        defaults={
            "in_force_from": timezone.now() - timedelta(days=365),
            **township["privacy_notice"],
        },
    )
    ReasonTemplate.objects.bulk_create(
        ReasonTemplate(**row) for row in township["reason_templates"]
    )
    staff = make_staff([office.unit for office in offices])
    return Stage({office.unit.name: office for office in offices}, staff)


def _take_over(site: Site, home: HomePage) -> HomePage:
    """Let the home page stand in place of Wagtail's welcome page."""
    welcome = site.root_page
    if type(welcome.specific) is not Page or welcome.get_children().exists():
        raise DemoRefused("默认站点已有内容，演示只能载入空的数据库。")
    Page.get_first_root_node().add_child(instance=home)
    site.root_page, site.site_name = home, home.title
    site.save()
    Page.objects.get(pk=welcome.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _office(
    parent: DecisionIndexPage, site: Site, *, name: str, slug: str, **fields: Any
) -> Office:
    """The unit with its groups, and the column with their rights and their workflow."""
    column: DecisionIndexPage = parent.add_child(instance=DecisionIndexPage(title=name, slug=slug))
    unit = set_up_unit(name=name, site=site, column=column)
    Unit.objects.filter(pk=unit.pk).update(**fields)
    column.unit = unit
    column.save()
    return Office(unit, column)


def _column_of(office: Office, parent: PolicyIndexPage | InterpretationIndexPage) -> None:
    """The unit's column below the site's, with the rights of its groups and their workflow."""
    unit, slug = office.unit, office.column.slug
    column = parent.add_child(instance=type(parent)(title=unit.name, slug=slug, unit=unit))
    equip_unit(unit=unit, column=column)


def _publish(pages: list[Page]) -> None:
    """Give each page a revision, as if it had been written in the editor."""
    for page in pages:
        page.save_revision().publish()
