"""Every address of interpretations × every role × own or another unit's page."""

import pytest
from django.test import Client
from django.urls import reverse

from interpretations.models import AnswerRating
from publishing.enums import Role
from publishing.models import Unit, User
from publishing.services import equip_unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, OK, answer, undone
from tests.factories.explaining import make_interpretation, make_interpretation_index
from tests.factories.interpretations import make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def equipped(name: str) -> Unit:
    unit = make_office(name)
    equip_unit(unit=unit, column=make_interpretation_index(unit))
    return unit


# Address, what is posted (None: GET), the answer to editor, reviewer, front desk of the unit, and
# to each of them of another unit.
Row = tuple[str, dict[str, str] | None, object, object, object, object, object, object]
PAGES: list[Row] = [
    ("wagtailadmin_pages:edit", None, OK, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:history", None, OK, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:view_draft", None, OK, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:unpublish", None, NO, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:unpublish", {}, NO, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:delete", None, NO, OK, NO, NO, NO, NO),
]


def test_an_interpretation_is_for_its_unit() -> None:
    here, there = equipped("党政办"), equipped("农业办")
    page = make_interpretation(make_policy(unit=here), unit=here)
    clients = [signed_in(make_officer(unit, role)) for unit in (here, there) for role in Role]
    wanted, got = {}, {}
    for name, data, *answers in PAGES:
        case = f"{name} {'GET' if data is None else 'POST'}"
        address = reverse(name, args=[page.pk])
        wanted[case] = [*answers, AWAY]
        got[case] = [undone(client, address, data) for client in [*clients, Client()]]
    assert got == wanted


def test_clauses_are_offered_to_staff_who_may_read_the_page() -> None:
    here, there = equipped("党政办"), equipped("农业办")
    open_, shut = make_policy(unit=here), make_policy(unit=here, live=False)
    clients = [signed_in(make_officer(unit, role)) for unit in (here, there) for role in Role]
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    address = reverse("interpretation_clauses")
    for page, seen in ((open_, [True] * 7), (shut, [False] * 6 + [True])):
        replies = [one.get(f"{address}?page={page.pk}").json() for one in [*clients, chief]]
        assert [bool(reply["clauses"]) for reply in replies] == seen
    assert answer(Client(), f"{address}?page={open_.pk}") == AWAY


def test_the_public_rates_and_reads_and_nobody_changes_by_reading() -> None:
    """The same for all: anonymous, staff of any unit."""
    page = make_interpretation()
    row = page.public_questions.get()
    rate = reverse("rate_answer", args=[page.pk, row.anchor])
    thanks = reverse("answer_rated", args=[page.pk, row.anchor])
    clients = [Client(), signed_in(make_officer(equipped("党政办"), Role.EDITOR))]
    gets = [[one.get(path).status_code for path in (rate, thanks)] for one in clients]
    assert gets == [[405, 200]] * 2
    assert AnswerRating.objects.count() == 0
    ours = {"Origin": "http://testserver"}
    assert [one.post(rate, {"useful": "yes"}, headers=ours).status_code for one in clients] == [
        302
    ] * 2
    assert [one.post(thanks, {}, headers=ours).status_code for one in clients] == [405] * 2
