"""A unit whose site asks for both sign-offs, its people, and the steps they take."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.enums import PrivacyLevel, Role, SecrecyLevel
from publishing.models import ReviewRule, Unit, User
from publishing.services.units import apply_review_rule
from tests.consultation.desk import make_office
from tests.factories.consultation import make_draft

APPROVALS = {
    "privacytask": {"level": PrivacyLevel.NONE.value, "basis": "", "comment": "已通读"},
    "secrecytask": {"level": SecrecyLevel.PUBLIC.value, "basis": "保密事项范围", "comment": ""},
}


@dataclass
class ReviewedOffice:
    """An editor who writes, and two reviewers."""

    unit: Unit
    editor: User
    reviewer: User
    second: User


def make_reviewed_office(name: str = "党政办") -> ReviewedOffice:
    """Its drafts, results and reports need both sign-offs."""
    unit = make_office(name)
    labels = ["consultation.DecisionDraftPage", "consultation.AdoptionResultPage"]
    ReviewRule.objects.update_or_create(
        site=unit.site, defaults={"page_types": [*labels, "openday.EventReportPage"]}
    )
    apply_review_rule(site=unit.site)
    return ReviewedOffice(
        unit,
        make_member(unit, Role.EDITOR, f"editor-{unit.pk}"),
        make_member(unit, Role.REVIEWER, f"reviewer-{unit.pk}"),
        make_member(unit, Role.REVIEWER, f"second-{unit.pk}"),
    )


def make_member(unit: Unit, role: Role, username: str) -> User:
    user = User.objects.create_user(username=username, is_staff=True)
    user.groups.add(unit.groups.get(name__endswith=f"·{role.label}"))
    return user


def written_draft(office: ReviewedOffice, **fields: Any) -> DecisionDraftPage:
    """A complete draft, unpublished, written by the editor."""
    draft = make_draft(Phase.UPCOMING, unit=office.unit, live=False, **fields)
    draft.owner = office.editor
    draft.save()
    draft.save_revision(user=office.editor)
    return DecisionDraftPage.objects.get(pk=draft.pk)


def hand_in(page: Any, user: User) -> None:
    page.get_workflow().start(page, user)


def approve(page: Any, user: User, **changes: str) -> None:
    """The task that waits, as the review's page does it."""
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    task = state.task.specific
    said = {**APPROVALS[task._meta.model_name], **changes}
    task.on_action(state, user, "approve", **said)


def approve_all(page: Any, office: ReviewedOffice) -> None:
    approve(page, office.reviewer)
    approve(page, office.second)


def is_live(page: Any) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)
