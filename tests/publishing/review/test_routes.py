"""Every route × without review, and × an edit after the approval: refused (rules R1, R2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.models import DecisionDraftPage
from publishing.gates import PublishBlocked
from publishing.models import ReviewRule
from tests.consultation.test_gate_routes import by_copy, form_of
from tests.factories.reviewing import (
    ReviewedOffice,
    approve_all,
    hand_in,
    is_live,
    make_reviewed_office,
    written_draft,
)
from tests.publishing.refused_routes import (
    by_bulk,
    by_bulk_from_the_column,
    by_revision,
    by_schedule,
    by_script_save,
    by_workflow,
    latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[DecisionDraftPage, Client], object]


@pytest.fixture
def office() -> ReviewedOffice:
    return make_reviewed_office()


def by_editor(page: DecisionDraftPage, client: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reply = client.post(address, form_of(latest(page), **{"action-publish": "1"}), follow=True)
    assert "重新送审" in reply.content.decode() or "还没有通过" in reply.content.decode()


ROUTES: list[Route] = [
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
def test_without_review_nothing_is_public(
    route: Route, admin: Client, office: ReviewedOffice
) -> None:
    draft = written_draft(office)
    route(draft, admin)
    assert is_live(draft) is False


@pytest.mark.parametrize("route", ROUTES[:-1], ids=lambda route: route.__name__)
def test_an_edit_after_the_approval_is_not_public(
    route: Route, admin: Client, office: ReviewedOffice
) -> None:
    draft = written_draft(office, summary="批准时的提要。")
    hand_in(draft, office.editor)
    approve_all(draft, office)
    changed = latest(draft)
    changed.title = "批准以后改过的标题"
    changed.save_revision(user=office.editor)
    DecisionDraftPage.objects.filter(pk=draft.pk).update(live=False)
    route(DecisionDraftPage.objects.get(pk=draft.pk), admin)
    assert is_live(draft) is False


def test_a_live_page_saved_with_other_words_is_refused(office: ReviewedOffice) -> None:
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve_all(draft, office)
    live = DecisionDraftPage.objects.get(pk=draft.pk)
    live.title = "没有审查过的标题"
    with pytest.raises(PublishBlocked):
        live.save()


def test_a_new_page_that_is_live_at_once_stays_a_draft(office: ReviewedOffice) -> None:
    model = written_draft(office)
    made = DecisionDraftPage(title="新草案", slug="new", unit=office.unit, category="policy")
    made.explanation, made.body, made.live = model.explanation, model.body, True
    made.opening_day, made.closing_day = model.opening_day, model.closing_day
    model.get_parent().add_child(instance=made)
    assert is_live(made) is False


def test_approved_content_is_published_by_schedule(office: ReviewedOffice) -> None:
    draft = written_draft(office)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=office.editor)
    hand_in(draft, office.editor)
    approve_all(draft, office)
    assert is_live(draft) is False
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert is_live(draft) is True


def test_an_open_find_is_refused_on_every_route_also_where_no_review_is_asked(
    admin: Client,
) -> None:
    office = make_reviewed_office()
    ReviewRule.objects.update(page_types=[])
    draft = written_draft(office, summary="请打13800001234。")
    for route in ROUTES:
        if route is not by_editor:
            route(draft, admin)
            assert is_live(draft) is False
