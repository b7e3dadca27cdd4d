"""Two routes to publication, the same for every page; each returns what the person reads."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from publishing.models import User


def by_bulk(page: Any, client: Client, below: str = "") -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    data = {"include_descendants": below}
    return client.post(f"{address}?id={page.pk}", data, follow=True).content.decode()


def by_workflow(page: Any, client: Client) -> str:
    """Approved by the administrator ``chief``, who is signed in."""
    task = GroupApprovalTask.objects.create(name="审核")
    workflow = Workflow.objects.create(name="发布审核")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, User.objects.get(username="chief"))
    names = [page.pk, "approve", state.current_task_state.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=names)
    return client.post(address, {"comment": ""}, follow=True).content.decode()
