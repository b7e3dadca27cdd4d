"""Rule R1: nothing is public without both sign-offs on just this content, by somebody else."""

import pytest
from wagtail.models import WorkflowPage

from consultation.models import DecisionDraftPage
from publishing.gates import ActionRefused, PublishBlocked
from publishing.models import FindDecision, PrivacyTaskState, ReviewRule, SecrecyTaskState
from publishing.review.approvals import review_blockers
from publishing.review.digest import digest
from publishing.review.guarding import authors_of
from publishing.services.reviewing import mask_finds
from publishing.services.units import apply_review_rule, column_of, equip_unit
from tests.factories.reviewing import (
    approve,
    approve_all,
    hand_in,
    is_live,
    make_reviewed_office,
    written_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE = "13800001234"


def latest(page: DecisionDraftPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def edit(page: DecisionDraftPage, user: object, words: str) -> None:
    changed = latest(page)
    changed.summary = words
    changed.save_revision(user=user)


def test_two_others_approve_and_it_is_public() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve(draft, office.reviewer)
    assert is_live(draft) is False
    approve(draft, office.second)
    assert is_live(draft) is True
    privacy, secrecy = PrivacyTaskState.objects.get(), SecrecyTaskState.objects.get()
    assert privacy.get_comment() == "不含个人信息；已通读"
    assert secrecy.get_comment() == "不涉及国家秘密、工作秘密，可以公开；依据：保密事项范围"


def test_who_wrote_or_handed_in_does_not_approve() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    edit(draft, office.reviewer, "审核人员改过的提要。")
    hand_in(draft, office.second)
    for author in (office.reviewer, office.second):
        with pytest.raises(ActionRefused, match="不能由您审查"):
            approve(draft, author)
    assert authors_of(draft) == {office.editor.pk, office.reviewer.pk, office.second.pk}


def test_a_program_is_asked_the_same() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    state = draft.current_workflow_task_state
    for user, level in ((office.editor, "none"), (office.reviewer, ""), (None, "secret")):
        with pytest.raises(ActionRefused):
            state.approve(user=user, level=level)
    assert PrivacyTaskState.objects.get().status == "in_progress"


def test_who_wrote_the_last_edition_may_approve_the_next() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve_all(draft, office)
    edit(draft, office.second, "第二次的提要。")
    assert authors_of(draft) == {office.second.pk}
    hand_in(DecisionDraftPage.objects.get(pk=draft.pk), office.second)
    assert office.editor.pk not in authors_of(draft)


def test_an_edit_while_in_review_is_seen_before_it_is_approved() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve(draft, office.reviewer)
    edit(draft, office.editor, "送审后改过的提要。")
    with pytest.raises(ActionRefused, match="在送审以后有改动"):
        approve(draft, office.second)
    approve(draft, office.second)
    assert is_live(draft) is False, "the first sign-off was about other words"
    approve(draft, office.second)
    assert is_live(draft) is True


def test_a_revision_that_was_written_over_is_another_content() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    changed = latest(draft)
    changed.summary = "自动保存改过的提要。"
    changed.save_revision(user=office.editor, overwrite_revision=changed.get_latest_revision())
    with pytest.raises(ActionRefused, match="在送审以后有改动"):
        approve(draft, office.reviewer)


def test_an_edit_after_the_approval_is_not_published() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve_all(draft, office)
    edit(draft, office.editor, "批准以后改过的提要。")
    page = latest(draft)
    with pytest.raises(PublishBlocked, match="个人信息审查以后内容有改动，请重新送审"):
        page.get_latest_revision().publish()
    assert DecisionDraftPage.objects.get(pk=draft.pk).summary != "批准以后改过的提要。"


def test_what_is_not_content_needs_no_new_look() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    before = digest(draft)
    draft.locked, draft.go_live_at, draft.owner = True, draft.latest_revision_created_at, None
    assert digest(draft) == before
    revision = draft.save_revision()
    assert digest(revision.as_object()) == before
    draft.title = "别的标题"
    assert digest(draft) != before


def test_a_sign_off_is_taken_back_by_a_later_refusal_of_the_same_content() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    approve(draft, office.reviewer)
    state = draft.current_workflow_task_state
    state.task.specific.on_action(state, office.second, "reject", comment="请改。")
    assert [blocker.message for blocker in review_blockers(latest(draft))] == [
        "保密审查还没有通过，请送审。"
    ]


@pytest.mark.parametrize("said", [{"level": ""}, {"level": "secret"}, {"level": "lawful"}])
def test_a_form_that_is_not_whole_approves_nothing(said: dict[str, str]) -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.editor)
    with pytest.raises(ActionRefused):
        approve(draft, office.reviewer, **said)
    assert PrivacyTaskState.objects.get().status == "in_progress"


def test_who_only_masked_may_approve_and_who_wrote_into_it_may_not() -> None:
    office = make_reviewed_office()
    draft = written_draft(office, summary=f"请打{PHONE}。")
    hand_in(draft, office.editor)
    with pytest.raises(ActionRefused, match="还有1处"):
        approve(draft, office.reviewer)
    revision = draft.get_latest_revision()
    made = mask_finds(page=draft, revision_id=revision.pk, names=[], user=office.reviewer)
    assert office.reviewer.pk not in authors_of(draft)
    changed = latest(draft)
    changed.summary = "顺手改写的提要。"
    changed.save_revision(user=office.reviewer, overwrite_revision=made)
    assert office.reviewer.pk in authors_of(draft)
    assert FindDecision.objects.get().digest != ""
    latest(draft).save_revision(user=office.second)
    assert office.second.pk not in authors_of(draft), "giving back saves, and changes nothing"


def test_masking_goes_on_with_the_review() -> None:
    office = make_reviewed_office()
    draft = written_draft(office, summary=f"请打{PHONE}。")
    hand_in(draft, office.editor)
    revision = draft.get_latest_revision()
    mask_finds(page=draft, revision_id=revision.pk, names=[], user=office.reviewer)
    approve_all(draft, office)
    stored = DecisionDraftPage.objects.get(pk=draft.pk)
    assert (stored.live, stored.summary) == (True, "请打138****1234。")


def test_pages_of_other_types_need_no_sign_off() -> None:
    office = make_reviewed_office()
    ReviewRule.objects.update(page_types=[])
    draft = written_draft(office)
    draft.get_latest_revision().publish()
    assert is_live(draft) is True


def test_the_rule_puts_both_tasks_into_each_units_workflow_once() -> None:
    office = make_reviewed_office()
    for _again in range(2):
        apply_review_rule(site=office.unit.site)
        equip_unit(unit=office.unit, column=column_of(unit=office.unit))
    place = WorkflowPage.objects.get(page=column_of(unit=office.unit))
    names = [task.name for task in place.workflow.tasks]
    assert names == ["党政办个人信息审查", "党政办保密审查"]


def test_a_unit_that_comes_later_has_them_too() -> None:
    make_reviewed_office()
    later = make_reviewed_office("农业办")
    tasks = WorkflowPage.objects.get(page=column_of(unit=later.unit)).workflow.tasks
    assert [task.name for task in tasks] == ["农业办个人信息审查", "农业办保密审查"]
