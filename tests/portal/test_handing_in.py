"""What editor and reviewer read when a page is handed in, approved, or given back."""

from functools import cache
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, rich_text

from consultation.enums import Phase
from consultation.models import AdoptionResultPage, DecisionDraftPage
from consultation.services.results import create_result
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def result() -> AdoptionResultPage:
    """The result of a draft without opinions, not published; its outreach is to be written."""
    return create_result(draft=make_draft(Phase.CLOSED, unit=make_office("党政办")), user=None)


def client_of(result: AdoptionResultPage, role: Role) -> Client:
    user = make_officer(result.draft.unit, role)
    user.email = f"{role}@example.com"
    user.save()
    return signed_in(user)


@cache
def introduction() -> str:
    """As the rich text editor sends it: again the same, with the same block's key."""
    return rich_text("<p>现将意见采纳情况反馈如下。</p>")


def post(client: Client, result: AdoptionResultPage, outreach: str, **step: str) -> Any:
    """Send the editor's form with the button."""
    form: dict[str, Any] = {
        "title": result.title,
        "slug": result.slug,
        "introduction": introduction(),
        "outreach": outreach,
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "go_live_at": "",
        **step,
    }
    address = reverse("wagtailadmin_pages:edit", args=[result.pk])
    return client.post(
        address, nested_form_data(form) | {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    )


def send(client: Client, result: AdoptionResultPage, outreach: str, **step: str) -> list[str]:
    """Send the editor's form with the button; returns what is said then."""
    reply = post(client, result, outreach, **step)
    assert reply.status_code == 302, reply.context and reply.context["form"].errors
    return [str(message).strip() for message in get_messages(reply.wsgi_request)]


def test_who_hands_in_an_incomplete_page_is_told_what_is_missing(result) -> None:
    told = send(client_of(result, Role.EDITOR), result, "", **{"action-submit": "1"})
    assert "已提交审核" in told[0]
    assert "已送审，但还缺1项，审核人批准时会被拒绝：<ul><li>请填写征集工作开展情况" in told[1]


def test_a_complete_page_is_handed_in_without_more_words(result) -> None:
    told = send(client_of(result, Role.EDITOR), result, "张贴公告。", **{"action-submit": "1"})
    assert (len(told), "已提交审核" in told[0]) == (1, True)


@pytest.mark.parametrize(
    ("step", "words", "live"),
    [("approve", "已批准并发布。", True), ("reject", "已退回编辑修改。", False)],
)
def test_the_reviewer_reads_what_the_step_has_done(result, step, words, live) -> None:
    send(client_of(result, Role.EDITOR), result, "张贴公告。", **{"action-submit": "1"})
    mail.outbox.clear()
    buttons = {"action-workflow-action": "1", "workflow-action-name": step}
    told = send(client_of(result, Role.REVIEWER), result, "张贴公告。", **buttons)
    assert told[-1].endswith(words), told
    assert Page.objects.get(pk=result.pk).live == live
    refused = [letter for letter in mail.outbox if "拒绝" in letter.subject + letter.body]
    assert refused == []


def test_a_step_is_not_taken_once_more_when_the_editor_saves_by_itself(result) -> None:
    """Wagtail puts the step into the form before it sends it, and its autosave sends it as well."""
    send(client_of(result, Role.EDITOR), result, "张贴公告。", **{"action-submit": "1"})
    reviewer = client_of(result, Role.REVIEWER)
    reviewer.defaults["HTTP_ACCEPT"] = "application/json"
    buttons = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert post(reviewer, result, "张贴公告。", **buttons).status_code == 409
    assert Page.objects.get(pk=result.pk).live is False


def test_a_reviewer_who_changes_the_words_is_told_to_approve_again(result) -> None:
    send(client_of(result, Role.EDITOR), result, "张贴公告。", **{"action-submit": "1"})
    buttons = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    told = send(client_of(result, Role.REVIEWER), result, "张贴公告、入户告知。", **buttons)
    assert told[-1].endswith("的内容有改动，还没有发布：请对改动后的内容再批准一次。")
    assert Page.objects.get(pk=result.pk).live is False


def test_a_reviewer_whose_step_is_not_the_last_reads_which_comes_next(result) -> None:
    workflow = result.get_workflow()
    second = GroupApprovalTask.objects.create(name="复核")
    second.groups.set(workflow.tasks.get().specific.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    send(client_of(result, Role.EDITOR), result, "张贴公告。", **{"action-submit": "1"})
    buttons = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    told = send(client_of(result, Role.REVIEWER), result, "张贴公告。", **buttons)
    assert told[-1].endswith("已批准，还没有发布：下一步是“复核”。")
    assert Page.objects.get(pk=result.pk).live is False


def test_the_list_says_when_in_the_words_of_an_office(result) -> None:
    client = client_of(result, Role.EDITOR)
    folder = reverse("wagtailadmin_explore", args=[DecisionDraftPage.objects.get().get_parent().pk])
    page = client.get(folder).content.decode()
    assert ("更新时间" in page, "已发布" in page, "在用" in page) == (True, True, False)
