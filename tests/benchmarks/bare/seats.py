"""Giving a seat: the service, and the least that could do it under a lock, by the same server."""

import uuid
from functools import cache

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from openday.models import SeatGroup, Session
from openday.refusals import SeatRefused
from openday.services.registering import Applicant, register
from people.models import PrivacyNotice
from people.statements import Statement
from tests.benchmarks.bare.models import BareSeat, BareSession

FULL = "full"
# The service is measured, not how wide a row is that Django composes the question for.
_GROUP = Statement(lambda pk: SeatGroup.objects.filter(pk=pk), int)
_SESSION = Statement(lambda pk: Session.objects.filter(pk=pk), int)


@csrf_exempt
@transaction.atomic
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the one row, count, insert: no second look, nobody is told."""
    session = BareSession.objects.select_for_update().get(pk=pk)
    if session.seats.count() >= session.capacity:
        return HttpResponse(FULL)
    return HttpResponse(str(BareSeat.objects.create(session=session, phone=request.POST["phone"])))


@csrf_exempt
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether there is a seat, without a lock."""
    session = BareSession.objects.get(pk=pk)
    return HttpResponse(
        FULL if session.seats.count() >= session.capacity else request.POST["phone"]
    )


@csrf_exempt
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The group by its key, which the form has read; what it would have checked is right."""
    group = _GROUP.find(pk)
    group.session = _SESSION.find(group.session_id)
    person = Applicant(name="测试人", phone=request.POST["phone"])
    try:
        row = register(
            group=group, applicant=person, idempotency_key=uuid.uuid4(), notice=_notice()
        )
    except SeatRefused:
        return HttpResponse(FULL)
    return HttpResponse(str(row.pk))


@cache
def _notice() -> PrivacyNotice:
    notice = PrivacyNotice.objects.last()
    if notice is None:
        raise LookupError("no privacy notice")
    return notice
