"""Suggestions that wait or are late, counted for the event's unit and the unit in charge."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openday.services.suggesting import add_suggestion, handle_suggestion
from portal.dashboard_suggestions import suggestion_figures
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event

pytestmark = pytest.mark.django_db


def counts(user: User) -> dict[str, int]:
    return {figure.label: figure.count for figure in suggestion_figures(user)}


def test_waiting_and_late_ones_are_counted_for_both_units() -> None:
    here, there, nowhere = (make_office(name) for name in ("党政办", "农业办", "财政所"))
    event, today = make_event(unit=here), timezone.localdate()
    host, answering = make_officer(here, Role.EDITOR), make_officer(there, Role.EDITOR)
    rows = [
        add_suggestion(event=event, text="修路", user=host, unit=there, due_on=day)
        for day in (today - timedelta(days=1), today, None)
    ]
    assert counts(host) == counts(answering) == {"建议待答复": 3, "建议逾期": 1}
    assert counts(make_officer(nowhere, Role.EDITOR)) == {"建议待答复": 0, "建议逾期": 0}
    rows[0].answer = "已列入计划。"
    handle_suggestion(suggestion=rows[0], user=answering)
    assert counts(host) == {"建议待答复": 2, "建议逾期": 0}


def test_they_stand_on_the_first_page() -> None:
    unit = make_office("党政办")
    shown = signed_in(make_officer(unit, Role.EDITOR)).get(reverse("wagtailadmin_home"))
    assert f"{reverse('hearing:suggestions')}?stage=overdue" in shown.content.decode()
    front_desk = make_officer(unit, Role.FRONT_DESK)
    assert suggestion_figures(front_desk) == []
