"""A unit set up in the admin: its editors hand in, its reviewers approve, and nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow, WorkflowPage

from consultation.enums import Phase
from consultation.models import DecisionDraftPage, DecisionIndexPage
from publishing.enums import Role
from publishing.models import Unit, User
from publishing.services import set_up_unit
from publishing.services.units import column_of
from tests.consultation.desk import make_officer, signed_in
from tests.factories.consultation import make_draft, make_home, make_index

pytestmark = pytest.mark.django_db


def set_up_in_the_admin(name: str) -> Unit:
    """The unit as an administrator makes it: name, site, a column of its own, nothing else."""
    home, slug = make_home(), f"column-{Unit.objects.count()}"
    column = make_index(None).add_child(instance=DecisionIndexPage(title=name, slug=slug))
    chief, _made = User.objects.get_or_create(username="chief", is_superuser=True, is_staff=True)
    typed = {"name": name, "site": home.get_site().pk, "sort_order": 0, "column": column.pk}
    signed_in(chief).post(reverse("unit:add"), typed)
    unit = Unit.objects.get(name=name)
    column.unit = unit
    column.save()
    return unit


def unpublished(unit: Unit) -> DecisionDraftPage:
    """A draft that lacks nothing, below the unit's column."""
    draft = make_draft(Phase.UPCOMING, unit=unit, live=False)
    assert draft.get_parent() == column_of(unit=unit)
    return draft


def approve(client: Client, page: Page) -> int:
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}).status_code


def test_what_the_units_editor_hands_in_its_reviewer_approves_and_nobody_else() -> None:
    here, there = set_up_in_the_admin("党政办"), set_up_in_the_admin("农业办")
    draft = unpublished(here)
    editor = make_officer(here, Role.EDITOR)
    editing = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert 'name="action-submit"' in editing.content.decode()
    draft.get_workflow().start(draft, editor)
    strangers = [make_officer(there, role) for role in Role]
    colleagues = [editor, make_officer(here, Role.FRONT_DESK)]
    for user in (*strangers, *colleagues):
        approve(signed_in(user), draft)
        assert DecisionDraftPage.objects.get(pk=draft.pk).live is False, user.username
    assert approve(signed_in(make_officer(here, Role.REVIEWER)), draft) == 302
    assert DecisionDraftPage.objects.get(pk=draft.pk).live is True


def test_the_workflow_is_the_units_own_and_not_the_whole_sites() -> None:
    unit = set_up_in_the_admin("党政办")
    (task,) = unpublished(unit).get_workflow().tasks
    groups = task.specific.groups.values_list("name", flat=True)
    assert (task.name, list(groups)) == ("党政办审核", ["党政办·审核"])


def test_again_nothing_is_added_and_the_names_follow() -> None:
    unit = set_up_in_the_admin("党政办")
    column = column_of(unit=unit)
    before = (Workflow.objects.count(), GroupApprovalTask.objects.count())
    unit.name = "党政综合办公室"
    unit.save()
    set_up_unit(name=unit.name, site=unit.site, column=column)
    assert (Workflow.objects.count(), GroupApprovalTask.objects.count()) == before
    workflow = WorkflowPage.objects.get(page=column).workflow
    assert [workflow.name, *(task.name for task in workflow.tasks)] == ["党政综合办公室审核"] * 2


def test_an_administrators_choice_for_the_column_stays() -> None:
    column = make_index(None)
    own = Workflow.objects.create(name="三级会签")
    WorkflowPage.objects.create(page=column, workflow=own)
    set_up_unit(name="党政办", site=column.get_site(), column=column)
    assert WorkflowPage.objects.get(page=column).workflow == own


def test_what_wagtail_brings_is_named_in_chinese() -> None:
    names = {
        *Workflow.objects.values_list("name", flat=True),
        *GroupApprovalTask.objects.values_list("name", flat=True),
        *Group.objects.values_list("name", flat=True),
        *Collection.objects.values_list("name", flat=True),
        Page.get_first_root_node().title,
    }
    assert names == {"全站审核", "全站编辑", "全部文件", "全部站点"}
