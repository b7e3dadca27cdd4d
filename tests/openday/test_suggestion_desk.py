"""The suggestions' list and pages in the admin: whose they are, filters, answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openday.models import EventPage, Suggestion
from openday.services.suggesting import add_suggestion, handle_suggestion
from publishing.enums import Role
from publishing.models import Unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
)

pytestmark = pytest.mark.django_db
LIST = "hearing:suggestions"


@pytest.fixture
def here() -> Unit:
    return make_office("党政办")


@pytest.fixture
def there() -> Unit:
    return make_office("农业办")


@pytest.fixture
def event(here: Unit) -> EventPage:
    return make_session(make_event(unit=here)).event


@pytest.fixture
def editor(here: Unit) -> Client:
    return signed_in(make_officer(here, Role.EDITOR))


@pytest.fixture
def answering(there: Unit) -> Client:
    return signed_in(make_officer(there, Role.EDITOR))


def add(event: EventPage, text: str = "修路", **more: Any) -> Suggestion:
    return add_suggestion(event=event, text=text, user=make_officer_of(event), **more)


def listed(client: Client, query: str = "") -> list[str]:
    shown = client.get(f"{reverse(LIST)}{query}").content.decode()
    return [row.text for row in Suggestion.objects.order_by("pk") if row.text in shown]


def typed(row: Suggestion, **changes: Any) -> dict[str, Any]:
    return {
        "text": row.text,
        "unit": row.unit_id or "",
        "due_on": row.due_on or "",
        "is_public": "on",
        "answer": row.answer,
        "seen_answer": row.answer,
        **changes,
    }


def test_the_list_is_that_of_both_units(
    event: EventPage, there: Unit, editor: Client, answering: Client
) -> None:
    add(event, "甲建议")
    add(event, "乙建议", unit=there)
    stranger = signed_in(make_officer(make_office("财政所"), Role.EDITOR))
    got = [listed(client) for client in (editor, answering, stranger)]
    assert got == [["甲建议", "乙建议"], ["乙建议"], []]


def test_filters(event: EventPage, here: Unit, there: Unit, editor: Client) -> None:
    today = timezone.localdate()
    late = add(event, "甲建议", unit=there, due_on=today - timedelta(days=2))
    add(event, "乙建议", unit=here, due_on=today)
    done = add(make_event(unit=here), "丙建议", due_on=today - timedelta(days=2))
    done.answer = "已办。"
    handle_suggestion(suggestion=done, user=make_officer_of(event))
    got = {
        query: listed(editor, f"?{query}")
        for query in (
            f"event={done.event_id}",
            f"unit={there.pk}",
            "stage=open",
            "stage=overdue",
            "stage=answered",
            "stage=nonsense",
        )
    }
    assert list(got.values()) == [
        ["丙建议"],
        ["甲建议"],
        ["甲建议", "乙建议"],
        ["甲建议"],
        ["丙建议"],
        [],
    ]
    assert f"{late.number}号" in editor.get(reverse(LIST)).content.decode()
    assert "逾期2日" in editor.get(reverse(LIST)).content.decode()


def test_one_is_added(event: EventPage, there: Unit, editor: Client) -> None:
    row = make_registration(make_group(event.sessions.get()))
    address = f"{reverse('hearing:suggest')}?event={event.pk}"
    data = {
        "text": "修路",
        "number": row.receipt.number.replace("-", " "),
        "unit": there.pk,
        "due_on": "2030-01-31",
    }
    reply = editor.post(address, {**data, "then-next": "1"})
    made = Suggestion.objects.get()
    assert reply["Location"] == address
    assert (made.registration, made.unit, made.is_public) == (row, there, False)
    assert made.due_on == timezone.datetime(2030, 1, 31).date()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "  "}, "请写下建议内容。"),
        ({"number": "20260101-000001"}, "这个活动没有这个报名编号"),
        ({"due_on": "明天"}, "日期应写成"),
        ({"unit": "999999"}, "选择"),
    ],
)
def test_what_is_wrong_is_told(
    event: EventPage, editor: Client, changes: dict[str, str], words: str
) -> None:
    address = f"{reverse('hearing:suggest')}?event={event.pk}"
    reply = editor.post(address, {"text": "修路", **changes})
    assert (reply.status_code, words in reply.content.decode()) == (422, True)
    assert Suggestion.objects.count() == 0


def test_the_unit_in_charge_answers_and_changes_nothing_else(
    event: EventPage, there: Unit, answering: Client
) -> None:
    row = add(event, "甲建议", unit=there)
    address = reverse("hearing:suggestion", args=[row.pk])
    changes = {"text": "改了", "unit": "", "answer": "已办。", "is_public": ""}
    assert answering.post(address, typed(row, **changes)).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.unit, row.is_public, row.answer) == ("甲建议", there, True, "已办。")
    assert "办理建议：答复" in answering.get(address).content.decode()


def test_lines_of_an_answer_that_was_seen_are_the_same(event: EventPage, editor: Client) -> None:
    row = add(event)
    row.answer = "一\n二"
    handle_suggestion(suggestion=row, user=make_officer_of(event))
    data = typed(row, answer="一\r\n二\r\n三", seen_answer="一\r\n二")
    assert editor.post(reverse("hearing:suggestion", args=[row.pk]), data).status_code == 302
    row.refresh_from_db()
    assert row.answer == "一\n二\n三"


def test_an_answer_over_anothers_is_refused_and_not_lost(event: EventPage, editor: Client) -> None:
    row = add(event)
    data = typed(row, answer="不办。")
    row.answer = "已办。"
    handle_suggestion(suggestion=row, user=make_officer_of(event))
    reply = editor.post(reverse("hearing:suggestion", args=[row.pk]), data)
    shown = reply.content.decode()
    assert (reply.status_code, "不办。" in shown, "刚刚改过答复" in shown) == (422, True, True)
    row.refresh_from_db()
    assert row.answer == "已办。"


def test_who_may_see_what(event: EventPage, here: Unit, there: Unit) -> None:
    row = add(event)
    addresses = [
        reverse(LIST),
        reverse("hearing:suggestions_results"),
        reverse("hearing:suggest"),
        f"{reverse('hearing:suggest')}?event={event.pk}",
        reverse("hearing:suggestion", args=[row.pk]),
    ]
    users = [make_officer(here, role) for role in Role] + [make_officer(there, Role.EDITOR)]
    got = [[signed_in(user).get(address).status_code for address in addresses] for user in users]
    assert got == [
        [200, 200, 200, 200, 200],
        [200, 200, 200, 200, 200],
        [302, 302, 302, 302, 404],
        [200, 200, 200, 404, 404],
    ]


def test_more_rows_take_no_more_queries(event: EventPage, there: Unit, editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(reverse(LIST))
        return len(seen)

    add(event, unit=there)
    queries()
    with_one = queries()
    for _ in range(2):
        add(event, unit=there)
    assert queries() == with_one
