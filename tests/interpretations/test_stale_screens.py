"""What became stale, where people see it: the public page, the report, the editor, the first page.

Every address × role; a GET changes nothing.
"""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from interpretations.enums import Validity
from interpretations.models import StaleItem
from portal.stale_figures import stale_figures
from publishing.clauses.blocks import raw_stream
from publishing.enums import Role
from publishing.models import User
from publishing.services import equip_unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, answer
from tests.factories.explaining import (
    make_interpretation,
    make_interpretation_index,
    question,
    questions,
)
from tests.factories.interpretations import make_policy, publish_policy_again
from tests.interpretations.stale_cases import ALL_FORMS, Case

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return html.unescape(reply.content.decode())


def marks(case: Any) -> tuple[int, int, int]:
    """Items in the notice at the top, marks at parts, marks in the table of differences."""
    text = read(Client(), f"{case.page.url}?{StaleItem.objects.waiting().count()}")
    notice = re.findall(r'<aside class="notice.*?</aside>', text, re.DOTALL)
    listed = notice[0].count("<li>") if notice else 0
    return listed, text.count('class="stale-mark"'), text.count('class="stale-word"')


class Desk:
    """A stale interpretation of a unit, and people of it and of another one."""

    def __init__(self) -> None:
        self.case = Case()
        self.case.change()
        self.unit: Any = self.case.page.unit
        equip_unit(unit=self.unit, column=make_interpretation_index(self.unit))
        self.there = make_office("农业办")
        equip_unit(unit=self.there, column=make_interpretation_index(self.there))
        self.item = StaleItem.objects.waiting()[0]

    def client(self, role: Role = Role.EDITOR) -> Client:
        return signed_in(make_officer(self.unit, role))


def test_the_public_page_says_so_at_the_top_and_at_each_part() -> None:
    case, untouched = Case(), Case()
    case.change()
    assert (marks(case), marks(untouched)) == ((5, 4, 1), (0, 0, 0))
    text = read(Client(), case.page.url)
    link = f'<a href="{case.policy.url}#c-{case.clauses[1].id}">'
    notice = re.findall(r'<aside class="notice.*?</aside>', text, re.DOTALL)[0]
    assert notice.count(link) == 5


def test_a_clause_that_is_gone_is_not_linked() -> None:
    case = Case()
    publish_policy_again(case.policy, body=raw_stream(case.clauses[:1]))
    assert marks(case) == (5, 4, 1)
    notice = read(Client(), case.page.url).partition("内容待更新")[2].partition("</aside>")[0]
    assert (notice.count("已经删去"), notice.count("#c-")) == (5, 0)


def test_a_repealed_policy_is_named_for_the_whole_page() -> None:
    case = Case()
    day = timezone.localdate()
    publish_policy_again(case.policy, validity=Validity.REPEALED, validity_changed_on=day)
    assert marks(case) == (1, 0, 0)
    assert "有效性现在是“已废止" in read(Client(), case.page.url)


def test_what_a_draft_says_otherwise_already_has_no_mark_in_its_preview() -> None:
    desk = Desk()
    body = list(desk.case.page.body.raw_data)
    body[1]["value"]["items"][0]["value"]["answer"] = "<p>改好了。</p>"
    page = type(desk.case.page).objects.get(pk=desk.case.page.pk)
    page.body = body
    page.save_revision()
    text = read(desk.client(), reverse("wagtailadmin_pages:view_draft", args=[desk.case.page.pk]))
    assert text.count('class="stale-mark"') == 3


def test_confirming_takes_the_mark_from_a_page_that_was_cached(
    django_capture_on_commit_callbacks: Any,
) -> None:
    desk = Desk()
    visitor = Client()
    assert read(visitor, desk.case.page.url).count('class="stale-mark"') == 4
    with django_capture_on_commit_callbacks(execute=True):
        desk.client().post(reverse("stale:confirm"), {"item": desk.item.seen})
    assert read(visitor, desk.case.page.url).count('class="stale-mark"') == 3


@pytest.mark.parametrize(
    "data", [{}, {"item": ""}, {"item": "1"}, {"item": "²-1"}, {"item": "9-9"}]
)
def test_what_makes_no_sense_confirms_nothing(data: dict[str, str]) -> None:
    desk = Desk()
    reply = desk.client().post(reverse("stale:confirm"), data)
    assert (reply.status_code, StaleItem.objects.waiting().count()) == (302, len(ALL_FORMS))


def test_after_confirming_one_is_where_one_was_and_nowhere_else() -> None:
    desk = Desk()
    client, edit = desk.client(), reverse("wagtailadmin_pages:edit", args=[desk.case.page.pk])
    for way, wanted in ((edit, edit), ("https://example.com/", reverse("stale:report"))):
        reply = client.post(reverse("stale:confirm"), {"item": desk.item.seen, "next": way})
        assert reply["Location"] == wanted


