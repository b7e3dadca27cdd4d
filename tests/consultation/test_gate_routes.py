"""Publication is refused by every route while something is missing (rules D1, D2), and allowed when
nothing is. Each route is the one that people or programs really take."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from tests.factories.consultation import make_draft, make_index
from tests.publishing.refused_routes import (
    by_bulk,
    by_bulk_from_the_column,
    by_revision,
    by_schedule,
    by_script_save,
    by_workflow,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def incomplete() -> DecisionDraftPage:
    """A draft whose explanation is missing."""
    return make_draft(Phase.UPCOMING, live=False, explanation="")


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def form_of(page: DecisionDraftPage, **changes: str) -> dict[str, str]:
    """What the editor's form posts for a page with no inline rows changed."""
    inline = {
        name: {
            "TOTAL_FORMS": manager.count(),
            "INITIAL_FORMS": manager.count() if page.pk else 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": 1000,
            **{str(at): row_of(row) for at, row in enumerate(manager.all())},
        }
        for name in ("basis", "ways", "contacts", "attachments", "interpretations")
        for manager in [getattr(page, name)]
    }
    blocks = [
        (b.block_type, {k: v for k, v in b.value.items() if k != "table"}, b.id) for b in page.body
    ]
    clauses = [block for block in blocks if block[0] != "table"]
    fields = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "category": page.category,
        "unit": page.unit_id or "",
        "opening_day": page.opening_day or "",
        "closing_day": page.closing_day or "",
        "short_period_reason": page.short_period_reason,
        "extension_reason": page.extension_reason,
        "explanation": rich_text(page.explanation),
        "seo_title": "",
        "search_description": "",
        "content_source": "",
        "keywords": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
    }
    data = nested_form_data(
        {**fields, **inline, "body": streamfield([(t, v) for t, v, _ in clauses])}
    )
    return {**{key: str(value) for key, value in data.items()}, **changes}


def row_of(row: object) -> dict[str, object]:
    values = {
        field.name: getattr(row, field.attname) or ""
        for field in row._meta.fields
        if field.name not in {"page", "sort_order", "id"}
    }
    return {**values, "id": row.pk or "", "ORDER": row.sort_order or 0, "DELETE": ""}


def by_editor(page: DecisionDraftPage, client: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, form_of(page, **{"action-publish": "1"}), follow=True)
    assert "缺少起草说明" in response.content.decode()


def by_copy(page: DecisionDraftPage, client: Client) -> None:
    """A live page that became incomplete by a script is copied with "publish copied pages"."""
    DecisionDraftPage.objects.filter(pk=page.pk).update(live=True)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    parent = page.get_parent()
    client.post(
        address,
        {
            "new_title": "副本",
            "new_slug": "copy",
            "new_parent_page": parent.pk,
            "publish_copies": "on",
        },
    )
    DecisionDraftPage.objects.filter(pk=page.pk).update(live=False)
    copied = Page.objects.filter(slug="copy").first()
    assert copied is None or not copied.live


ROUTES = [
    by_script_save,
    by_revision,
    by_editor,
    by_bulk,
    by_bulk_from_the_column,
    by_schedule,
    by_workflow,
    by_copy,
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_an_incomplete_draft_stays_unpublished(
    route: Callable[[DecisionDraftPage, Client], object], admin: Client
) -> None:
    page = incomplete()
    route(page, admin)
    assert is_live(page) is False


def test_create_and_publish_keeps_the_form_as_a_draft(admin: Client) -> None:
    column = make_index(make_draft(live=False).unit)
    page = make_draft(live=False, explanation="")
    data = form_of(page, **{"action-publish": "1", "title": "新草案", "slug": "new"})
    data = {key: value for key, value in data.items() if not key.endswith("-id") or "body" in key}
    for name in ("basis", "ways", "contacts", "attachments", "interpretations"):
        data[f"{name}-INITIAL_FORMS"] = "0"
    address = reverse(
        "wagtailadmin_pages:add", args=["consultation", "decisiondraftpage", column.pk]
    )
    admin.post(address, data)
    made = DecisionDraftPage.objects.get(slug="new")
    assert (made.live, made.title, made.basis.count()) == (False, "新草案", 1)


def test_a_complete_draft_is_published_by_the_editor(admin: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    admin.post(address, form_of(page, **{"action-publish": "1"}))
    assert is_live(page) is True
    assert page.versions.count() == 1


def test_a_complete_draft_is_published_by_schedule(admin: Client) -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert is_live(page) is False
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert is_live(page) is True


def test_a_refused_schedule_does_not_stop_the_others(admin: Client) -> None:
    refused, good = incomplete(), make_draft(Phase.UPCOMING, live=False)
    for page in (refused, good):
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert (is_live(refused), is_live(good)) == (False, True)


def test_saving_an_unfinished_draft_works(admin: Client) -> None:
    page = incomplete()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    admin.post(address, form_of(page, title="还没写完", opening_day="", closing_day=""))
    latest = DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (latest.title, latest.opening_day) == ("还没写完", None)


def test_a_new_draft_belongs_to_the_unit_of_its_column(admin: Client) -> None:
    unit = make_draft(live=False).unit
    column = make_index(unit)
    address = reverse(
        "wagtailadmin_pages:add", args=["consultation", "decisiondraftpage", column.pk]
    )
    form = admin.get(address).context["form"]
    assert form["unit"].value() == unit.pk
