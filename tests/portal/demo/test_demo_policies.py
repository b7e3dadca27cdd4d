"""The demo's policy came of its answered draft, replaced an older one, and ages with them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.models import DecisionDraftPage
from interpretations.enums import Validity
from interpretations.models import Leaflet, PolicyPage, PolicyVersion, StaleItem
from interpretations.policy_facts import facts_of
from interpretations.services.leaflets import current_digest
from portal.demo.loading import load
from portal.policy_links import origin_of
from portal.policy_redline import changes_from_draft
from publishing.models import User
from publishing.services.freezing import text_sha256

pytestmark = pytest.mark.slow
# Not the days since the publication, which would bring the dates back to where they began.
FIVE_DAYS = timedelta(days=5)


@pytest.fixture
def policy(loaded: None, db: None) -> PolicyPage:
    return PolicyPage.objects.get(slug="parking")


def assert_versions_say_what_the_pages_say() -> None:
    for version in PolicyVersion.objects.all():
        page = PolicyPage.objects.get(pk=version.policy_id)
        said = (version.title, version.clause_texts, version.attachments, version.facts)
        assert (version.facts, version.sha256) == (facts_of(page), text_sha256(*said))


def test_it_has_all_fields_and_lacks_nothing(policy: PolicyPage) -> None:
    draft = DecisionDraftPage.objects.get(slug="parking")
    assert (policy.publish_blockers(), policy.standing) == ([], Validity.VALID)
    assert policy.needs_interpretation
    days = [(timezone.localdate() - day).days for day in (policy.release_day, policy.written_on)]
    assert days == [12, 14]
    assert draft.result
    assert (policy.draft_id, policy.result_id, draft.result.final_page_id) == (
        draft.pk,
        draft.result.pk,
        policy.pk,
    )
    old = policy.replaced.get()
    assert (old.standing, old.live) == (Validity.REPEALED, True)
    assert_versions_say_what_the_pages_say()


def test_every_wording_that_was_adopted_is_in_the_policy(policy: PolicyPage) -> None:
    text = "".join(clause.full_text for clause in policy.clauses)
    origin = origin_of(policy)
    assert origin
    assert origin.result
    rows = origin.result.table or []
    wordings = [row["wording"].rstrip("。") for row in rows if row["wording"]]
    whole = [wording for wording in wordings if wording in text]
    # The others are woven into a sentence.
    assert (len(wordings), len(whole)) == (10, 6)
    changes = changes_from_draft(policy, origin)["rows"]
    changed = [row for row in changes if row.change.op == "changed"]
    spoken_of = [bool(row.answers) for row in changed if row.change.new.commentable]
    # Each but the title, which lost its 征求意见稿.
    assert (len(changed), spoken_of) == (11, [True] * 10)


def test_its_pages_lead_to_one_another(policy: PolicyPage) -> None:
    origin = origin_of(policy)
    assert origin
    pages = [policy, origin.draft, origin.result]
    redline = reverse("policy_redline", args=[policy.pk])
    for page in pages:
        html = Client().get(page.url).content.decode()  # type: ignore[union-attr] # they are there
        assert [other.url in html for other in pages] == [True] * 3  # type: ignore[union-attr] # as above
    html = Client().get(redline).content.decode()
    assert "<ins>，放学时段每次停车不超过十五分钟</ins>" in html or "放学时段" in html


def test_it_ages_with_its_draft(policy: PolicyPage) -> None:
    with time_machine.travel(timezone.now() + FIVE_DAYS):
        load()
        aged = PolicyPage.objects.get(pk=policy.pk)
        assert aged.written_on == policy.written_on + FIVE_DAYS  # type: ignore[operator] # set
        assert aged.release_day == policy.release_day + FIVE_DAYS  # type: ignore[operator] # set
        stored = aged.get_latest_revision_as_object()
        assert (stored.written_on, stored.publish_blockers()) == (aged.written_on, [])
        assert_versions_say_what_the_pages_say()
        stored.save_revision().publish()
        assert aged.versions.count() == 2


def test_a_mended_misprint_left_one_answer_to_be_looked_at(policy: PolicyPage) -> None:
    item = StaleItem.objects.waiting().get()
    assert (item.subject_id, item.title) == (policy.pk, "车长期停着不动，会怎样？")
    days = (timezone.localdate() - timezone.localdate(item.since)).days
    assert (days, item.old_version, item.new_version) == (9, 1, 2)
    marks = Client().get(item.page.url).content.decode().count("内容待更新")
    assert marks == 2  # at the top, and at the answer


def test_a_leaflet_is_there_that_says_what_the_page_says(policy: PolicyPage) -> None:
    leaflet = Leaflet.objects.select_related("page").get()
    unit = leaflet.page.unit
    assert (leaflet.digest, leaflet.number) == (current_digest(leaflet.page), 1)
    assert leaflet.made_by in User.objects.filter(groups__in=unit.groups.all())  # type: ignore[union-attr] # it has one
    with leaflet.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"


def test_editors_of_the_unit_write_policies(policy: PolicyPage) -> None:
    users = {name: User.objects.get(username=name) for name in ("editor", "reviewer")}
    may = {n: policy.permissions_for_user(user).can_edit() for n, user in users.items()}
    assert may == {"editor": False, "reviewer": True}
