"""Routes to publication that are the same for every page; each returns what the person, the log or
the program is told. The administrator ``chief`` is signed in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask

from publishing.gates import PublishBlocked
from publishing.models import User


def latest(page: Any) -> Any:
    """What the editor would open."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def by_script_save(page: Any, client: Client) -> str:
    changed = latest(page)
    changed.live = True
    with pytest.raises(PublishBlocked) as refusal:
        changed.save()
    return str(refusal.value)


def by_revision(page: Any, client: Client) -> str:
    stored = latest(page)
    with pytest.raises(PublishBlocked) as refusal:
        (stored.get_latest_revision() or stored.save_revision()).publish()
    return str(refusal.value)


def by_bulk(page: Any, client: Client, below: str = "") -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    data = {"include_descendants": below}
    return client.post(f"{address}?id={page.pk}", data, follow=True).content.decode()


def by_bulk_from_the_column(page: Any, client: Client) -> str:
    return by_bulk(page.get_parent(), client, "on")


def by_schedule(page: Any, client: Client) -> str:
    """Tried twice, refused once."""
    changed = latest(page)
    changed.go_live_at = timezone.now() + timedelta(hours=1)
    changed.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
        call_command("publish_scheduled")
    entry = PageLogEntry.objects.get(page=page.pk, action="publishing.schedule_refused")
    return str(entry.data["missing"])


def by_workflow(page: Any, client: Client) -> str:
    """A plain one, without any of our tasks."""
    task = GroupApprovalTask.objects.create(name="审核")
    workflow = Workflow.objects.create(name="发布审核")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    stored = latest(page)
    if not stored.latest_revision_id:
        stored.save_revision()
    state = workflow.start(stored, User.objects.get(username="chief"))
    names = [page.pk, "approve", state.current_task_state.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=names)
    return client.post(address, {"comment": ""}, follow=True).content.decode()
