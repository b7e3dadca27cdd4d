"""A page in a release goes public by it alone: every route × before, during and after review."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from interpretations.bundle_steps import waiting_states
from interpretations.enums import BundleState
from interpretations.models import PolicyPage
from publishing.gates import ActionRefused, PublishBlocked
from publishing.models import User
from publishing.review.guarding import authors_of
from tests.consultation.desk import signed_in
from tests.factories.releasing import (
    Pair,
    approve_step,
    approved,
    edited,
    hand_in,
    make_pair,
    make_releasing_office,
)
from tests.factories.reviewing import APPROVALS, approve
from tests.interpretations.test_policy_routes import form_of
from tests.publishing.refused_routes import (
    by_bulk,
    by_bulk_from_the_column,
    by_revision,
    by_schedule,
    by_script_save,
    latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HELD = "只能和其他页面一起发布"
LOCKED = "和其他页面一起审查"
Route = Callable[[PolicyPage, Client], object]
TELLING = {by_script_save, by_revision, by_bulk, by_schedule}


@pytest.fixture
def pair() -> Pair:
    """Where the unit's plain approval would be enough for each page alone."""
    return make_pair(make_releasing_office(reviewed=False))


def by_editor(page: PolicyPage, client: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(address, form_of(latest(page), **{"action-publish": "1"}))


def by_its_own_workflow(page: PolicyPage, client: Client) -> None:
    state = latest(page).current_workflow_task_state
    if state is None:
        state = page.get_workflow().start(page, User.objects.get(username="chief"))
        state = state.current_task_state
    args = [page.pk, "approve", state.pk]
    client.post(reverse("wagtailadmin_pages:workflow_action", args=args), {"comment": ""})


def by_api(page: PolicyPage, client: Client) -> None:
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    reply = client.post(address)
    assert (reply.status_code, HELD in reply.content.decode()) == (403, True)


ROUTES: list[Route] = [
    by_script_save,
    by_revision,
    by_editor,
    by_bulk,
    by_bulk_from_the_column,
    by_schedule,
    by_its_own_workflow,
    by_api,
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
@pytest.mark.parametrize("state", [BundleState.PREPARING, BundleState.IN_REVIEW, "approved"])
def test_no_page_leaves_its_release(route: Route, state: str, admin: Client, pair: Pair) -> None:
    if state == BundleState.IN_REVIEW:
        hand_in(pair)
    if state == "approved":
        approved(pair)
    told = route(PolicyPage.objects.get(pk=pair.policy.pk), admin)
    assert pair.live == [False, False]
    assert route not in TELLING or HELD in str(told)


def test_where_nobody_holds_it_every_route_leads_out(admin: Client, pair: Pair) -> None:
    """The control: the same page, released."""
    pair.bundle.members.update(is_active=False)
    PolicyPage.objects.filter(pk=pair.policy.pk).update(needs_interpretation=False)
    changed = latest(pair.policy)
    changed.needs_interpretation = False
    changed.save_revision()
    by_editor(PolicyPage.objects.get(pk=pair.policy.pk), admin)
    assert pair.live == [True, False]


def test_while_it_is_reviewed_nobody_edits_it(admin: Client, pair: Pair) -> None:
    hand_in(pair)
    address = reverse("wagtailadmin_pages:edit", args=[pair.policy.pk])
    html = admin.get(address).content.decode()
    assert "<b>同步发布“停车办法和解读”</b>里，已经送审" in html
    assert ("action-cancel-workflow" in html, 'name="action-publish"' in html) == (False, False)
    admin.post(address, form_of(latest(pair.policy), title="改过的标题"))
    assert latest(pair.policy).title == pair.policy.title
    for user in (pair.office.editor, pair.office.reviewer):
        assert pair.policy.permissions_for_user(user).page_locked()


def test_no_review_is_ended_or_decided_for_one_page(admin: Client) -> None:
    pair = make_pair()
    hand_in(pair)
    page = PolicyPage.objects.get(pk=pair.policy.pk)
    state = page.current_workflow_task_state
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reply = admin.post(edit, {"action-cancel-workflow": "1"}, follow=True)
    assert LOCKED in reply.content.decode()
    for action in ("approve", "reject"):
        names = [page.pk, action, state.pk]
        address = reverse("wagtailadmin_pages:workflow_action", args=names)
        said = {**APPROVALS["privacytask"], "comment": "不行"}
        assert admin.post(address, said).status_code == 403
        with pytest.raises(ActionRefused, match=LOCKED):
            state.task.specific.on_action(state, pair.office.reviewer, action, **said)
    reply = admin.post(
        reverse("review:decide", args=[page.pk]),
        {"state": state.pk, "approve": "1", **APPROVALS["privacytask"]},
        follow=True,
    )
    assert LOCKED in reply.content.decode()
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_the_last_approval_past_the_release_publishes_nothing(pair: Pair) -> None:
    """A program may approve the plain task; finishing asks."""
    hand_in(pair)
    state = PolicyPage.objects.get(pk=pair.policy.pk).current_workflow_task_state
    with pytest.raises(ActionRefused, match=LOCKED):
        state.approve(user=pair.office.reviewer)
    state.refresh_from_db()
    assert (state.status, pair.live) == ("in_progress", [False, False])


def test_a_page_whose_release_is_being_prepared_is_not_published_by_its_review(
    pair: Pair,
) -> None:
    page = PolicyPage.objects.get(pk=pair.policy.pk)
    page.get_workflow().start(page, pair.office.editor)
    with pytest.raises(PublishBlocked, match=HELD):
        page.current_workflow_task_state.approve(user=pair.office.reviewer)


def test_a_page_that_is_reviewed_alone_has_its_own_authors() -> None:
    pair = make_pair()
    authors = authors_of(pair.policy)
    assert authors == {pair.office.editor.pk}
    changed = latest(pair.explained)
    changed.title = "改过的标题"
    changed.save_revision(user=pair.office.second)
    assert authors_of(pair.policy) == authors
    hand_in(pair)
    assert authors_of(pair.policy) == {pair.office.editor.pk, pair.office.second.pk}


def test_a_held_page_is_not_deleted(admin: Client, pair: Pair) -> None:
    reply = admin.post(reverse("wagtailadmin_pages:delete", args=[pair.policy.pk]))
    assert (reply.status_code, "不能删除" in reply.content.decode()) == (403, True)
    assert PolicyPage.objects.filter(pk=pair.policy.pk).exists()


def test_without_a_release_the_review_goes_on_as_before() -> None:
    pair = make_pair()
    pair.bundle.members.update(is_active=False)
    page = pair.explained
    page.get_workflow().start(page, pair.office.editor)
    approve(page, pair.office.reviewer)
    assert "保密审查" in type(page).objects.get(pk=page.pk).current_workflow_task.name


def test_while_it_is_reviewed_the_reviewer_alone_masks() -> None:
    pair = make_pair()
    edited(pair.policy, pair.office.editor, summary="请打13800001234。")
    hand_in(pair)
    address = reverse("review:mask", args=[pair.policy.pk])
    data = {"revision": latest(pair.policy).latest_revision_id}
    editor, reviewer = signed_in(pair.office.editor), signed_in(pair.office.reviewer)
    assert editor.post(address, data).status_code in {302, 403}
    assert latest(pair.policy).summary == "请打13800001234。"
    reviewer.post(address, data)
    assert latest(pair.policy).summary == "请打138****1234。"
    while waiting_states(pair.bundle):
        approve_step(pair)
    edited(pair.explained, summary="请打13800001234。")
    later = {"revision": latest(pair.explained).latest_revision_id}
    reviewer.post(reverse("review:mask", args=[pair.explained.pk]), later)
    assert latest(pair.explained).summary == "请打13800001234。"
