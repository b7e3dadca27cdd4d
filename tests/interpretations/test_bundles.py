"""Joint releases: what they hold, who approves them, and that all of it is public or none (P1)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.bundle_steps import waiting_states
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle
from interpretations.services.bundle_release import publish_bundle
from interpretations.services.bundles import (
    change_bundle,
    create_bundle,
    revoke_bundle,
    take_back_bundle,
)
from publishing.review.approvals import sign_offs
from tests.factories.explaining import make_interpretation
from tests.factories.interpretations import make_policy
from tests.factories.releasing import (
    Pair,
    approve_step,
    approved,
    edited,
    hand_in,
    make_pair,
    make_releasing_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def steps(bundle: ReleaseBundle) -> list[str]:
    entries = ModelLogEntry.objects.filter(
        object_id=str(bundle.pk), content_type__model="releasebundle"
    )
    return [row.action.removeprefix("interpretations.bundle_") for row in entries.order_by("pk")]


def test_both_are_public_or_neither(pair: Pair) -> None:
    hand_in(pair)
    assert (pair.live, approve_step(pair).state) == ([False, False], BundleState.IN_REVIEW)
    assert approve_step(pair).state == BundleState.APPROVED
    assert pair.live == [False, False]
    done = publish_bundle(bundle=pair.bundle, user=pair.office.second)
    assert (pair.live, done.state, done.published_by) == (
        [True, True],
        BundleState.PUBLISHED,
        pair.office.second,
    )
    assert steps(done) == ["created", "handed_in", "step", "approved", "published"]
    assert BundleMember.objects.filter(is_active=True).count() == 0


def test_what_is_signed_is_each_pages_content(pair: Pair) -> None:
    approved(pair)
    for page in pair.pages:
        latest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert [one.holds for one in sign_offs(latest)] == [True, True]


def test_an_edit_after_the_approval_is_refused(pair: Pair) -> None:
    approved(pair)
    edited(pair.explained, summary="批准以后改过。")
    with pytest.raises(BundleRefused) as refusal:
        publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert refusal.value.message == f"改动过：“{pair.explained.title}”，请收回后重新送审。"
    assert (pair.live, pair.bundle.state) == ([False, False], BundleState.APPROVED)


def test_taken_back_it_is_approved_anew(pair: Pair) -> None:
    approved(pair)
    take_back_bundle(bundle=pair.bundle, user=pair.office.editor)
    with pytest.raises(StateChanged):
        publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    edited(pair.policy, pair.office.editor, summary="改好了。")
    approved(pair)
    publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert Page.objects.get(pk=pair.policy.pk).specific.summary == "改好了。"


def test_new_revisions_of_public_pages_go_out_too(pair: Pair) -> None:
    publish_bundle(bundle=approved(pair).bundle, user=pair.office.reviewer)
    pages = []
    for page in pair.pages:
        edited(page, pair.office.editor, summary="第二次。")
        pages.append(type(page).objects.get(pk=page.pk))
    again = create_bundle(title="再版", pages=pages, user=pair.office.editor)
    second = Pair(pair.office, pages[0], pages[1], again)
    assert [page.summary == "第二次。" for page in pages] == [False, False]
    publish_bundle(bundle=approved(second).bundle, user=pair.office.reviewer)
    stored = [type(page).objects.get(pk=page.pk) for page in pages]
    assert [(one.summary, one.has_unpublished_changes) for one in stored] == [
        ("第二次。", False)
    ] * 2


def test_a_page_is_in_one_active_release(pair: Pair) -> None:
    with pytest.raises(BundleRefused, match="已经在同步发布“停车办法和解读”里"):
        create_bundle(title="另一个", pages=[pair.policy], user=pair.office.editor)
    with pytest.raises(IntegrityError):
        BundleMember.objects.create(
            bundle=ReleaseBundle.objects.create(title="另一个", unit=pair.office.unit),
            page=pair.policy.page_ptr,
            title="抢",
        )


def test_a_revoked_release_lets_its_pages_go() -> None:
    pair = make_pair()
    revoke_bundle(bundle=pair.bundle, reason="不发了", user=pair.office.editor)
    assert create_bundle(title="又一个", pages=pair.pages, user=pair.office.editor).pk
    with pytest.raises(StateChanged):
        revoke_bundle(bundle=pair.bundle, reason="再撤", user=pair.office.editor)


def test_only_what_fits_is_taken_in(pair: Pair) -> None:
    stranger = make_policy(unit=make_releasing_office("农业办").unit, live=False)
    user = pair.office.editor
    with pytest.raises(BundleRefused, match="同一个单位"):
        create_bundle(title="两家", pages=[stranger, make_policy(live=False)], user=user)
    with pytest.raises(BundleRefused, match="同一个单位"):
        change_bundle(bundle=pair.bundle, title="两家", pages=[*pair.pages, stranger], user=user)
    column = pair.policy.get_parent()
    with pytest.raises(BundleRefused, match="不能放进同步发布"):
        change_bundle(bundle=pair.bundle, title="栏目", pages=[column], user=user)
    assert pair.bundle.members.count() == 2


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("one page", "至少要有两个页面"),
        ("no changes", "已经发布，没有改动"),
        ("incomplete", "缺少发文字号"),
        ("expired", "到期时间已过"),
        ("unexplained", "需要解读，不能单独发布"),
        ("deleted", "页面已被删除"),
    ],
)
def test_handing_in_names_what_is_missing(case: str, told: str) -> None:
    office = make_releasing_office(reviewed=False)
    pair = make_pair(office)
    pages = {
        "one page": [pair.policy],
        "no changes": [*pair.pages, make_policy(unit=office.unit)],
        "unexplained": [pair.policy, make_policy(unit=office.unit, live=False)],
    }.get(case, pair.pages)
    change_bundle(bundle=pair.bundle, title="一", pages=pages, user=office.editor)
    if case == "incomplete":
        edited(pair.policy, document_number="")
    if case == "expired":
        edited(pair.policy, expire_at=timezone.now() - timedelta(days=1))
    if case == "deleted":
        Page.objects.get(pk=pair.explained.pk).delete()
    with pytest.raises(BundleRefused, match=told):
        hand_in(pair)
    pair.bundle.refresh_from_db()
    assert pair.bundle.state == BundleState.PREPARING


def test_a_pages_own_time_and_own_review_end_when_it_is_handed_in(pair: Pair) -> None:
    edited(pair.policy, pair.office.editor, go_live_at=timezone.now() + timedelta(days=1))
    pair.policy.refresh_from_db()
    pair.policy.get_latest_revision().publish()
    pair.explained.get_workflow().start(pair.explained, pair.office.second)
    told = hand_in(pair)
    assert [words.split("”")[1] for words in told] == [
        "单独设的发布时间已取消，随同步发布一起公布。",
        "原来单独的送审已撤回，随同步发布一起送审。",
    ]
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    assert pair.live == [False, False]
    while waiting_states(pair.bundle):
        approve_step(pair)
    publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert pair.live == [True, True]


def test_a_page_with_a_time_of_its_own_is_never_left_behind(pair: Pair) -> None:
    """A program may set it after the approval: that is no other content, so nobody is asked."""
    approved(pair)
    member = pair.bundle.members.get(page=pair.explained.pk)
    content = member.revision.as_object()
    content.go_live_at = timezone.now() + timedelta(days=1)
    content.save_revision(user=member.revision.user, overwrite_revision=member.revision)
    with pytest.raises(BundleRefused, match="单独设了发布时间"):
        publish_bundle(bundle=pair.bundle, user=pair.office.reviewer)
    assert pair.live == [False, False]


def test_unfinished_pages_show_nothing_of_their_fellows() -> None:
    """An interpretation alone is refused, and its release is no way around that."""
    pair = make_pair(make_releasing_office(reviewed=False))
    other = make_interpretation(make_policy(unit=pair.office.unit, live=False), live=False)
    pages = [*pair.pages, other]
    change_bundle(bundle=pair.bundle, title="三", pages=pages, user=pair.office.editor)
    with pytest.raises(BundleRefused, match="还没有公布"):
        hand_in(pair)
