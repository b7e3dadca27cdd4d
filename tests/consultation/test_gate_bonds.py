"""A result belongs to its draft, a published draft to its address: no copying, moving, deleting
around that, by any route (rules C2, D5, D7, D8). Each route is one that people or programs take.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from consultation.enums import Phase
from consultation.models import AdoptionResultPage, DecisionDraftPage
from publishing.gates import ActionRefused
from publishing.models import User
from tests.factories.consultation import make_draft, make_home, make_index, make_opinion

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[Client, Page, Page], HttpResponse]


def fresh(draft: DecisionDraftPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=draft.pk)


def action(admin: Client, page: Page, name: str, **data: Any) -> HttpResponse:
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, name])
    return admin.post(address, data, content_type="application/json")


def copy_in_admin(admin: Client, page: Page, to: Page, **ticked: str) -> HttpResponse:
    data = {"new_title": "副本", "new_slug": "copied", "new_parent_page": to.pk, **ticked}
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def bulk(admin: Client, name: str, page: Page, **data: Any) -> HttpResponse:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
    return admin.post(f"{address}?id={page.pk}", data)


RESULT_ROUTES: dict[str, Route] = {
    "copied": lambda admin, page, to: copy_in_admin(admin, page, to, publish_copies="on"),
    "aliased": lambda admin, page, to: copy_in_admin(
        admin, page, to, alias="on", publish_copies="on"
    ),
    "moved": lambda admin, page, to: admin.post(
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk])
    ),
    "copied by the API": lambda admin, page, to: action(
        admin, page, "copy", destination_page_id=to.pk
    ),
    "aliased by the API": lambda admin, page, to: action(
        admin, page, "create_alias", destination_page_id=to.pk
    ),
    "moved by the API": lambda admin, page, to: action(
        admin, page, "move", destination_page_id=to.pk, position="last-child"
    ),
}


@pytest.mark.parametrize("route", RESULT_ROUTES.values(), ids=RESULT_ROUTES)
def test_no_draft_is_answered_with_the_result_of_another(route: Route, admin: Client) -> None:
    answered, waiting = make_draft(Phase.ANSWERED), make_draft(Phase.CLOSED)
    make_opinion(waiting)
    reply = route(admin, answered.result, waiting)
    assert (reply.status_code, "采纳情况反馈" in reply.content.decode()) == (403, True)
    assert AdoptionResultPage.objects.child_of(waiting).count() == 0
    assert (fresh(waiting).phase, fresh(answered).phase) == (Phase.CLOSED, Phase.ANSWERED)


def test_several_results_are_not_moved_in_bulk(admin: Client) -> None:
    answered, waiting = make_draft(Phase.ANSWERED), make_draft(Phase.CLOSED)
    bulk(admin, "move", answered.result, chooser=waiting.pk)
    assert (fresh(waiting).phase, fresh(answered).phase) == (Phase.CLOSED, Phase.ANSWERED)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda page, to: page.copy(to=to, update_attrs={"slug": "copied"}),
        lambda page, to: page.create_alias(parent=to),
        lambda page, to: page.move(to, pos="last-child"),
    ],
    ids=["copy", "create_alias", "move"],
)
def test_a_program_can_not_either(attempt: Callable[[Page, Page], Any]) -> None:
    answered, waiting = make_draft(Phase.ANSWERED), make_draft(Phase.CLOSED)
    with pytest.raises(ActionRefused, match="采纳情况反馈"):
        attempt(answered.result, waiting)
    assert AdoptionResultPage.objects.child_of(waiting).count() == 0


@pytest.mark.parametrize("above", [0, 1], ids=["the draft", "its column"])
def test_a_draft_is_not_copied_together_with_its_result(above: int, admin: Client) -> None:
    answered = make_draft(Phase.ANSWERED)
    page = [answered, answered.get_parent()][above]
    before = Page.objects.count()
    replies = [
        copy_in_admin(admin, page, page.get_parent(), copy_subpages="on", publish_copies="on"),
        action(admin, page, "copy", recursive=True, keep_live=True),
    ]
    assert [reply.status_code for reply in replies] == [403, 403]
    with pytest.raises(ActionRefused, match="下级页面"):
        page.specific.copy(recursive=True, update_attrs={"slug": "copied"})
    assert Page.objects.count() == before


def test_a_copied_draft_begins_a_life_of_its_own(admin: Client) -> None:
    source = make_draft(Phase.UPCOMING, short_period_reason="汛期将至。")
    copy_in_admin(admin, source, source.get_parent(), publish_copies="on")
    copied = DecisionDraftPage.objects.get(slug="copied")
    assert (copied.live, copied.live_revision, copied.first_published_at) == (False, None, None)
    assert (copied.opening_day, copied.closing_day, copied.short_period_reason) == (None, None, "")
    assert copied.get_latest_revision_as_object().opening_day is None
    assert (copied.basis.count(), copied.explanation) == (1, source.explanation)
    assert PageLogEntry.objects.filter(page=copied.pk, action="wagtail.publish").count() == 0


@pytest.mark.parametrize("live", [True, False])
def test_a_draft_has_no_alias(live: bool, admin: Client) -> None:
    draft = make_draft(Phase.UPCOMING, live=live)
    column = draft.get_parent()
    replies = [
        copy_in_admin(admin, draft, column, alias="on"),
        copy_in_admin(admin, column, column.get_parent(), alias="on", copy_subpages="on"),
        action(admin, draft, "create_alias", update_slug="copied"),
    ]
    assert [reply.status_code for reply in replies] == [403, 403, 403]
    with pytest.raises(ActionRefused, match="别名"):
        draft.create_alias(update_slug="copied")
    assert Page.objects.filter(slug="copied").count() == 0


def test_a_column_without_drafts_may_be_copied_and_have_an_alias(admin: Client) -> None:
    home, column = make_home(), make_index()
    copy_in_admin(admin, column, home)
    action(admin, column, "create_alias", update_slug="again", destination_page_id=home.pk)
    assert set(make_home().get_children().values_list("slug", flat=True)) == {
        "drafts",
        "copied",
        "again",
    }


@pytest.mark.parametrize(("live", "moves"), [(True, False), (False, True)])
def test_only_a_draft_that_was_never_public_moves(live: bool, moves: bool, admin: Client) -> None:
    draft, column = make_draft(Phase.UPCOMING, live=live), make_index()
    address = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, column.pk])
    reply = admin.post(address)
    assert ("不能移到" in reply.content.decode(), reply.status_code) == (
        (False, 302) if moves else (True, 403)
    )
    assert fresh(draft).is_child_of(column) is moves


DELETIONS: dict[str, Callable[[Client, Page], HttpResponse]] = {
    "editor": lambda admin, page: admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk])),
    "bulk": lambda admin, page: bulk(admin, "delete", page),
    "API": lambda admin, page: action(admin, page, "delete"),
}


@pytest.mark.parametrize("route", DELETIONS.values(), ids=DELETIONS)
@pytest.mark.parametrize("kind", ["draft", "column", "result"])
def test_what_was_published_is_not_deleted(
    kind: str, route: Callable[[Client, Page], HttpResponse], admin: Client
) -> None:
    draft = make_draft(Phase.ANSWERED if kind == "result" else Phase.OPEN)
    page = {"draft": draft, "column": draft.get_parent(), "result": draft.result}[kind]
    reply = route(admin, page)
    said = reply.json()["message"] if route is DELETIONS["API"] else reply.content.decode()
    assert (reply.status_code, "不能删除" in said, "取消发布" in said) == (403, True, True)
    assert Page.objects.filter(pk=page.pk).exists()
    assert PageLogEntry.objects.filter(action="wagtail.delete").count() == 0


def test_a_program_does_not_delete_a_published_result() -> None:
    answered = make_draft(Phase.ANSWERED)
    with pytest.raises(ProtectedError):
        AdoptionResultPage.objects.get(pk=answered.result.pk).delete()
    answered.result.unpublish()
    with pytest.raises(ProtectedError):
        AdoptionResultPage.objects.all().delete()
    assert PageLogEntry.objects.filter(action="wagtail.delete").count() == 0


def test_what_was_never_public_is_deleted(admin: Client) -> None:
    draft = make_draft(Phase.UPCOMING, live=False)
    assert DELETIONS["editor"](admin, draft).status_code == 302
    assert Page.objects.filter(pk=draft.pk).exists() is False


def test_an_account_that_has_acted_is_not_deleted(admin: Client) -> None:
    acted = User.objects.create_user("officer", is_staff=True)
    opinion = make_opinion(make_draft())
    type(opinion).objects.filter(pk=opinion.pk).update(reviewed_by=acted)
    bulk_address = reverse("wagtail_bulk_action", args=["publishing", "user", "delete"])
    replies = [
        admin.post(reverse("wagtailusers_users:delete", args=[acted.pk])),
        admin.post(f"{bulk_address}?id={acted.pk}"),
    ]
    assert [(reply.status_code, "停用" in reply.content.decode()) for reply in replies] == [
        (403, True),
        (403, True),
    ]
    assert User.objects.filter(pk=acted.pk).exists()
