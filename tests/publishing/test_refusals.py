"""In the admin, whoever publishes is told what is missing; nobody loses what was typed."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from consultation.services.results import create_result
from publishing.gates import ActionRefused, Blocker, PublishBlocked
from publishing.middleware import PublishBlockedMiddleware
from publishing.models import User
from publishing.refusals import blockers_of
from tests.factories.consultation import make_draft, make_opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", "chief@example.com", "x")


@pytest.fixture
def admin(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


def bulk_publish(admin: Client, *pages: DecisionDraftPage, below: str = "") -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    reply = admin.post(f"{address}?{ids}", {"include_descendants": below}, follow=True)
    return reply.content.decode()


def test_a_blocked_page_among_several_keeps_all_back_and_is_named(admin: Client) -> None:
    blocked = make_draft(Phase.UPCOMING, live=False, explanation="", title="不完整的草案")
    ready = make_draft(Phase.UPCOMING, live=False)
    told = bulk_publish(admin, blocked, ready)
    assert ("“不完整的草案”还不能发布" in told, "缺少起草说明" in told) == (True, True)
    live = DecisionDraftPage.objects.filter(pk__in=[blocked.pk, ready.pk], live=True)
    assert live.count() == 0


def test_an_autosave_that_began_before_publication_does_not_undo_it() -> None:
    """The editor saves the whole row of a page that isn't public yet, as it was read."""
    draft = make_draft(Phase.UPCOMING, live=False)
    opened = DecisionDraftPage.objects.get(pk=draft.pk)
    autosave = opened.get_latest_revision_as_object()
    opened.get_latest_revision().publish()
    for stale in (opened, autosave):
        with pytest.raises(ActionRefused, match="刚刚已经发布"):
            stale.save()
    opened.refresh_from_db()
    assert opened.live
    opened.unpublish()
    assert not DecisionDraftPage.objects.get(pk=draft.pk).live


def test_blocked_drafts_below_are_named_too(admin: Client) -> None:
    blocked = make_draft(Phase.UPCOMING, live=False, explanation="", title="不完整的草案")
    told = bulk_publish(admin, blocked.get_parent(), below="on")
    assert "“不完整的草案”还不能发布" in told
    assert DecisionDraftPage.objects.get(pk=blocked.pk).live is False


def test_complete_pages_are_published_in_bulk(admin: Client) -> None:
    ready = [make_draft(Phase.UPCOMING, live=False) for _ in range(2)]
    bulk_publish(admin, *ready)
    assert [DecisionDraftPage.objects.get(pk=page.pk).live for page in ready] == [True, True]


def test_a_later_time_of_publication_may_be_set_before_all_is_there() -> None:
    page = make_draft(Phase.UPCOMING, live=False, explanation="")
    assert [blocker.field for blocker in blockers_of(page)] == ["explanation"]
    page.go_live_at = timezone.now() + timedelta(hours=1)
    assert blockers_of(page) == []
    page.go_live_at = timezone.now() - timedelta(hours=1)
    assert [blocker.field for blocker in blockers_of(page)] == ["explanation"]


def test_another_route_ends_on_a_page_that_names_what_is_missing(chief: User) -> None:
    def publish(request: HttpRequest) -> HttpResponse:
        raise PublishBlocked([Blocker("title", "缺少起草说明。")])

    request = RequestFactory().post("/cms/", headers={"referer": "http://testserver/cms/pages/3/"})
    request.user = chief
    middleware = PublishBlockedMiddleware(publish)
    with pytest.raises(PublishBlocked) as refusal:
        middleware(request)
    reply = middleware.process_exception(request, refusal.value)
    assert reply is not None
    page = reply.content.decode()
    assert (reply.status_code, "<li>缺少起草说明。</li>" in page) == (403, True)
    assert 'href="http://testserver/cms/pages/3/"' in page
    assert middleware.process_exception(request, ValueError()) is None


def test_the_way_back_leads_to_no_other_host(chief: User) -> None:
    request = RequestFactory().post("/cms/", headers={"referer": "http://example.com/"})
    request.user = chief
    reply = PublishBlockedMiddleware(lambda request: HttpResponse()).process_exception(
        request, PublishBlocked([])
    )
    assert reply is not None
    assert "example.com" not in reply.content.decode()


def test_a_workflows_approval_is_answered_with_what_is_missing(admin: Client, chief: User) -> None:
    page = make_draft(Phase.UPCOMING, live=False, explanation="")
    task = GroupApprovalTask.objects.create(name="审核")
    workflow = Workflow.objects.create(name="发布审核")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    state = workflow.start(page, chief)
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    reply = admin.post(address, {"comment": ""})
    assert (reply.status_code, "缺少起草说明" in reply.content.decode()) == (403, True)


def test_the_check_before_publishing_names_the_tab_of_each_field(admin: Client) -> None:
    draft = make_draft(Phase.UPCOMING, live=False, explanation="", category="", closing_day=None)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    words = " ".join(admin.get(address).content.decode().split())
    for message in (
        "请选择决策事项类别。（在“草案”页签）",
        "请填写起草说明或选择解读页面。（在“依据与说明”页签）",
        "请填写开始日期和截止日期。（在“期限”页签）",
    ):
        assert message in words
    closed = make_draft(Phase.CLOSED)
    make_opinion(closed)
    result = create_result(draft=closed, user=None)
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[result.pk])).content.decode()
    assert "请先在“意见办理”中办理。</li>" in page
