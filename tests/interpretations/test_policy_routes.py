"""Publication of an incomplete policy is refused by every route, and named in Chinese (S4)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from interpretations.enums import Validity
from interpretations.models import PolicyPage
from tests.factories.consultation import make_draft
from tests.factories.interpretations import WRITTEN, fresh, make_policy, make_policy_index
from tests.publishing.refused_routes import (
    by_bulk,
    by_revision,
    by_schedule,
    by_script_save,
    by_workflow,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[PolicyPage, Client], str]
MISSING = "缺少发文字号"


def form_of(page: PolicyPage, **changes: str) -> dict[str, str]:
    """What the editor's form posts."""
    names = (
        *("title", "slug", "summary", "index_number", "issuer", "document_number", "written_on"),
        *("released_on", "validity", "validity_changed_on"),
    )
    fields = {name: str(getattr(page, name) or "") for name in names}
    chosen = {
        name: str(getattr(page, f"{name}_id") or "")
        for name in ("unit", "topic", "successor", "draft", "result")
    }
    blocks = [(b.block_type, dict(b.value)) for b in page.body if b.block_type != "table"]
    promoted = dict.fromkeys(("seo_title", "search_description", "content_source", "keywords"), "")
    data = nested_form_data(
        {
            **fields,
            **chosen,
            **promoted,
            "body": streamfield(blocks),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    return {**{key: str(value) for key, value in data.items()}, **changes}


def by_editor(page: PolicyPage, client: Client) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(page, **{"action-publish": "1"})
    return client.post(address, data, follow=True).content.decode()


ROUTES = [by_script_save, by_revision, by_editor, by_bulk, by_schedule, by_workflow]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_an_incomplete_policy_stays_unpublished(route: Route, admin: Client) -> None:
    page = make_policy(live=False, document_number="")
    told = route(page, admin)
    assert (MISSING in told, fresh(page).live) == (True, False)
    assert page.versions.count() == 0


def test_a_complete_policy_is_published_by_the_editor(admin: Client) -> None:
    page = make_policy(live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    admin.post(address, form_of(page, **{"action-publish": "1"}))
    assert (fresh(page).live, page.versions.count()) == (True, 1)


def test_create_and_publish_keeps_the_form_as_a_draft(admin: Client) -> None:
    like = make_policy(live=False, document_number="")
    column = make_policy_index(like.unit)
    address = reverse("wagtailadmin_pages:add", args=["interpretations", "policypage", column.pk])
    typed = {"action-publish": "1", "title": "新办法", "slug": "new"}
    admin.post(address, form_of(like, **typed))
    made = PolicyPage.objects.get(slug="new")
    assert (made.live, made.title, len(made.clauses)) == (False, "新办法", len(like.clauses) - 1)


def test_a_new_policy_begins_with_its_columns_unit_and_the_sites_host(admin: Client) -> None:
    column = make_policy_index(make_policy().unit)
    address = reverse("wagtailadmin_pages:add", args=["interpretations", "policypage", column.pk])
    form = admin.get(address).context["form"]
    assert (form["unit"].value(), form["issuer"].value()) == (
        column.unit_id,
        "测试镇人民政府",
    )


def test_only_pages_of_the_right_kind_are_offered(admin: Client) -> None:
    page = make_policy(live=False)
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for kind in (
        "consultation.decisiondraftpage",
        "consultation.adoptionresultpage",
        "interpretations.policypage",
    ):
        assert kind in html


def test_a_copy_is_another_document(admin: Client) -> None:
    draft = make_draft()
    page = make_policy(
        draft=draft.page_ptr, validity=Validity.REPEALED, validity_changed_on=WRITTEN
    )
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "副本", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    admin.post(address, {**data, "publish_copies": "on"})
    copied = PolicyPage.objects.get(slug="copy")
    assert (copied.live, copied.index_number, copied.written_on) == (False, "", None)
    assert (copied.validity, copied.draft) == (Validity.VALID, None)
    assert (copied.versions.count(), len(copied.clauses)) == (0, len(page.clauses))
