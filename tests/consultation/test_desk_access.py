"""Every address of the desk × every role × own or another unit's row: who gets what."""

from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse

from consultation.enums import Channel, Outcome, Phase, Review
from consultation.models import (
    DecisionDraftPage,
    Opinion,
    ReasonTemplate,
    Response,
    Submission,
    SubmissionAttachment,
)
from consultation.services.opinions import review_opinions
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, NONE, OK, address_of, let_in, undone
from tests.factories.consultation import make_draft, make_opinion, make_response, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass
class Office:
    """A unit with one row of everything."""

    unit: Unit
    draft: DecisionDraftPage
    pending: Opinion
    grouped: Opinion
    response: Response
    file: SubmissionAttachment
    entered: Submission
    template: ReasonTemplate
    staff: dict[Role, User]


def furnish(name: str) -> Office:
    unit = make_office(name)
    draft = make_draft(Phase.CLOSED, unit=unit, title=f"{name}的草案")
    pending, grouped = make_opinion(draft), make_opinion(draft)
    staff = {role: make_officer(unit, role) for role in Role}
    response = make_response([grouped], outcome="")
    file = SubmissionAttachment.objects.create(
        submission=pending.submission,
        name="照片.jpg",
        content_type="image/jpeg",
        size=4,
        sha256="0" * 64,
        file=ContentFile(b"\xff\xd8\xff\xd9", name="a.jpg"),
    )
    entered = make_submission(draft, "窗口登记的意见", channel=Channel.COUNTER)
    Submission.objects.filter(pk=entered.pk).update(entered_by=staff[Role.FRONT_DESK])
    template = ReasonTemplate.objects.create(
        outcome=Outcome.INVALID, title="无关", text="与草案无关。", unit=unit
    )
    return Office(unit, draft, pending, grouped, response, file, entered, template, staff)


