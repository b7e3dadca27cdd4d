"""The pages of the review: who sees what, and each step as people click it."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page

from consultation.models import DecisionDraftPage
from publishing.enums import Role
from publishing.models import FindDecision, ReviewRule, User
from publishing.review.finds import finds_of
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, NONE, OK, let_in, undone
from tests.factories.reviewing import (
    APPROVALS,
    ReviewedOffice,
    hand_in,
    is_live,
    make_member,
    make_reviewed_office,
    written_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE = "13800001234"

# Address, what is posted (None: GET), then what it answers, once the page waits for its review, to
# its editor (locked out), the reviewer, the front desk, another unit's reviewer, an administrator.
GET = None
ROWS: list[tuple[str, dict[str, object] | None, list[object]]] = [
    ("show", GET, [OK, OK, NO, NO, OK, AWAY]),
    ("mask", {}, [NO, OK, NO, NO, OK, AWAY]),
    ("keep", {}, [NO, OK, NO, NO, OK, AWAY]),
    ("decide", {}, [OK, OK, NO, NO, OK, AWAY]),
]


def address_of(name: str, page: Page) -> str:
    return reverse(f"review:{name}", args=[page.pk])


def waiting(office: ReviewedOffice, **fields: object) -> DecisionDraftPage:
    draft = written_draft(office, **{"summary": f"请打{PHONE}。", **fields})
    hand_in(draft, office.editor)
    return latest(draft)


def latest(page: Page) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def shown(client: Client, address: str, data: dict[str, object] | None = None) -> str:
    reply = client.post(address, data, follow=True) if data is not None else client.get(address)
    return reply.content.decode()


def approving(page: Page, kind: str) -> dict[str, object]:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    return {**APPROVALS[kind], "state": state.pk, "approve": "1"}


def test_who_gets_what() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    people = [
        office.editor,
        office.reviewer,
        make_officer(office.unit, Role.FRONT_DESK),
        make_member(make_office("农业办"), Role.REVIEWER, "stranger"),
        User.objects.create_superuser("chief", "chief@example.com", "x"),
    ]
    clients = [*map(signed_in, people), Client()]
    got = {
        name: [undone(client, address_of(name, draft), data, let_in) for client in clients]
        for name, data, _wanted in ROWS
    }
    assert got == {name: wanted for name, _data, wanted in ROWS}


def test_every_address_stands_in_the_table() -> None:
    spaces = get_resolver().url_patterns
    cms = next(space for space in spaces if str(space.pattern) == "cms/")
    review = next(s for s in cms.url_patterns if getattr(s, "app_name", "") == "review")
    assert {pattern.name for pattern in review.url_patterns} == {name for name, *_more in ROWS}


def test_pages_that_take_no_part_have_no_review() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    assert let_in(chief, address_of("show", draft.get_parent())) == NONE
    assert let_in(chief, reverse("review:show", args=[10**9])) == NONE


def test_a_look_changes_nothing_and_shows_the_number_in_its_context() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    page = shown(signed_in(office.reviewer), address_of("show", draft))
    assert f"…请打<mark>{PHONE}</mark>。…" in page
    assert draft.title in page
    assert "遮盖为 138****1234" in page
    assert latest(draft).latest_revision_id == draft.latest_revision_id


def test_the_reviewer_masks_approves_and_the_second_publishes() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    reviewer = signed_in(office.reviewer)
    refused = shown(reviewer, address_of("decide", draft), approving(draft, "privacytask"))
    assert "还有1处查到的个人信息没有处理" in refused
    (find,) = finds_of(draft)
    data = {"revision": draft.latest_revision_id, "find": find.name}
    assert "已遮盖" in shown(reviewer, address_of("mask", draft), data)
    passed = shown(reviewer, address_of("decide", draft), approving(draft, "privacytask"))
    assert "党政办个人信息审查已通过" in passed
    second = signed_in(office.second)
    done = shown(second, address_of("decide", draft), approving(draft, "secrecytask"))
    assert "审查全部通过，已发布" in done
    stored = DecisionDraftPage.objects.get(pk=draft.pk)
    assert (stored.live, stored.summary) == (True, "请打138****1234。")


def test_the_reviewer_keeps_what_must_be_public() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    (find,) = finds_of(draft)
    data = {"revision": draft.latest_revision_id, "find": find.name, "reason": "值班手机"}
    page = shown(signed_in(office.reviewer), address_of("keep", draft), data)
    assert "已记下保留的理由" in page
    assert "保留手机号（内容提要）138****1234，理由：值班手机" in page
    assert FindDecision.objects.get().reason == "值班手机"


def test_an_author_reads_why_not() -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.reviewer)
    own = signed_in(office.reviewer)
    assert "不能由您审查" in shown(own, address_of("show", draft))
    told = shown(own, address_of("decide", draft), approving(draft, "privacytask"))
    assert "请由其他审核人员办理" in told
    state = latest(draft).current_workflow_task_state
    step = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    said = APPROVALS["privacytask"]
    reply = own.post(step, said, headers={"x-requested-with": "XMLHttpRequest"})
    assert "请由其他审核人员办理" in reply.json()["html"]
    assert own.post(step, said).status_code == 403
    assert is_live(draft) is False


def test_an_author_may_not_say_that_a_number_stays() -> None:
    office = make_reviewed_office()
    draft = written_draft(office, summary=f"请打{PHONE}。")
    hand_in(draft, office.reviewer)
    (find,) = finds_of(latest(draft))
    data = {"revision": latest(draft).latest_revision_id, "find": find.name, "reason": "我的"}
    assert let_in(signed_in(office.reviewer), address_of("keep", draft), data) == NO
    assert FindDecision.objects.count() == 0


def test_a_locked_page_is_neither_masked_nor_decided_about() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=office.second)
    (find,) = finds_of(draft)
    data = {"revision": draft.latest_revision_id, "find": find.name, "reason": "值班手机"}
    reviewer = signed_in(office.reviewer)
    assert [let_in(reviewer, address_of(step, draft), data) for step in ("mask", "keep")] == [
        NO
    ] * 2
    assert FindDecision.objects.count() == 0


def test_sent_back_with_a_reason_and_not_without() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    state = draft.current_workflow_task_state
    reviewer = signed_in(office.reviewer)
    without = reviewer.post(address_of("decide", draft), {"state": state.pk, "reject": "1"})
    assert (without.status_code, "请写明退回的理由" in without.content.decode()) == (422, True)
    data = {"state": state.pk, "reject": "1", "comment": "第三条的电话请删去。"}
    assert "已退回编辑修改" in shown(reviewer, address_of("decide", draft), data)
    assert latest(draft).current_workflow_state.status == "needs_changes"


def test_the_form_comes_back_with_what_is_wrong() -> None:
    office = make_reviewed_office()
    draft = waiting(office)
    data = {**approving(draft, "privacytask"), "level": "lawful"}
    reply = signed_in(office.reviewer).post(address_of("decide", draft), data)
    assert (reply.status_code, "请写明依法公开" in reply.content.decode()) == (422, True)


def test_a_step_that_was_taken_meanwhile_is_told() -> None:
    office = make_reviewed_office()
    draft = waiting(office, summary="")
    data = approving(draft, "privacytask")
    first, second = signed_in(office.reviewer), signed_in(office.second)
    shown(first, address_of("decide", draft), data)
    assert "已经办理过" in shown(second, address_of("decide", draft), data)


def test_the_editor_names_the_finds_and_leads_to_them() -> None:
    office = make_reviewed_office()
    draft = written_draft(office, summary=f"请打{PHONE}。")
    page = shown(signed_in(office.editor), reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "有 1 处疑似个人信息" in page
    assert address_of("show", draft) in page


def test_an_administrator_sets_the_rule_and_the_workflows_follow() -> None:
    unit = make_office("党政办")
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    form = chief.get(reverse("review_rule:add")).content.decode()
    assert "决策草案" in form
    typed = {"site": unit.site.pk, "page_types": ["consultation.DecisionDraftPage"]}
    chief.post(reverse("review_rule:add"), typed)
    rule = ReviewRule.objects.get()
    assert (rule.page_types, rule.search_personal_data) == (typed["page_types"], False)
    assert "False" not in chief.get(reverse("review_rule:index")).content.decode()
    office = make_reviewed_office("农业办")
    draft = written_draft(office)
    assert len(draft.get_workflow().tasks) == 2
    assert let_in(signed_in(office.reviewer), reverse("review_rule:edit", args=[rule.pk])) == NO
