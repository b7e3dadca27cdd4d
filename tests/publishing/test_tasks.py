from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.tasks import publish_due
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db


def test_what_is_scheduled_goes_out_when_its_time_has_come() -> None:
    page = make_draft(Phase.UPCOMING, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    publish_due()
    before = DecisionDraftPage.objects.get(pk=page.pk).live
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        publish_due()
    assert (before, DecisionDraftPage.objects.get(pk=page.pk).live) == (False, True)
