"""A clause that changes flags what refers to it, and how that ends (issue 4, 2)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from interpretations.enums import StaleEnd, Validity
from interpretations.models import InterpretationPage, StaleItem
from interpretations.services.stale import StaleRefused, confirm_current
from publishing.clauses.blocks import raw_stream
from publishing.enums import Role
from publishing.models import User
from publishing.services import equip_unit
from tests.consultation.desk import make_officer
from tests.factories.consultation import make_clauses, make_draft
from tests.factories.consultation import publish_again as publish_draft_again
from tests.factories.explaining import (
    block,
    items,
    make_interpretation,
    make_interpretation_index,
    question,
    questions,
)
from tests.factories.explaining import fresh as fresh_page
from tests.factories.interpretations import make_policy, publish_policy_again
from tests.interpretations.films import make_video
from tests.interpretations.stale_cases import ALL_FORMS, Case, reworded, say, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("live", [True, False])
def test_each_part_that_refers_to_the_clause_is_flagged(live: bool) -> None:
    case = Case(live)
    old = case.clauses[1].text
    case.change()
    assert shown() == [(kind, title, "改过的文字。") for kind, title in ALL_FORMS]
    item = StaleItem.objects.waiting()[0]
    assert (item.old_clause.text, item.old_version, item.new_version) == (old, 1, 2)
    assert {piece.op for piece in item.pieces} >= {"insert", "delete"}


def test_a_film_is_called_by_its_title() -> None:
    clauses = [row for row in make_clauses() if row.commentable][:3]
    policy, film = make_policy(clauses=clauses), make_video(title="三分钟看懂停车新规")
    body = [block("video", video=film.pk, clauses=items(clauses[1].id))]
    make_interpretation(policy, body=body, live=False)
    say(policy, reworded(clauses, 1, "改过的文字。"))
    assert shown() == [("video", "三分钟看懂停车新规", "改过的文字。")]


def test_what_changed_elsewhere_flags_nothing() -> None:
    case = Case()
    case.change(place=2)
    assert shown() == []
    publish_policy_again(case.policy, index_number="TEST-2026-90001")
    assert shown() == []


def test_another_number_or_place_is_no_change_of_words() -> None:
    case = Case()
    rows = [replace(row, label=f"第{n}条") for n, row in enumerate(case.clauses, 7)]
    say(case.policy, [rows[1], rows[0], rows[2]])
    assert shown() == []


def test_another_policy_with_the_same_clauses_flags_nothing() -> None:
    case = Case()
    other = make_policy(clauses=case.clauses)
    say(other, reworded(case.clauses, 1, "别处改的。"))
    assert shown() == []


def test_a_clause_that_is_gone_is_said_to_be_gone() -> None:
    case = Case()
    say(case.policy, [case.clauses[0], case.clauses[2]])
    assert shown() == [(kind, title, None) for kind, title in ALL_FORMS]
    assert StaleItem.objects.waiting()[0].is_gone


def test_later_changes_renew_the_new_words_and_keep_the_oldest() -> None:
    case = Case()
    old = case.clauses[1].text
    case.change("第一次改。")
    case.change("第二次改。")
    found = {(row.old_clause.text, row.new_clause.text) for row in StaleItem.objects.waiting()}  # type: ignore[union-attr] # not gone
    versions = {(row.old_version, row.new_version) for row in StaleItem.objects.waiting()}
    assert (found, versions) == ({(old, "第二次改。")}, {(1, 3)})
    assert StaleItem.objects.count() == len(ALL_FORMS)


@pytest.mark.parametrize("gone", [False, True])
def test_a_change_back_closes_by_itself(gone: bool) -> None:
    case = Case()
    before = case.clauses
    say(case.policy, [before[0]] if gone else reworded(before, 1, "改。"))
    say(case.policy, before)
    assert shown() == []
    ends = set(StaleItem.objects.values_list("ended", "closed_by"))
    assert ends == {(StaleEnd.RESTORED, None)}


def test_a_draft_flags_as_a_policy_does() -> None:
    clauses = make_clauses()
    draft = make_draft(clauses=clauses)
    place = next(n for n, row in enumerate(clauses) if row.commentable)
    body = [questions(question("征求什么？", clauses=[clauses[place].id]))]
    make_interpretation(draft, body=body)
    publish_draft_again(draft, body=raw_stream(reworded(clauses, place, "草案改了。")))
    assert shown() == [("questions", "征求什么？", "草案改了。")]


def test_what_a_draft_of_a_live_page_adds_is_flagged_too() -> None:
    case = Case()
    page = fresh_page(case.page)
    third = case.clauses[2].id
    page.body = [*case.body, questions(question("新加的问？", clauses=[third]))]
    page.save_revision()
    case.change(place=2)
    assert shown() == [("questions", "新加的问？", "改过的文字。")]


def test_an_interpretation_that_a_draft_takes_for_the_policy_is_flagged() -> None:
    """The subject stands in the revision alone."""
    case = Case()
    other = make_policy(clauses=[replace(row, id=row.id[::-1]) for row in case.clauses])
    page = make_interpretation(other)
    page.subjects = [type(page.subjects.first())(subject=case.policy.page_ptr)]  # type: ignore[misc] # modelcluster's
    page.body = [questions(question("换了文件？", clauses=[case.clauses[1].id]))]
    page.save_revision()
    case.change()
    assert shown(page) == [("questions", "换了文件？", "改过的文字。")]


def test_publishing_unchanged_closes_nothing_and_an_edit_closes_its_part() -> None:
    case = Case()
    case.change()
    case.publish(title="只改了标题")
    assert len(shown()) == len(ALL_FORMS)
    body = fresh_page(case.page).body.raw_data
    body[1]["value"]["items"][0]["value"]["answer"] = "<p>收费。</p>"
    case.publish(body=list(body))
    assert [kind for kind, _title, _new in shown()] == ["comic", "story", "infographic", "change"]
    closed = StaleItem.objects.exclude(closed_at=None).get()
    assert (closed.ended, closed.kind) == (StaleEnd.EDITED, "questions")


def test_a_removed_part_or_reference_or_row_is_closed() -> None:
    case = Case()
    case.change()
    body = list(fresh_page(case.page).body.raw_data)
    body[0]["value"]["panels"][0]["value"]["clauses"] = []
    page = fresh_page(case.page)
    page.body, page.changes = body[:3], []  # type: ignore[misc] # modelcluster's
    page.differences = "<p>见条款。</p>"
    page.save_revision().publish()
    assert [kind for kind, _title, _new in shown()] == ["questions", "story"]


def test_a_draft_that_is_only_saved_closes_nothing() -> None:
    case = Case()
    case.change()
    page = fresh_page(case.page)
    page.body = []
    page.save_revision()
    assert len(shown()) == len(ALL_FORMS)


def test_a_validity_change_flags_all_of_it_and_back_closes() -> None:
    case = Case()
    publish_policy_again(
        case.policy, validity=Validity.REPEALED, validity_changed_on=timezone.localdate()
    )
    day = timezone.localdate()
    words = f"已废止（{day.year}年{day.month}月{day.day}日）"
    assert shown() == [("whole", case.page.title, words)]
    case.publish(title="改了标题")
    assert len(shown()) == 1
    publish_policy_again(case.policy, validity=Validity.VALID, validity_changed_on=None)
    assert shown() == []


def test_what_no_longer_explains_the_policy_is_closed() -> None:
    case = Case()
    case.change()
    other = make_policy(clauses=case.clauses)
    page = fresh_page(case.page)
    page.subjects = [type(page.subjects.first())(subject=other.page_ptr)]  # type: ignore[misc] # modelcluster's
    page.save_revision().publish()
    assert shown() == []


class Office:
    def __init__(self) -> None:
        self.case = Case()
        self.case.change()
        unit: Any = self.case.page.unit
        equip_unit(unit=unit, column=make_interpretation_index(unit))
        self.editor = make_officer(unit, Role.EDITOR)
        self.item = StaleItem.objects.waiting()[0]


def test_an_editor_confirms_and_the_log_says_so() -> None:
    office = Office()
    item = confirm_current(pk=office.item.pk, version=2, user=office.editor)
    assert (item.ended, item.closed_by) == (StaleEnd.CONFIRMED, office.editor)
    entry = PageLogEntry.objects.get(action="interpretations.stale_confirmed")
    assert (entry.page_id, entry.user) == (office.case.page.pk, office.editor)
    assert str(office.item) in entry.message
    with pytest.raises(StaleRefused, match="已经处理过"):
        confirm_current(pk=office.item.pk, version=2, user=office.editor)


def test_what_changed_since_it_was_shown_is_not_confirmed() -> None:
    office = Office()
    office.case.change("又改了。")
    with pytest.raises(StaleRefused, match="又有改动"):
        confirm_current(pk=office.item.pk, version=2, user=office.editor)
    assert len(shown()) == len(ALL_FORMS)


def test_another_unit_confirms_nothing() -> None:
    office = Office()
    stranger = User.objects.create_user("stranger", is_staff=True)
    with pytest.raises(StaleRefused, match="没有找到"):
        confirm_current(pk=office.item.pk, version=2, user=stranger)


def test_a_confirmed_part_is_flagged_by_the_next_change() -> None:
    office = Office()
    confirm_current(pk=office.item.pk, version=2, user=office.editor)
    office.case.change("再改。")
    again = StaleItem.objects.waiting().get(part=office.item.part)
    assert (again.old_clause.text, again.new_clause.text) == ("改过的文字。", "再改。")  # type: ignore[union-attr] # not gone


def test_one_row_waits_for_each_part_and_clause() -> None:
    Case().change()
    twin = StaleItem.objects.waiting()[0]
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_deleted_interpretation_takes_its_rows_along() -> None:
    case = Case()
    case.change()
    InterpretationPage.objects.get(pk=case.page.pk).delete()
    assert StaleItem.objects.count() == 0
