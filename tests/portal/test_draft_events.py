"""The draft's page shows what people can come to about it, from one query, and turns in time."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from openday.enums import EventKind
from openday.models import EventPage, EventSubject, Session
from openday.services.sessions import cancel_session
from portal.draft_events import events_about
from tests.factories.consultation import make_draft
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_session,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> DecisionDraftPage:
    return make_draft(Phase.OPEN, closing_in=30)


def make_about(
    draft: DecisionDraftPage, title: str = "便民服务听证会", *, days: int = 20, live: bool = True
) -> Session:
    event = make_event(title=title, kind=EventKind.HEARING)
    starts_at = timezone.now() + timedelta(days=days)
    session = make_session(event, starts_at=starts_at)
    make_group(session)
    event.subjects = [EventSubject(subject=draft.page_ptr)]
    if live:
        publish(event)
    else:
        event.save_revision()
        event.save()
    return session


def titles(draft: DecisionDraftPage) -> list[str]:
    return [about.page.title for about in events_about(draft)]


def test_the_nearest_to_come_is_first_and_the_past_follow(draft: DecisionDraftPage) -> None:
    for title, days in (("后天", 22), ("今天", 20), ("更早", -9), ("早些", -8)):
        make_about(draft, title, days=days)
    assert titles(draft) == ["今天", "后天", "早些", "更早"]
    assert [about.is_past for about in events_about(draft)] == [False, False, True, True]


def test_it_is_past_when_the_last_session_ends(draft: DecisionDraftPage) -> None:
    session = make_about(draft)
    with time_machine.travel(session.ends_at - timedelta(seconds=1), tick=False):
        assert [about.is_past for about in events_about(draft)] == [False]
    with time_machine.travel(session.ends_at, tick=False):
        assert [about.is_past for about in events_about(draft)] == [True]


def test_a_cancelled_one_says_so(draft: DecisionDraftPage) -> None:
    session = make_about(draft)
    officer = make_officer_of(session.event)
    cancel_session(session=session, user=officer, reason="暴雨")
    assert [about.is_cancelled for about in events_about(draft)] == [True]
    assert "已取消" in Client().get(draft.url).content.decode()


def test_other_drafts_and_unpublished_and_private_events_are_not_shown(
    draft: DecisionDraftPage,
) -> None:
    make_about(make_draft(Phase.OPEN))
    make_about(draft, live=False)
    private = make_about(draft).event
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=private.page_ptr, restriction_type=login)
    assert titles(draft) == []
    assert "相关活动" not in Client().get(draft.url).content.decode()


def test_an_event_about_the_result_belongs_to_the_draft() -> None:
    draft = make_draft(Phase.ANSWERED)
    make_about(draft.result, "座谈")
    assert titles(draft) == ["座谈"]


def test_one_query_for_one_and_for_three(
    draft: DecisionDraftPage, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        make_about(draft)
        with django_assert_num_queries(1):  # type: ignore[operator] # a pytest-django fixture
            events_about(draft)


def test_a_cached_draft_turns_when_an_event_is_published(
    draft: DecisionDraftPage, django_capture_on_commit_callbacks: Any
) -> None:
    def shown() -> str:
        return Client().get(draft.url).content.decode()

    before = shown()
    with django_capture_on_commit_callbacks(execute=True):
        session = make_about(draft)
    after = shown()
    assert ("相关活动" in before, session.event.title in after) == (False, True)
    assert session.event.url in after
    with django_capture_on_commit_callbacks(execute=True):
        EventPage.objects.get(pk=session.event_id).unpublish()
    assert "相关活动" not in shown()


def test_a_draft_that_is_cached_stays_until_then(draft: DecisionDraftPage) -> None:
    """The control: nothing was committed, so nothing is forgotten."""
    before = Client().get(draft.url).content
    make_about(draft)
    assert Client().get(draft.url).content == before
