"""Every address of joint releases × every role × own or another unit's; what the screens say."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from consultation.enums import Phase
from consultation.services.results import create_result
from interpretations.bundle_steps import waiting_states
from interpretations.enums import BundleState
from interpretations.models import InterpretationExemption, ReleaseBundle
from interpretations.services.bundle_release import note_failure, schedule_bundle
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, NONE, OK, undone
from tests.factories.consultation import make_draft
from tests.factories.explaining import make_interpretation
from tests.factories.interpretations import make_policy
from tests.factories.releasing import (
    Pair,
    approved,
    edited,
    hand_in,
    make_pair,
    make_releasing_office,
)
from tests.factories.reviewing import APPROVALS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Name, arguments, what is posted (None: GET); the answer to editor, reviewer, front desk of the
# unit, to each of them of another unit, and to an administrator.
Row = tuple[str, dict[str, str], dict[str, str] | None, list[object]]
READ: list[object] = [OK, OK, NONE, NONE, NONE, NONE, OK]
PUBLISH: list[object] = [NONE, OK, NONE, NONE, NONE, NONE, OK]
PAGES: list[Row] = [
    ("bundles:new", {}, None, [OK, OK, NO, OK, OK, NO, OK]),
    ("bundles:new", {}, {"title": ""}, [422, 422, NO, 422, 422, NO, 422]),
    ("bundles:show", {"pk": ""}, None, READ),
    ("bundles:change", {"pk": ""}, None, READ),
    ("bundles:change", {"pk": ""}, {"title": ""}, [422, 422, *[NONE] * 4, 422]),
    ("bundles:decide", {"pk": ""}, {"approve": "1"}, READ),
    ("bundles:step", {"pk": "", "step": "hand-in"}, {}, READ),
    ("bundles:step", {"pk": "", "step": "take-back"}, {}, READ),
    ("bundles:step", {"pk": "", "step": "revoke"}, {"reason": "不发了"}, READ),
    ("bundles:step", {"pk": "", "step": "publish"}, {}, PUBLISH),
    ("bundles:step", {"pk": "", "step": "schedule"}, {"publish_at": "2030-01-01 09:00"}, PUBLISH),
    ("bundles:step", {"pk": "", "step": "unschedule"}, {}, PUBLISH),
    ("bundles:exempt", {"policy": ""}, None, PUBLISH),
    (
        "bundles:exempt",
        {"policy": ""},
        {"reason": "汛期应急", "until": "2030-01-01"},
        PUBLISH,
    ),
    ("release_bundle:index", {}, None, [OK, OK, NO, OK, OK, NO, OK]),
    ("release_bundle:index_results", {}, None, [OK, OK, NO, OK, OK, NO, OK]),
]
POST_ONLY = ["bundles:decide", "bundles:step"]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def address_of(name: str, wanted: dict[str, str], pair: Pair) -> str:
    keys = {"pk": pair.bundle.pk, "policy": pair.policy.pk}
    named = {key: keys.get(key, value) for key, value in wanted.items()}
    if "policy" in named:
        named = {"pk": named["policy"]}
    return reverse(name, kwargs=named)


def test_a_release_is_for_its_unit(pair: Pair) -> None:
    there = make_office("农业办")
    people = [make_officer(unit, role) for unit in (pair.office.unit, there) for role in Role]
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    clients = [signed_in(user) for user in [*people, chief]]
    wanted, got = {}, {}
    for name, keys, data, answers in PAGES:
        case = f"{name} {keys.get('step', '')} {'GET' if data is None else 'POST'}"
        address = address_of(name, keys, pair)
        wanted[case] = [*answers, AWAY]
        got[case] = [undone(client, address, data) for client in [*clients, Client()]]
    assert got == wanted


def test_every_address_stands_in_the_table() -> None:
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    spaces = {getattr(space, "app_name", ""): space for space in cms.url_patterns}
    named = {row[0] for row in PAGES}
    found = {
        f"{space}:{pattern.name}"
        for space in ("bundles", "release_bundle")
        for pattern in spaces[space].url_patterns
    }
    assert found == named


def test_steps_are_posted(pair: Pair) -> None:
    client = signed_in(pair.office.reviewer)
    for name in POST_ONLY:
        keys = {"pk": "", "step": "publish"} if name.endswith("step") else {"pk": ""}
        assert client.get(address_of(name, keys, pair)).status_code == 405


def test_a_step_that_is_unknown_or_a_number_that_is_none_is_no_page(pair: Pair) -> None:
    client = signed_in(pair.office.reviewer)
    base = reverse("release_bundle:index")
    for path in (f"{pair.bundle.pk}/explode/", "99999999999999999999/", "x/"):
        assert client.post(f"{base}{path}").status_code == 404
    assert client.get(f"{base}?unit=99999999999999999999&state=x").status_code == 200
    assert client.get(f"{reverse('bundles:new')}?policy=x").status_code == 200


def test_another_units_pages_are_neither_offered_nor_taken(pair: Pair) -> None:
    mine = make_releasing_office("农业办", reviewed=False)
    own = make_policy(unit=mine.unit, live=False)
    stranger = make_policy(unit=pair.office.unit, live=False)
    client = signed_in(mine.editor)
    result = create_result(draft=make_draft(Phase.CLOSED, unit=pair.office.unit), user=None)
    html = client.get(reverse("bundles:new")).content.decode()
    shown = [page.title in html for page in (own, stranger, result)]
    assert shown == [True, False, False]
    data = {"title": "混在一起", "pages": [own.pk, stranger.pk]}
    assert client.post(reverse("bundles:new"), data).status_code == 422
    assert ReleaseBundle.objects.count() == 1
    begun = client.get(f"{reverse('bundles:new')}?policy={stranger.pk}")
    assert begun.context["form"].initial == {}


def test_from_a_policy_its_draft_interpretations_are_chosen() -> None:
    office = make_releasing_office(reviewed=False)
    policy = make_policy(unit=office.unit, live=False)
    pages = [policy, make_interpretation(policy, live=False)]
    client = signed_in(office.editor)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[policy.pk])).content.decode()
    address = f"{reverse('bundles:new')}?policy={policy.pk}"
    assert address in edit
    form = client.get(address).context["form"]
    assert [one.page.pk for one, is_chosen in form.rows if is_chosen] == [one.pk for one in pages]
    data = {"title": form["title"].value(), "pages": [page.pk for page in pages]}
    client.post(reverse("bundles:new"), data)
    made = ReleaseBundle.objects.get()
    assert set(made.members.values_list("page", flat=True)) == {page.pk for page in pages}
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[policy.pk])).content.decode()
    assert (reverse("bundles:show", args=[made.pk]) in edit, address in edit) == (True, False)


def post(user: User, name: str, pair: Pair, data: dict[str, Any], **keys: str) -> str:
    address = reverse(name, kwargs={"pk": pair.bundle.pk, **keys})
    return signed_in(user).post(address, data, follow=True).content.decode()


def test_the_whole_way_by_clicks(pair: Pair) -> None:
    office = pair.office
    assert "已送审" in post(office.editor, "bundles:step", pair, {}, step="hand-in")
    for kind in ("privacytask", "secrecytask"):
        states = [state.pk for _member, state in waiting_states(pair.bundle)]
        said = {"state": states, "approve": "1", **APPROVALS[kind]}
        refused = post(office.editor, "bundles:decide", pair, said)
        assert "不由您办理" in refused
        told = post(office.reviewer, "bundles:decide", pair, said)
    assert "全部页面已通过" in told
    told = post(office.reviewer, "bundles:step", pair, {"publish_at": "昨天"}, step="schedule")
    assert "时间应写成" in told
    told = post(
        office.reviewer, "bundles:step", pair, {"publish_at": "2099-01-01 09:00"}, step="schedule"
    )
    assert "定于2099年1月1日09:00一起发布" in told
    assert "的全部页面已发布" in post(office.reviewer, "bundles:step", pair, {}, step="publish")
    assert pair.live == [True, True]
    assert "不能发布" in post(office.reviewer, "bundles:step", pair, {}, step="publish")


def test_whom_a_workflow_asks_from_outside_of_the_unit_sees_it_and_decides(pair: Pair) -> None:
    outsider = make_officer(make_office("保密办"), Role.REVIEWER)
    address = reverse("bundles:show", args=[pair.bundle.pk])
    hand_in(pair)
    assert signed_in(outsider).get(address).status_code == 404
    workflow = pair.policy.get_workflow()
    assert workflow
    for task in workflow.tasks:
        task.specific.groups.set(outsider.groups.all())
    states = [state.pk for _member, state in waiting_states(pair.bundle)]
    said = {"state": states, "approve": "1", **APPROVALS["privacytask"]}
    assert "这一步已通过" in post(outsider, "bundles:decide", pair, said)
    assert signed_in(outsider).post(f"{address}publish/").status_code == 404


def test_sent_back_by_a_click_and_revoked(pair: Pair) -> None:
    hand_in(pair)
    states = [state.pk for _member, state in waiting_states(pair.bundle)]
    said = {"state": states, "reject": "1", "comment": ""}
    told = post(pair.office.reviewer, "bundles:decide", pair, said)
    assert "请写明退回的理由" in told
    told = post(pair.office.reviewer, "bundles:decide", pair, {**said, "comment": "重写"})
    assert ("已退回编辑修改" in told, "退回：重写" in told) == (True, True)
    assert "请写明撤销的理由" in post(pair.office.editor, "bundles:step", pair, {}, step="revoke")
    reason = {"reason": "不发了"}
    assert "撤销：不发了" in post(pair.office.editor, "bundles:step", pair, reason, step="revoke")


def test_an_author_reads_why_he_is_not_asked(pair: Pair) -> None:
    edited(pair.explained, pair.office.reviewer, summary="我改过。")
    hand_in(pair)
    html = signed_in(pair.office.reviewer).get(reverse("bundles:show", args=[pair.bundle.pk]))
    assert "其中有页面您编辑过或送审了" in html.content.decode()


def test_the_screen_names_what_is_missing_and_what_was_found(pair: Pair) -> None:
    edited(pair.policy, pair.office.editor, document_number="", summary="请打13800001234。")
    client = signed_in(pair.office.editor)
    html = client.get(reverse("bundles:show", args=[pair.bundle.pk])).content.decode()
    assert ("缺少发文字号" in html, "<mark>13800001234</mark>" in html) == (True, True)
    assert ("还没有公布：请先公布" in html, "只能和其他页面" in html) == (False, False)


def test_a_failure_is_on_the_screen_in_the_list_and_on_the_first_page(pair: Pair) -> None:
    approved(pair)
    at = timezone.now() + timedelta(hours=1)
    bundle = schedule_bundle(bundle=pair.bundle, at=at, user=pair.office.reviewer)
    note_failure(bundle=bundle, reason="改动过：“甲”，请收回后重新送审。")
    client = signed_in(pair.office.editor)
    for address in (
        reverse("bundles:show", args=[bundle.pk]),
        reverse("wagtailadmin_home"),
    ):
        assert "改动过：“甲”" in client.get(address).content.decode()
    listed = client.get(f"{reverse('release_bundle:index')}?failed=1").content.decode()
    assert "到时间没有发布成功" in listed
    stranger = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    assert "改动过：“甲”" not in stranger.get(reverse("wagtailadmin_home")).content.decode()


def test_the_list_takes_no_more_queries_for_more_rows(pair: Pair) -> None:
    client = signed_in(pair.office.editor)

    def queries() -> int:
        client.get(reverse("release_bundle:index"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("release_bundle:index"))
        return len(seen)

    with_one = queries()
    for number in range(3):
        ReleaseBundle.objects.create(title=f"第{number}个", unit=pair.office.unit)
    assert queries() == with_one


def test_an_exemption_by_clicks(pair: Pair) -> None:
    client = signed_in(pair.office.reviewer)
    address = reverse("bundles:exempt", args=[pair.policy.pk])
    assert client.post(address, {"reason": "", "until": "明天"}).status_code == 422
    reply = client.post(address, {"reason": "汛期应急", "until": "2099-01-01"}, follow=True)
    assert "解读最迟2099年1月1日公布" in reply.content.decode()
    row = InterpretationExemption.objects.get()
    assert (row.granted_by, row.reason) == (pair.office.reviewer, "汛期应急")
    assert "汛期应急" in client.get(address).content.decode()


def test_a_look_changes_nothing(pair: Pair) -> None:
    hand_in(pair)
    client = signed_in(pair.office.reviewer)
    with CaptureQueriesContext(connection) as seen, transaction.atomic():
        client.get(reverse("bundles:show", args=[pair.bundle.pk]))
    written = [q["sql"] for q in seen if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    pair.bundle.refresh_from_db()
    assert pair.bundle.state == BundleState.IN_REVIEW
