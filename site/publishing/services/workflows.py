"""The way from a unit's editors to its reviewers."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count, QuerySet
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from publishing.enums import Role
from publishing.models import PrivacyTask, ReviewRule, SecrecyTask, Unit

_ENDING = "审核"


@transaction.atomic
def set_up_workflow(*, unit: Unit, column: Page) -> WorkflowPage:
    """What the unit's editors hand in below ``column`` goes to its reviewers; approved, it is out.

    A workflow that the column has already stays: an administrator's choice. Call it when the unit
    has its groups. The names follow the unit's, as long as they end in 审核.
    """
    task = _task(unit)
    own = [task.pk, *(review.pk for review in _reviews(unit))]
    workflow = Workflow.objects.filter(workflow_tasks__task__in=own).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=task.name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    _follow(workflow, unit)
    place: WorkflowPage
    place, _made = WorkflowPage.objects.get_or_create(page=column, defaults={"workflow": workflow})
    if _is_reviewed(unit):
        _put_reviews(workflow, task, unit)
    return place


def _is_reviewed(unit: Unit) -> bool:
    """Whether the unit's site asks for sign-offs on any page."""
    rule = ReviewRule.objects.filter(site=unit.site_id).first()
    return bool(rule and rule.page_types)


def _put_reviews(workflow: Workflow, task: GroupApprovalTask, unit: Unit) -> None:
    """In the place of the plain approval: first personal data, which masking changes; then secrecy,
    whose approval publishes. Pages that wait for the plain one go on to these."""
    for order, kind in enumerate((PrivacyTask, SecrecyTask)):
        review = next((row for row in _reviews(unit) if isinstance(row, kind)), None)
        if review is None:
            name = f"{unit.name}{kind._meta.verbose_name}"
            review = kind.objects.create(name=name)
            review.groups.set(_reviewers(unit))
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=review, defaults={"sort_order": order}
        )
    WorkflowTask.objects.filter(workflow=workflow, task=task).delete()


def _reviews(unit: Unit) -> list[PrivacyTask | SecrecyTask]:
    """The unit's own review tasks, as far as there are any."""
    found: list[PrivacyTask | SecrecyTask] = []
    for kind in (PrivacyTask, SecrecyTask):
        tasks = kind.objects.annotate(approvers=Count("groups")).filter(approvers=1)
        found += tasks.filter(groups__in=_reviewers(unit)).order_by("pk")[:1]
    for task in found:
        _follow(task, unit, str(task._meta.verbose_name))
    return found


def _reviewers(unit: Unit) -> QuerySet[Group]:
    return unit.groups.filter(name__endswith=f"·{Role.REVIEWER.label}")


def _task(unit: Unit) -> GroupApprovalTask:
    """The unit's own: the one that its reviewers alone approve."""
    reviewers = _reviewers(unit)
    tasks = GroupApprovalTask.objects.annotate(approvers=Count("groups")).filter(approvers=1)
    task = tasks.filter(groups__in=reviewers).order_by("pk").first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=f"{unit.name}{_ENDING}")
        task.groups.set(reviewers)
    _follow(task, unit)
    return task


def _follow(named: Any, unit: Unit, ending: str = _ENDING) -> None:
    name = f"{unit.name}{ending}"
    if named.name != name and named.name.endswith(ending):
        named.name = name
        named.save(update_fields=["name"])
