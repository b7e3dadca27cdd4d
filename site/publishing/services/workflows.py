"""The way from a unit's editors to its reviewers."""

from django.db import transaction
from django.db.models import Count
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from publishing.enums import Role
from publishing.models import Unit

_ENDING = "审核"


@transaction.atomic
def set_up_workflow(*, unit: Unit, column: Page) -> WorkflowPage:
    """What the unit's editors hand in below ``column`` goes to its reviewers; approved, it is out.

    A workflow that the column has already stays: an administrator's choice. Call it when the unit
    has its groups. The names follow the unit's, as long as they end in 审核.
    """
    task = _task(unit)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=task.name)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    _follow(workflow, unit)
    place: WorkflowPage
    place, _made = WorkflowPage.objects.get_or_create(page=column, defaults={"workflow": workflow})
    return place


def _task(unit: Unit) -> GroupApprovalTask:
    """The unit's own: the one that its reviewers alone approve."""
    reviewers = unit.groups.filter(name__endswith=f"·{Role.REVIEWER.label}")
    tasks = GroupApprovalTask.objects.annotate(approvers=Count("groups")).filter(approvers=1)
    task = tasks.filter(groups__in=reviewers).order_by("pk").first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=f"{unit.name}{_ENDING}")
        task.groups.set(reviewers)
    _follow(task, unit)
    return task


def _follow(named: GroupApprovalTask | Workflow, unit: Unit) -> None:
    name = f"{unit.name}{_ENDING}"
    if named.name != name and named.name.endswith(_ENDING):
        named.name = name
        named.save(update_fields=["name"])
