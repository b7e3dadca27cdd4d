"""Joint releases of a policy's next version: what was mended for it is not stale, what was left is;
and what neither a failed release nor settling a flag may leave behind."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from interpretations.bundle_refusals import BundleRefused
from interpretations.enums import StaleEnd
from interpretations.models import InterpretationPage, Leaflet, PublicQuestion, StaleItem
from interpretations.services import interpretations
from interpretations.services.bundle_release import publish_bundle
from interpretations.services.bundles import create_bundle
from interpretations.services.leaflets import current_digest
from interpretations.services.questions import rate_answer
from interpretations.services.stale import confirm_current
from publishing.clauses.blocks import raw_stream
from publishing.review.digest import digest
from tests.consultation.desk import signed_in
from tests.factories.consultation import make_clauses
from tests.factories.explaining import fresh, make_interpretation, question, questions
from tests.factories.interpretations import make_policy
from tests.factories.releasing import Pair, approved, edited, make_releasing_office
from tests.interpretations.leaflet_pages import made
from tests.interpretations.stale_cases import reworded, say, shown

pytestmark = pytest.mark.django_db


class Next:
    """A public policy of three clauses, the first two of which an interpretation explains, in an
    office whose releases need no sign-offs."""

    def __init__(self, live: bool = True) -> None:
        self.office = make_releasing_office(reviewed=False)
        self.clauses = [row for row in make_clauses() if row.commentable][:3]
        self.policy = make_policy(unit=self.office.unit, clauses=self.clauses)
        self.page = make_interpretation(self.policy, body=self.asked("不收。"), live=live)

    def asked(self, answer: str, *more: Any) -> list[Any]:
        """Two about the first clause, one about the second; the ids of the blocks stay."""
        first, second = self.clauses[0].id, self.clauses[1].id
        block = questions(
            question("收费吗？", f"<p>{answer}</p>", [first]),
            question("收多少？", clauses=[first]),
            question("几点开门？", clauses=[second]),
            *more,
        )
        block["id"] = "block"
        for place, item in enumerate(block["value"]["items"]):
            item["id"] = f"asked-{place}"
        return [block]

    def release(self, *pages: Any) -> Pair:
        """Approved, the policy with another first clause."""
        edited(self.policy, body=raw_stream(reworded(self.clauses, 0, "改过的文字。")))
        wanted = [type(page).objects.get(pk=page.pk) for page in (self.policy, *pages)]
        bundle = create_bundle(title="再版", pages=wanted, user=self.office.editor)
        return approved(Pair(self.office, wanted[0], wanted[1], bundle))

    def publish(self, pair: Pair) -> None:
        publish_bundle(bundle=pair.bundle, user=self.office.reviewer)


def test_what_was_mended_is_closed_and_what_was_left_is_flagged() -> None:
    case = Next()
    edited(case.page, body=case.asked("收费了。"))
    case.publish(case.release(case.page))
    assert shown() == [("questions", "收多少？", "改过的文字。")]
    closed = StaleItem.objects.exclude(closed_at=None).get()
    assert (closed.title, closed.ended) == ("收费吗？", StaleEnd.EDITED)


def test_a_part_that_was_added_for_the_next_version_is_not_stale() -> None:
    case = Next()
    added = question("新的收费从哪天起？", clauses=[case.clauses[0].id])
    edited(case.page, body=case.asked("收费了。", added))
    case.publish(case.release(case.page))
    assert [title for _kind, title, _new in shown()] == ["收多少？"]


def test_what_explains_the_next_version_from_its_first_day_is_not_stale() -> None:
    case = Next(live=False)
    case.publish(case.release(case.page))
    assert (fresh(case.page).live, StaleItem.objects.count()) == (True, 0)


def test_an_interpretation_beside_the_release_is_flagged_as_ever() -> None:
    case = Next()
    beside = [
        make_interpretation(case.policy, body=case.asked("不收。"), live=live)
        for live in (True, False)
    ]
    edited(case.page, body=case.asked("收费了。"))
    case.publish(case.release(case.page))
    assert [len(shown(page)) for page in (case.page, *beside)] == [1, 2, 2]


def test_a_release_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy is public with its flags, the questions are written: then something breaks."""
    case = Next()
    leaflet = made(case.page, case.office.editor)
    added = question("新的问题？", clauses=[case.clauses[0].id])
    edited(case.page, body=case.asked("收费了。", added))
    pair = case.release(case.page)
    before = (list(PublicQuestion.objects.values()), Leaflet.objects.get().digest)
    reached: list[int] = []

    def break_off(*, page: InterpretationPage) -> None:
        reached.append(StaleItem.objects.count())
        raise RuntimeError

    monkeypatch.setattr(interpretations, "end_exemptions", break_off)
    with pytest.raises(BundleRefused):
        case.publish(pair)
    assert (reached, StaleItem.objects.count()) == ([2], 0)
    assert (list(PublicQuestion.objects.values()), leaflet.digest) == before
    assert current_digest(fresh(case.page)) == leaflet.digest
    listed = Client().get("/explained/questions/").content.decode()
    assert ("新的问题？" in listed, "内容待更新" in listed) == (False, False)


def test_a_flag_is_settled_and_a_leaflet_made_while_a_release_holds_the_page() -> None:
    """Neither changes what was approved: the release goes out as it is."""
    case = Next()
    case.clauses = reworded(case.clauses, 1, "先改了第二条。")
    say(case.policy, case.clauses)
    edited(case.page, body=case.asked("收费了。"))
    pair = case.release(case.page)
    client, item = signed_in(case.office.reviewer), StaleItem.objects.waiting().get()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[case.page.pk])).content.decode()
    assert ("已经通过审查" in edit, f'value="{item.seen}"' in edit) == (True, True)
    client.post(reverse("stale:confirm"), {"item": item.seen})
    item.refresh_from_db()
    assert (item.ended, item.closed_by) == (StaleEnd.CONFIRMED, case.office.reviewer)
    client.post(reverse("leaflets:make", args=[case.page.pk]))
    assert Leaflet.objects.get().digest == current_digest(fresh(case.page))
    case.publish(pair)
    assert [title for _kind, title, _new in shown()] == ["收多少？"]
    assert Leaflet.objects.get().digest != current_digest(fresh(case.page))


def test_neither_settling_a_flag_nor_rating_nor_a_leaflet_changes_what_was_approved() -> None:
    case = Next()
    say(case.policy, reworded(case.clauses, 0, "改过的文字。"))

    def digests() -> list[str]:
        page = fresh(case.page)
        return [digest(page), digest(page.get_latest_revision_as_object())]

    before = digests()
    item = StaleItem.objects.waiting()[0]
    confirm_current(pk=item.pk, version=item.new_version, user=case.office.reviewer)
    rate_answer(question=PublicQuestion.objects.all()[0], is_useful=True)
    made(case.page, case.office.editor)
    assert PageLogEntry.objects.filter(action__startswith="interpretations.").count() == 2
    assert digests() == before
