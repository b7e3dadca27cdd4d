"""What waits for whom: by unit, with the right numbers, in a fixed number of queries."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Phase, Review
from consultation.services.opinions import review_opinions
from portal.dashboard import (
    closing_soon,
    entry_address,
    opinion_figures,
    overdue_results,
    refused_schedules,
    unset_footers,
)
from publishing.enums import Role
from publishing.models import SiteProfile, Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return make_office("党政办")


def counts(user: User) -> dict[str, int]:
    return {figure.label: figure.count for figure in opinion_figures(user)}


def test_a_draft_that_closes_within_three_days_is_named(unit: Unit) -> None:
    drafts = {days: make_draft(unit=unit, closing_in=days) for days in (0, 3, 4)}
    assert [(due.title, due.day) for due in closing_soon([*drafts.values()])] == [
        (drafts[0].title, timezone.localdate()),
        (drafts[3].title, timezone.localdate() + timedelta(days=3)),
    ]


def test_a_result_is_overdue_the_day_after_the_last_working_day(unit: Unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    due = draft.feedback_due
    assert due is not None
    noon = timezone.localtime().replace(hour=12, year=due.year, month=due.month, day=due.day)
    with time_machine.travel(noon):
        assert overdue_results([draft]) == []
    with time_machine.travel(noon + timedelta(days=1)):
        assert [(late.title, late.day) for late in overdue_results([draft])] == [(draft.title, due)]


def test_opinions_wait_for_review_and_then_for_an_outcome(unit: Unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    editor = make_officer(unit, Role.EDITOR)
    opinions = [make_opinion(draft) for _ in range(3)]
    assert counts(editor) == {"待审核": 3, "待办理": 3}
    review_opinions(opinions=opinions[:2], review=Review.REVIEWED, user=editor)
    make_response(opinions[:1])
    assert counts(User.objects.get(pk=editor.pk)) == {"待审核": 1, "待办理": 2}


def test_another_unit_is_not_counted(unit: Unit) -> None:
    make_opinion(make_draft(Phase.CLOSED, unit=unit))
    stranger = make_officer(make_office("农业办"), Role.EDITOR)
    assert counts(stranger) == {"待审核": 0, "待办理": 0}
    shown = signed_in(stranger).get(reverse("wagtailadmin_home")).content.decode()
    assert unit.drafts.get().title not in shown


def test_the_front_desk_is_shown_what_it_can_do(unit: Unit) -> None:
    front_desk = make_officer(unit, Role.FRONT_DESK)
    assert counts(front_desk) == {}
    shown = signed_in(front_desk).get(reverse("wagtailadmin_home")).content.decode()
    assert ("待电话告知" in shown, "待审核" in shown) == (True, False)
    assert reverse("desk:enter") in shown
    reviewer = make_officer(unit, Role.REVIEWER)
    assert entry_address(reviewer) == ""


def test_a_refused_schedule_is_named_until_it_is_published(unit: Unit) -> None:
    draft = make_draft(Phase.UPCOMING, unit=unit, live=False, explanation="")
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()
    editor = make_officer(unit, Role.EDITOR)
    stranger = make_officer(make_office("农业办"), Role.EDITOR)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
        assert [row["page"].pk for row in refused_schedules(editor)] == [draft.pk]
        assert refused_schedules(stranger) == []
        fixed = draft.get_latest_revision_as_object()
        fixed.explanation, fixed.go_live_at = "<p>说明</p>", None
        fixed.save_revision().publish()
        assert refused_schedules(editor) == []


def test_an_unset_footer_is_for_administrators(unit: Unit) -> None:
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    (row,) = unset_footers(chief)
    assert (row["site"], "ICP备案号" in row["missing"]) == (unit.site, True)
    assert unset_footers(make_officer(unit, Role.EDITOR)) == []
    SiteProfile.objects.update(
        host_organisation="甲",
        contact_phone="1",
        site_id_code="1",
        icp_number="1",
        police_number="1",
        emblem_url="https://example.com/",
        error_report_url="https://example.com/",
    )
    assert unset_footers(chief) == []


def test_more_drafts_take_no_more_queries(unit: Unit) -> None:
    client = signed_in(make_officer(unit, Role.EDITOR))

    def queries() -> int:
        client.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("wagtailadmin_home"))
        return len(seen)

    make_opinion(make_draft(Phase.OVERDUE, unit=unit))
    with_one = queries()
    for _ in range(2):
        make_opinion(make_draft(Phase.OVERDUE, unit=unit))
    assert queries() == with_one
