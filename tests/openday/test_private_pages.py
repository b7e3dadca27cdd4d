"""What is behind a password or taken off is named nowhere on the public pages of events."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from openday.models import EventSubject, PlannedEvent
from tests.consultation.desk import make_office
from tests.factories.consultation import make_draft
from tests.factories.openday import make_event, make_event_index, make_group, make_session, publish
from tests.factories.speaking import html_of

pytestmark = pytest.mark.django_db


def shut(page: Page) -> None:
    password = PageViewRestriction.PASSWORD
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=password, password="x"
    )


def test_a_private_subject_is_not_named(client: Client) -> None:
    event, open_draft, private = make_event(), make_draft(), make_draft(title="内部讨论的草案")
    make_group(make_session(event))
    event.subjects = [EventSubject(subject=private), EventSubject(subject=open_draft)]
    event = publish(event)
    shut(private)
    page = html_of(client.get(event.url))
    assert [open_draft.title in page, private.title in page] == [True, False]


def test_the_plan_of_a_private_column_is_not_shown_above(client: Client) -> None:
    column, year = make_event_index(make_office("党政办")), timezone.localdate().year
    for page, theme in ((column, "内部计划"), (make_event_index(), "公开计划")):
        PlannedEvent.objects.create(page=page, year=year, month=5, kind="open_day", theme=theme)
    shut(column)
    page = html_of(client.get(make_event_index().url))
    assert ["公开计划" in page, "内部计划" in page] == [True, False]
