"""The review of a joint release: one step for all pages, by nobody who wrote one of them (R1)."""

import pytest
from wagtail.models import Page, WorkflowPage

from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.bundle_steps import lost_reviews, waiting_states
from interpretations.enums import BundleState
from interpretations.models import ReleaseBundle
from interpretations.services.bundle_release import publish_bundle
from interpretations.services.bundle_review import reject_bundle
from interpretations.services.bundles import (
    take_back_bundle,
)
from publishing.services.reviewing import mask_finds
from tests.factories.releasing import (
    Pair,
    approve_step,
    approved,
    edited,
    hand_in,
    make_pair,
    make_releasing_office,
    written_by,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def test_no_author_of_any_page_approves_another(pair: Pair) -> None:
    written_by(pair.explained, pair.office.reviewer)
    hand_in(pair)
    with pytest.raises(BundleRefused, match="不能由您审查"):
        approve_step(pair, pair.office.reviewer)
    assert pair.bundle.members.filter(workflow_state__task_states__status="approved").count() == 0
    approve_step(pair, pair.office.second)


def test_a_find_in_any_page_holds_up_all(pair: Pair) -> None:
    edited(pair.explained, pair.office.editor, summary="请打13800001234。")
    hand_in(pair)
    with pytest.raises(BundleRefused, match="个人信息没有处理"):
        approve_step(pair)
    page = Page.objects.get(pk=pair.explained.pk).specific
    revision = page.latest_revision_id
    mask_finds(page=page, revision_id=revision, names=[], user=pair.office.reviewer)
    approve_step(pair)
    assert approve_step(pair).state == BundleState.APPROVED
    publish_bundle(bundle=pair.bundle, user=pair.office.second)
    assert Page.objects.get(pk=page.pk).specific.summary == "请打138****1234。"


def test_an_edit_during_the_review_starts_the_step_anew(pair: Pair) -> None:
    hand_in(pair)
    before = [state.pk for _member, state in waiting_states(pair.bundle)]
    edited(pair.policy, pair.office.editor, summary="送审以后改过。")
    with pytest.raises(StateChanged, match="改动过"):
        approve_step(pair)
    after = [state.pk for _member, state in waiting_states(pair.bundle)]
    assert (after[1], after[0] == before[0]) == (before[1], False)
    approve_step(pair)


def test_a_step_is_taken_once(pair: Pair) -> None:
    hand_in(pair)
    shown = [state.pk for _member, state in waiting_states(pair.bundle)]
    approve_step(pair)
    with pytest.raises(StateChanged):
        reject_bundle(bundle=pair.bundle, user=pair.office.second, states=shown, comment="不行")


def test_sent_back_all_pages_are_open_again(pair: Pair) -> None:
    hand_in(pair)
    shown = [state.pk for _member, state in waiting_states(pair.bundle)]
    reject_bundle(bundle=pair.bundle, user=pair.office.reviewer, states=shown, comment="重写")
    pair.bundle.refresh_from_db()
    assert pair.bundle.state == BundleState.RETURNED
    assert [page.get_lock() for page in pair.pages] == [None, None]
    approved(pair)
    assert pair.bundle.state == BundleState.APPROVED


def test_where_no_review_is_asked_the_units_approval_is_enough() -> None:
    pair = make_pair(make_releasing_office(reviewed=False))
    hand_in(pair)
    assert waiting_states(pair.bundle)[0][1].task.name == "党政办审核"
    assert approve_step(pair).state == BundleState.APPROVED
    publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert pair.live == [True, True]


def test_plain_approval_is_of_what_was_handed_in() -> None:
    pair = make_pair(make_releasing_office(reviewed=False))
    hand_in(pair)
    edited(pair.policy, pair.office.editor, summary="送审以后改过。")
    with pytest.raises(BundleRefused, match="送审以后改动过"):
        approve_step(pair)


def test_without_any_workflow_the_release_itself_is_approved() -> None:
    pair = make_pair(make_releasing_office(reviewed=False))
    WorkflowPage.objects.all().delete()
    hand_in(pair)
    assert waiting_states(pair.bundle) == []
    assert approve_step(pair).state == BundleState.APPROVED


def test_a_review_ended_past_its_release_is_named_and_never_taken_for_an_approval(
    pair: Pair,
) -> None:
    hand_in(pair)
    pair.explained.refresh_from_db()
    pair.explained.current_workflow_state.cancel(user=pair.office.editor)
    while waiting_states(pair.bundle):
        assert approve_step(pair).state == BundleState.IN_REVIEW
    members = pair.bundle.members.select_related("workflow_state")
    bundle = ReleaseBundle.objects.get(pk=pair.bundle.pk)
    assert lost_reviews(bundle, members) == [pair.explained.title]
    with pytest.raises(StateChanged):
        publish_bundle(bundle=bundle, user=pair.office.reviewer)
    with pytest.raises(BundleRefused, match="单独撤回或退回"):
        approve_step(pair)
    take_back_bundle(bundle=bundle, user=pair.office.editor)
    assert approved(pair).bundle.state == BundleState.APPROVED
