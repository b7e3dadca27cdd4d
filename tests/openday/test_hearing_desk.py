"""The screens of a hearing in the admin: by unit, step by step, and on paper."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openday import hearing_urls
from openday.hearing_menus import header_buttons
from openday.models import Hearing, HearingStatement, Session
from openday.services import hearings
from publishing.enums import Role
from publishing.models import Unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_officer_of, make_registration, make_session
from tests.openday.hearings import RECORD, during, make_hearing, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in_for_long(settings: Any) -> None:
    """The tests go on to the day of the hearing."""
    settings.SESSION_COOKIE_AGE = 400 * 86400


@pytest.fixture
def unit() -> Unit:
    return make_office("党政办")


@pytest.fixture
def session(unit: Unit) -> Session:
    return make_hearing(unit=unit)


@pytest.fixture
def editor(unit: Unit) -> Client:
    return signed_in(make_officer(unit, Role.EDITOR))


def step(client: Client, session: Session, name: str, **data: object) -> int:
    return client.post(reverse("hearing:step", args=[session.pk, name]), data).status_code


def text(client: Client, name: str, pk: int) -> str:
    return client.get(reverse(f"hearing:{name}", args=[pk])).content.decode()


def test_the_event_leads_to_its_one_hearing(editor: Client, session: Session) -> None:
    reply = editor.get(reverse("hearing:event", args=[session.event_id]))
    assert reply["Location"] == reverse("hearing:show", args=[session.pk])


def test_of_several_one_is_chosen(editor: Client, session: Session) -> None:
    second = make_session(session.event)
    shown = text(editor, "event", session.event_id)
    links = [reverse("hearing:show", args=[row.pk]) in shown for row in (session, second)]
    assert links == [True, True]


def test_looking_writes_nothing(editor: Client, session: Session) -> None:
    assert "还没有公布" in text(editor, "show", session.pk)
    assert Hearing.objects.count() == 0


def test_the_preparation_step_by_step(editor: Client, session: Session) -> None:
    assert step(editor, session, "ready") == 422
    assert step(editor, session, "participants") == 302
    today = timezone.localdate().isoformat()
    assert step(editor, session, "materials", **{"materials-day": today}) == 302
    assert step(editor, session, "ready") == 302
    assert Hearing.objects.get().ready_at is not None
    assert "确认准备就绪。" in text(editor, "show", session.pk)


def test_a_list_that_is_no_longer_true_is_published_anew(editor: Client, session: Session) -> None:
    """Or people would come of whom nobody knows, and who never got the materials."""
    step(editor, session, "participants")
    today = timezone.localdate().isoformat()
    step(editor, session, "materials", **{"materials-day": today})
    make_registration(session.groups.get(), name="王五")
    assert step(editor, session, "ready") == 422
    assert "请先重新公布名单" in text(editor, "show", session.pk)
    step(editor, session, "participants")
    assert step(editor, session, "ready") == 302


def test_a_hearing_that_moved_to_too_early_a_day_is_listed_as_not_ready(
    editor: Client, session: Session
) -> None:
    make_session(session.event)
    today = timezone.localdate().isoformat()
    for name, typed in (("participants", {}), ("materials", {"materials-day": today})):
        step(editor, session, name, **typed)
    step(editor, session, "ready")
    assert "已准备就绪" in text(editor, "event", session.event_id)
    Hearing.objects.update(materials_delivered_on=timezone.localdate(session.starts_at))
    assert "已准备就绪" not in text(editor, "event", session.event_id)


def test_a_late_delivery_says_the_last_day(editor: Client, session: Session) -> None:
    step(editor, session, "participants")
    with time_machine.travel(session.starts_at - timedelta(days=3), tick=False):
        today = timezone.localdate().isoformat()
        assert step(editor, session, "materials", **{"materials-day": today}) == 302
        reply = editor.post(reverse("hearing:step", args=[session.pk, "ready"]))
    last = timezone.localdate(session.starts_at) - timedelta(days=7)
    said = f"最迟应在{last.year}年{last.month}月{last.day}日送达"
    assert (reply.status_code, said in reply.content.decode()) == (422, True)


def test_a_day_that_is_none_is_told_beside_the_field(editor: Client, session: Session) -> None:
    reply = editor.post(
        reverse("hearing:step", args=[session.pk, "materials"]), {"materials-day": "明天"}
    )
    assert "日期应写成" in reply.content.decode()


def test_the_record_and_its_statements(editor: Client, session: Session) -> None:
    with during(session) as (first, _second):
        typed = {f"record-{name}": value for name, value in RECORD.items()}
        assert step(editor, session, "record", **typed) == 302
        said = {"statement-registration": first.pk, "statement-text": "建议周日开放。"}
        assert step(editor, session, "statement", **said) == 302
        row = HearingStatement.objects.get()
        assert step(editor, session, "close") == 422
        signed = {"text": row.text, "confirmed_on": timezone.localdate().isoformat(), "remark": ""}
        editor.post(reverse("hearing:statement", args=[row.pk]), signed)
        assert step(editor, session, "close") == 422
        assert step(editor, session, "silent") == 302
        silent = HearingStatement.objects.latest("pk")
        editor.post(reverse("hearing:statement", args=[silent.pk]), {**signed, "text": silent.text})
        assert step(editor, session, "close") == 302
    assert Hearing.objects.get().closed_at is not None


def test_what_is_refused_is_not_lost(editor: Client, session: Session) -> None:
    typed = {f"record-{name}": value for name, value in RECORD.items()}
    with during(session):
        Hearing.objects.create(session=session, closed_at=timezone.now())
        address = reverse("hearing:step", args=[session.pk, "record"])
        reply = editor.post(address, typed)
    assert (reply.status_code, "已经定稿" in reply.content.decode()) == (422, True)


def test_a_statement_is_taken_out(editor: Client, session: Session) -> None:
    with during(session) as (first, _second):
        row = make_statement(session, first)
        editor.post(reverse("hearing:remove", args=[row.pk]))
    assert HearingStatement.objects.count() == 0


def test_only_people_who_came_can_be_chosen(editor: Client, session: Session) -> None:
    with during(session) as (first, second):
        type(second).objects.filter(pk=second.pk).update(state="confirmed")
        shown = text(editor, "show", session.pk)
    options = [f'<option value="{row.pk}">' in shown for row in (first, second)]
    assert options == [True, False]


def test_the_sheet_for_signing_shows_nobody_in_full(editor: Client, session: Session) -> None:
    officer = make_officer_of(session.event)
    with during(session) as (first, second):
        hearings.write_record(session=session, user=officer, **RECORD)
        make_statement(session, first, "建议周日开放。")
        shown = text(editor, "sheet", session.pk)
    wanted = ["建议周日开放。", "承办单位介绍草案。", str(second), "张**（群众代表）"]
    assert [words in shown for words in wanted] == [True] * 4
    assert [words in shown for words in ("张三", first.contact.phone)] == [False, False]


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [(Role.EDITOR, 302, 302), (Role.REVIEWER, 302, 302), (Role.FRONT_DESK, 302, 404)],
)
def test_who_may_do_what(unit: Unit, session: Session, role: Role, sees: int, changes: int) -> None:
    client = signed_in(make_officer(unit, role))
    assert client.get(reverse("hearing:event", args=[session.event_id])).status_code == sees
    assert client.get(reverse("hearing:show", args=[session.pk])).status_code == 200
    assert step(client, session, "participants") == changes
    with during(session) as (first, _second):
        row = make_statement(session, first)
        status = client.get(reverse("hearing:statement", args=[row.pk])).status_code
    assert status == (404 if changes == 404 else 200)


@pytest.mark.parametrize("role", list(Role))
def test_another_unit_finds_nothing(session: Session, role: Role) -> None:
    stranger = signed_in(make_officer(make_office("农业办"), role))
    with during(session) as (first, _second):
        row = make_statement(session, first)
    pks = {"event": session.event_id, "show": session.pk, "sheet": session.pk}
    got = [
        stranger.get(reverse(f"hearing:{name}", args=[pk])).status_code for name, pk in pks.items()
    ]
    got += [step(stranger, session, name) for name in ("participants", "record", "close")]
    for name in ("statement", "remove"):
        got.append(stranger.post(reverse(f"hearing:{name}", args=[row.pk])).status_code)
    assert got == [404] * 8
    away = Client().get(reverse("hearing:show", args=[session.pk]))
    assert "login" in away["Location"]


def test_an_open_day_has_no_hearing(editor: Client, unit: Unit, session: Session) -> None:
    other = make_session()
    other.event.unit = unit
    type(other.event).objects.filter(pk=other.event_id).update(unit=unit)
    assert editor.get(reverse("hearing:show", args=[other.pk])).status_code == 404


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.EDITOR, ["听证准备和笔录", "代表建议", "生成总结"]),
        (Role.FRONT_DESK, ["听证准备和笔录"]),
    ],
)
def test_the_buttons_of_an_event(
    unit: Unit, session: Session, role: Role, labels: list[str]
) -> None:
    page, stranger = session.event.page_ptr, make_officer(make_office("农业办"), role)
    buttons = header_buttons(page, make_officer(unit, role), "edit")
    assert [str(button.label) for button in buttons] == labels
    assert list(header_buttons(page, stranger, "edit")) == []


def test_more_statements_take_no_more_queries(editor: Client, session: Session) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(editor, "show", session.pk)
        return len(seen)

    with during(session) as (first, second):
        make_statement(session, first)
        text(editor, "show", session.pk)
        with_one = queries()
        for speaker in (first, second):
            make_statement(session, speaker)
        assert queries() == with_one


def test_every_address_is_among_those_tested() -> None:
    """Of hearings here; of suggestions and reports in the tests of their desks."""
    hearings_own = {"event", "show", "sheet", "step", "statement", "remove"}
    others = {"suggestions", "suggestions_results", "suggest", "suggestion", "report"}
    assert {pattern.name for pattern in hearing_urls.urlpatterns} == hearings_own | others
