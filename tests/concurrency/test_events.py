"""Several at once on one hearing or event: handed over once, and numbers don't meet."""

from collections.abc import Callable
from functools import partial
from typing import Any

from consultation.enums import Phase
from consultation.models import Opinion
from openday.models import EventReportPage, HearingStatement
from openday.services.reports import create_report
from openday.services.retention import purge_registrations
from openday.services.suggesting import add_suggestion
from people.models import Contact
from portal.opinion_bridge import Target, hand_over
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_draft
from tests.factories.openday import make_event, make_group, make_registration, make_session
from tests.openday.hearings import during, make_hearing, make_statement

Race = Callable[[list[Callable[[], Any]]], list[Any]]


def test_a_statement_is_handed_over_once(race: Race) -> None:
    unit = make_office("党政办")
    draft = make_draft(Phase.OPEN, unit=unit, closing_in=20)
    editor = make_officer(unit, Role.EDITOR)
    session = make_hearing("张三", unit=unit, subjects=(draft,))
    with during(session) as (speaker,):
        said = make_statement(session, speaker, signed=True)
    call = partial(hand_over, said=said, target=Target(draft), user=editor)
    endings = race([call] * 5)
    assert [row.opinion_number for row in endings] == [1] * 5
    assert (Opinion.objects.count(), HearingStatement.objects.get().opinion_number) == (1, 1)


def test_suggestions_get_numbers_of_their_own(race: Race) -> None:
    unit = make_office("党政办")
    event, editor = make_event(unit=unit), make_officer(unit, Role.EDITOR)
    call = partial(add_suggestion, event=event, text="修路", user=editor)
    assert sorted(row.number for row in race([call] * 6)) == [1, 2, 3, 4, 5, 6]


def test_two_clicks_at_once_make_one_report(race: Race) -> None:
    unit = make_office("党政办")
    event, editor = make_event(unit=unit), make_officer(unit, Role.EDITOR)
    endings = race([partial(create_report, event=event, user=editor)] * 3)
    assert len({report.pk for report in endings}) == 1
    assert EventReportPage.objects.count() == 1


def test_two_purges_share_the_work(race: Race) -> None:
    group = make_group(make_session())
    for _ in range(8):
        make_registration(group)
    Contact.objects.update(purge_after="2026-01-01")
    assert sum(race([purge_registrations] * 3)) == 8