# Address, what is posted (None: GET), then what it answers to the editor, reviewer, front desk of
# the unit; each of them in another unit gets what the last column says.
GET = None
ROWS: list[tuple[str, str, dict[str, object] | None, object, object, object, object]] = [
    ("desk:opinion", "pending", GET, OK, OK, OK, NONE),
    ("desk:reveal", "pending", {}, OK, OK, NO, NONE),
    ("desk:file", "file", GET, OK, OK, OK, NONE),
    ("desk:slip", "entered", GET, NONE, NONE, OK, NONE),
    ("desk:step review", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step unreview", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step withhold", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step split", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step undo-split", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step group", "pending", {}, OK, OK, NONE, NONE),
    ("desk:step ungroup", "grouped", {}, OK, OK, NONE, NONE),
    ("desk:response", "response", GET, OK, OK, OK, NONE),
    ("desk:response", "response", {"summary": ""}, OK, OK, NONE, NONE),
    ("desk:undo", "response", {}, OK, OK, NONE, NONE),
    ("desk:ungroup", "response", {}, OK, OK, NONE, NONE),
    ("desk:remove", "response", {}, OK, OK, NONE, NONE),
    ("desk:result", "draft", GET, OK, OK, NONE, NONE),
    ("desk:result", "draft", {}, OK, OK, NONE, NONE),
    ("reason_template:edit", "template", GET, OK, OK, NO, NO),
    ("reason_template:delete", "template", GET, OK, NO, NO, NO),
    ("reason_template:history", "template", GET, OK, OK, NO, NO),
    ("reason_template:history_results", "template", GET, OK, OK, NO, NO),
    ("reason_template:usage", "template", GET, OK, OK, NO, NO),
]
LISTS: list[tuple[str, object, object, object]] = [
    ("opinion:index", OK, OK, OK),
    ("opinion:index_results", OK, OK, OK),
    ("response:index", OK, OK, NO),
    ("response:index_results", OK, OK, NO),
    ("reason_template:index", OK, OK, NO),
    ("reason_template:index_results", OK, OK, NO),
    ("reason_template:add", OK, OK, NO),
    ("desk:enter", OK, NO, OK),
    ("desk:export", OK, OK, NO),
]


def test_a_row_is_for_its_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    own = {role: signed_in(here.staff[role]) for role in Role}
    strangers = {role: signed_in(there.staff[role]) for role in Role}
    wanted, got = {}, {}
    for name, row, data, *roles, other in ROWS:
        case = f"{name} {'GET' if data is None else 'POST'}"
        address = address_of(name, getattr(here, row))
        wanted[case] = [*roles, other, other, other, AWAY]
        clients = [*own.values(), *strangers.values(), Client()]
        got[case] = [undone(client, address, data, let_in) for client in clients]
    assert got == wanted


def test_a_list_shows_the_own_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    wanted, got = {}, {}
    for name, *roles in LISTS:
        wanted[name] = [*roles, AWAY]
        clients = [signed_in(here.staff[role]) for role in Role]
        got[name] = [let_in(client, reverse(name)) for client in [*clients, Client()]]
        for client in clients:
            shown = client.get(reverse(name)).content.decode()
            assert (there.draft.title in shown, there.unit.name in shown) == (False, False)
    assert got == wanted


def test_every_address_of_the_desk_stands_in_the_tables() -> None:
    spaces = get_resolver().url_patterns
    cms = next(space for space in spaces if str(space.pattern) == "cms/")
    found = set()
    for space in cms.url_patterns:
        if getattr(space, "app_name", "") in {"desk", "opinion", "response", "reason_template"}:
            found |= {f"{space.app_name}:{pattern.name}" for pattern in space.url_patterns}
    listed = {name.partition(" ")[0] for name, *_more in [*ROWS, *LISTS]}
    assert found == listed


@pytest.mark.parametrize(
    ("model", "action"),
    [
        ("opinion", "review"),
        ("opinion", "withhold"),
        ("opinion", "unreview"),
        ("opinion", "group"),
        ("opinion", "decide"),
        ("opinion", "ungroup"),
        ("response", "decide"),
    ],
)
def test_bulk_actions_reach_no_other_unit(model: str, action: str) -> None:
    here, there = furnish("党政办"), furnish("农业办")
    review_opinions(opinions=[there.pending], review=Review.REVIEWED, user=there.staff[Role.EDITOR])
    address = reverse("wagtail_bulk_action", args=["consultation", model, action])
    row = there.response if model == "response" else there.pending
    editor = signed_in(here.staff[Role.EDITOR])
    for chosen in (f"id={row.pk}", f"id=all&draft={there.draft.pk}"):
        page = editor.get(f"{address}?{chosen}")
        assert "所选内容中没有可以" in page.content.decode()
    before = list(Opinion.objects.filter(draft=there.draft).order_by("pk").values())
    editor.post(
        f"{address}?id={row.pk}",
        {
            "upto": 10**6,
            "note": "无",
            "outcome": "invalid",
            "reason": "无",
            "seen": f"{row.pk}:1",
        },
    )
    assert list(Opinion.objects.filter(draft=there.draft).order_by("pk").values()) == before
    assert Response.objects.get(pk=there.response.pk).revision == 1
    for role in (Role.FRONT_DESK,):
        assert let_in(signed_in(here.staff[role]), f"{address}?id={row.pk}") == NO


def test_an_export_holds_the_own_unit_alone() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    editor = signed_in(here.staff[Role.EDITOR])
    reply = editor.get(f"{reverse('desk:export')}?draft={there.draft.pk}")
    assert "共0条意见" in reply.content.decode()
    assert let_in(signed_in(here.staff[Role.FRONT_DESK]), reverse("desk:export"), {}) == NO


def test_an_officer_of_two_units_has_in_each_the_rights_of_that_group() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    officer = here.staff[Role.EDITOR]
    officer.groups.add(*there.staff[Role.FRONT_DESK].groups.all())
    client = signed_in(officer)
    assert let_in(client, reverse("desk:opinion", args=[there.pending.pk])) == OK
    assert let_in(client, reverse("desk:step", args=[there.pending.pk, "review"]), {}) == NONE
    assert let_in(client, reverse("desk:reveal", args=[there.pending.pk]), {}) == NO
    assert let_in(client, reverse("desk:reveal", args=[here.pending.pk]), {}) == OK


def test_an_editor_without_a_unit_sees_nothing() -> None:
    office = furnish("党政办")
    user = User.objects.create_user("loner", is_staff=True)
    group = office.staff[Role.EDITOR].groups.get()
    group.units.clear()
    user.groups.add(group)
    client = signed_in(user)
    assert let_in(client, reverse("opinion:index")) == NO
    assert let_in(client, reverse("desk:opinion", args=[office.pending.pk])) == NONE


def test_an_administrator_sees_every_unit() -> None:
    here, there = furnish("党政办"), furnish("农业办")
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    for office in (here, there):
        assert let_in(chief, reverse("desk:opinion", args=[office.pending.pk])) == OK
    shown = chief.get(reverse("opinion:index")).content.decode()
    assert here.draft.title in shown
    assert there.draft.title in shown
