"""A unit with a policy and what explains it, unpublished, and the steps of their joint release."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from interpretations.bundle_steps import waiting_states
from interpretations.models import InterpretationPage, PolicyPage, ReleaseBundle
from interpretations.services.bundle_review import approve_bundle, hand_in_bundle
from interpretations.services.bundles import create_bundle
from publishing.enums import Role
from publishing.models import ReviewRule, User
from publishing.models.review import PrivacyTask, SecrecyTask
from publishing.services import equip_unit
from publishing.services.units import apply_review_rule
from tests.consultation.desk import make_office
from tests.factories.explaining import make_interpretation, make_interpretation_index
from tests.factories.interpretations import make_policy, make_policy_index
from tests.factories.reviewing import (
    APPROVALS,
    ReviewedOffice,
    make_member,
    make_reviewed_office,
)

BOTH = ["interpretations.PolicyPage", "interpretations.InterpretationPage"]


@dataclass
class Pair:
    """Two pages by the office's editor, in one release that is being prepared."""

    office: ReviewedOffice
    policy: PolicyPage
    explained: InterpretationPage
    bundle: ReleaseBundle
    more: list[Any] = field(default_factory=list)

    @property
    def pages(self) -> list[Any]:
        return [self.policy, self.explained, *self.more]

    @property
    def live(self) -> list[bool]:
        rows = dict(Page.objects.values_list("pk", "live"))
        return [rows[page.pk] for page in self.pages]


def make_releasing_office(name: str = "党政办", *, reviewed: bool = True) -> ReviewedOffice:
    """Its policies and interpretations need both sign-offs, or the unit's plain approval."""
    if reviewed:
        office = make_reviewed_office(name)
    else:
        unit = make_office(name)
        people = [
            make_member(unit, role, f"{login}-{unit.pk}")
            for login, role in (
                ("editor", Role.EDITOR),
                ("reviewer", Role.REVIEWER),
                ("second", Role.REVIEWER),
            )
        ]
        office = ReviewedOffice(unit, *people)
    for column in (make_policy_index(office.unit), make_interpretation_index(office.unit)):
        equip_unit(unit=office.unit, column=column)
    if reviewed:
        ReviewRule.objects.update(page_types=BOTH)
        apply_review_rule(site=office.unit.site)
    return office


def make_pair(office: ReviewedOffice | None = None, *, more: int = 0, **fields: Any) -> Pair:
    """A policy that needs an interpretation, one that explains it, and ``more`` of those."""
    office = office or make_releasing_office()
    policy = make_policy(unit=office.unit, live=False, **{"needs_interpretation": True, **fields})
    others = [make_interpretation(policy, live=False) for _ in range(more + 1)]
    for page in (policy, *others):
        written_by(page, office.editor)
    pages = [type(page).objects.get(pk=page.pk) for page in (policy, *others)]
    bundle = create_bundle(title="停车办法和解读", pages=pages, user=office.editor)
    return Pair(office, pages[0], pages[1], bundle, pages[2:])


def written_by(page: Any, user: User) -> None:
    """As if the user had written the page in the editor."""
    latest = page.get_latest_revision_as_object()
    latest.owner = user
    type(page).objects.filter(pk=page.pk).update(owner=user)
    latest.save_revision(user=user)


def hand_in(pair: Pair, user: User | None = None) -> list[str]:
    return hand_in_bundle(bundle=pair.bundle, user=user or pair.office.editor)


def approve_step(pair: Pair, user: User | None = None, **changes: str) -> ReleaseBundle:
    """The step that waits, as the reviewer's click takes it."""
    waiting = waiting_states(pair.bundle)
    task = waiting[0][1].task.specific if waiting else None
    reviewed = isinstance(task, PrivacyTask | SecrecyTask)
    said = APPROVALS[task._meta.model_name] if reviewed and task else {"comment": ""}
    return approve_bundle(
        bundle=pair.bundle,
        user=user or pair.office.reviewer,
        states=[state.pk for _member, state in waiting],
        said={**said, **changes},
    )


def approved(pair: Pair) -> Pair:
    """Handed in and passed by the office's reviewers."""
    hand_in(pair)
    while waiting_states(pair.bundle):
        approve_step(pair)
    pair.bundle.refresh_from_db()
    return pair


def edited(page: Any, user: User | None = None, **fields: Any) -> Any:
    """Another revision, as a program makes it: no lock asks."""
    latest = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(latest, name, value)
    return latest.save_revision(user=user)