def test_old_and_new_stand_side_by_side_in_the_report_and_in_the_editor() -> None:
    desk = Desk()
    client = desk.client()
    edit = reverse("wagtailadmin_pages:edit", args=[desk.case.page.pk])
    for address in (reverse("stale:report"), edit):
        text = read(client, address)
        assert text.count('class="desk-opinion-row stale-item"') == len(ALL_FORMS)
        assert (text.count("原来的文字"), text.count("现在的文字")) == (5, 5)
        assert ("<ins>" in text, "<del>" in text) == (True, True)
        assert text.count('form="stale-confirm" name="item"') == len(ALL_FORMS)
        form = re.search(r'<form id="stale-confirm" method="post"[^>]*>(.*?)</form>', text)
        assert form
        assert "csrfmiddlewaretoken" in form[1]


def test_the_form_stands_outside_of_the_editors() -> None:
    desk = Desk()
    edit = reverse("wagtailadmin_pages:edit", args=[desk.case.page.pk])
    text = read(desk.client(), edit)
    editor = text.index('id="page-edit-form"')
    assert text.index("</form>", editor) < text.index('id="stale-confirm"')


def test_other_pages_have_neither_panel_nor_form() -> None:
    desk = Desk()
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    edit = reverse("wagtailadmin_pages:edit", args=[desk.case.policy.pk])
    assert "stale-confirm" not in read(chief, edit)


def listed(client: Client, query: str = "") -> int:
    text = read(client, f"{reverse('stale:report_results')}{query}")
    return text.count('class="desk-opinion-row stale-item"')


def test_the_report_is_filtered_by_unit_and_state() -> None:
    desk = Desk()
    other = make_policy(unit=desk.there)
    page = make_interpretation(
        other, body=[questions(question("别的？", clauses=[other.clauses[1].id]))]
    )
    publish_policy_again(other, body=[*other.body.raw_data[:1], *other.body.raw_data[2:]])
    assert page.stale_items.count() == 1
    desk.client().post(reverse("stale:confirm"), {"item": desk.item.seen})
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    queries = ["", f"?unit={desk.unit.pk}", "?state=confirmed", "?state=edited", "?state=all"]
    queries += ["?state=nothing", f"?unit={desk.there.pk}&state=all"]
    assert [listed(chief, query) for query in queries] == [5, 4, 1, 0, 6, 0, 1]


def test_more_items_take_no_more_queries() -> None:
    desk = Desk()
    client = desk.client()

    def queries() -> int:
        listed(client)
        with CaptureQueriesContext(connection) as seen:
            listed(client)
        return len(seen)

    few = queries()
    twin = StaleItem.objects.get(pk=desk.item.pk)
    for part in ("a", "b", "c"):
        twin.pk, twin.part = None, part
        twin.save()
    assert queries() == few


def test_the_first_page_counts_them_for_their_unit() -> None:
    desk = Desk()
    users = [make_officer(desk.unit, Role.EDITOR), make_officer(desk.there, Role.EDITOR)]
    found = [[(figure.label, figure.count) for figure in stale_figures(user)] for user in users]
    assert found == [[("解读待更新", 5)], [("解读待更新", 0)]]
    assert stale_figures(make_officer(desk.unit, Role.FRONT_DESK)) == []
    home = read(signed_in(users[0]), reverse("wagtailadmin_home"))
    assert f'<a href="{reverse("stale:report")}">解读待更新<strong>5</strong></a>' in home


# Address, method; rows seen or left by editor, reviewer, front desk of the unit, then of another
# unit, then nobody.
LOOKS = {
    "report": [5, 5, NO, 0, 0, NO, AWAY],
    "report_results": [5, 5, NO, 0, 0, NO, AWAY],
}


def seen(client: Client, name: str) -> object:
    address = reverse(f"stale:{name}")
    found = answer(client, address)
    return found if found != 200 else read(client, address).count('class="desk-opinion-row')


def test_every_address_for_every_role() -> None:
    desk = Desk()
    units = (desk.unit, desk.there)
    clients = [signed_in(make_officer(unit, role)) for unit in units for role in Role]
    clients.append(Client())
    assert {name: [seen(client, name) for client in clients] for name in LOOKS} == LOOKS
    address = reverse("stale:confirm")
    assert [client.get(address).status_code for client in clients] == [405] * 6 + [302]
    left = []
    for client in clients[3:]:
        client.post(address, {"item": desk.item.seen})
        left.append(StaleItem.objects.waiting().count())
    clients[2].post(address, {"item": desk.item.seen})
    left.append(StaleItem.objects.waiting().count())
    assert left == [5] * 5
    for client in clients[:2]:
        client.post(address, {"item": StaleItem.objects.waiting()[0].seen})
        left.append(StaleItem.objects.waiting().count())
    assert left[-2:] == [4, 3]


def test_every_address_stands_in_the_table() -> None:
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    spaces = [s for s in cms.url_patterns if str(s.pattern) == "interpretations/"]
    names = {pattern.name for space in spaces for pattern in space.url_patterns}
    assert {"report", "report_results", "confirm"} <= names
    assert names - {"report", "report_results", "confirm"} <= {"list", "make", "download"}
