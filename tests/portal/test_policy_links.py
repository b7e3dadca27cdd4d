"""Draft, result and policy lead to one another (rule D11), and show what changed between them."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from consultation.enums import Outcome, Phase
from consultation.models import DecisionDraftPage
from interpretations.models import PolicyPage
from openday.models import EventSubject
from portal.policy_links import final_texts, origin_of
from publishing.clauses.clause import fresh_id
from publishing.gates import PublishBlocked
from publishing.models import User
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_opinion,
    make_response,
    make_result,
)
from tests.factories.interpretations import make_policy
from tests.factories.openday import make_event, make_group, make_session, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> DecisionDraftPage:
    return make_draft(Phase.ANSWERED)


def read(address: str) -> str:
    reply = Client().get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def name_final(draft: DecisionDraftPage, page: Any) -> None:
    result = draft.result
    assert result
    result.final_page = page
    result.save_revision().publish()


def assert_they_lead_to_one_another(draft: DecisionDraftPage, policy: PolicyPage) -> None:
    assert draft.result
    pages = {page.url: read(page.url) for page in (draft, draft.result, policy)}
    for address, html in pages.items():
        others = pages.keys() - {address}
        assert {other for other in others if f'href="{other}"' in html} == others


def test_when_the_policy_names_its_draft(draft: DecisionDraftPage) -> None:
    assert_they_lead_to_one_another(draft, make_policy(draft=draft.page_ptr))


def test_when_the_policy_names_the_result_alone(draft: DecisionDraftPage) -> None:
    assert draft.result
    assert_they_lead_to_one_another(draft, make_policy(result=draft.result.page_ptr))


def test_when_only_the_result_names_its_final_text(draft: DecisionDraftPage) -> None:
    policy = make_policy()
    name_final(draft, policy.page_ptr)
    assert_they_lead_to_one_another(draft, policy)


def test_a_policy_is_named_once(draft: DecisionDraftPage) -> None:
    policy = make_policy(draft=draft.page_ptr)
    name_final(draft, policy.page_ptr)
    assert [page.pk for page in final_texts(draft)] == [policy.pk]


def test_what_is_not_public_is_neither_named_nor_compared(draft: DecisionDraftPage) -> None:
    hidden = make_policy(unit=draft.unit, draft=draft.page_ptr, live=False)
    private = make_policy(draft=draft.page_ptr)
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=private, restriction_type=login)
    assert final_texts(draft) == []
    for policy in (hidden, private):
        address = reverse("policy_redline", args=[policy.pk])
        assert Client().get(address).status_code == 404
    public = make_policy(draft=draft.page_ptr)
    draft.unpublish()
    assert origin_of(public) is None
    assert draft.title not in read(public.url)
    assert Client().get(reverse("policy_redline", args=[public.pk])).status_code == 404


def test_the_result_takes_a_policy_for_its_final_text_and_nothing_else(
    draft: DecisionDraftPage,
) -> None:
    with pytest.raises(PublishBlocked, match="最终文件须是政策文件页面"):
        name_final(draft, make_draft().page_ptr)
    chief = Client()
    chief.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    assert draft.result
    html = chief.get(reverse("wagtailadmin_pages:edit", args=[draft.result.pk])).content.decode()
    assert "interpretations.policypage" in html


def test_a_policy_without_a_draft_tells_nothing_of_its_making() -> None:
    policy = make_policy()
    assert "制定过程" not in read(policy.url)
    assert Client().get(reverse("policy_redline", args=[policy.pk])).status_code == 404
    assert Client().get(reverse("policy_redline", args=[10**9])).status_code == 404


def test_the_redline_follows_clauses_that_got_new_identities() -> None:
    clauses = make_clauses(3)
    draft = make_draft(Phase.ANSWERED, clauses=clauses)
    final = [replace(clause, id=fresh_id()) for clause in clauses]
    final[1] = replace(final[1], text=f"{final[1].text}节假日照常。")
    policy = make_policy(draft=draft.page_ptr, clauses=final)
    html = read(reverse("policy_redline", args=[policy.pk]))
    assert "有修改 1 处，未变 4 处" in html
    assert "<ins>节假日照常。</ins>" in html
    assert clauses[2].text not in html
    assert clauses[2].text in read(f"{reverse('policy_redline', args=[policy.pk])}?all=1")
    assert [clause.id for clause in policy.clauses] == [clause.id for clause in final]


def test_the_answers_that_caused_a_change_stand_beside_it() -> None:
    clauses = make_clauses(3)
    draft = make_draft(Phase.CLOSED, clauses=clauses)
    for place, outcome in ((1, Outcome.ADOPTED), (2, Outcome.NOT_ADOPTED)):
        opinion = make_opinion(draft, f"请改第{place}条。", clauses=[clauses[place].id])
        make_response([opinion], outcome=outcome)
    result = make_result(draft)
    final = [replace(clause, text=f"{clause.text}改") for clause in clauses[1:3]]
    policy = make_policy(result=result.page_ptr, clauses=[clauses[0], *final])
    html = read(reverse("policy_redline", args=[policy.pk]))
    assert "采纳的意见（第 1 项）：</b>请改第1条。" in html
    assert "请改第2条。" not in html


def test_events_about_a_policy_stand_on_its_page() -> None:
    policy = make_policy()
    event = make_event(title="政策宣讲会")
    make_group(make_session(event))
    event.subjects = [EventSubject(subject=policy.page_ptr)]
    publish(event)
    assert "政策宣讲会" in read(policy.url)
    assert policy.url in read(event.url)


def test_one_query_finds_the_final_texts(
    draft: DecisionDraftPage, django_assert_num_queries: Any
) -> None:
    counts = []
    for _round in range(3):
        make_policy(draft=draft.page_ptr)
        with django_assert_num_queries(2):
            # The barriers of private pages, and the policies.
            counts.append(len(final_texts(draft)))
    assert counts == [1, 2, 3]
