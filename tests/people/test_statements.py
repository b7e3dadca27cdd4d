"""Statements composed once: the answers of Django's own way, for each set of values."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.test.utils import CaptureQueriesContext

from people.models import Contact, Receipt
from people.statements import Statement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def numbers(since: datetime, before: str, pk: int) -> QuerySet[Any, Any]:
    """Two blanks are used twice, one constant stands between them."""
    early = Case(When(created_at__lt=since, then=Value("early")), default=Value("late"))
    rows = Receipt.objects.filter(number__lt=before, pk__gt=pk).exclude(number="9")
    return rows.filter(created_at__gte=since).annotate(when=early).values_list("number", "when")


def test_each_set_of_values_gets_its_own_answer() -> None:
    for day in range(3):
        Receipt.objects.create(number=f"{day}", code="X")
        Receipt.objects.filter(number=f"{day}").update(created_at=NOW + timedelta(days=day))
    statement = Statement(numbers, datetime, str, int)
    for since, before, pk in ((NOW, "2", 0), (NOW + timedelta(days=1), "9", 0), (NOW, "9", 10**9)):
        assert statement.rows(since, before, pk) == list(numbers(since, before, pk))


def test_the_text_is_composed_once() -> None:
    made = []

    def compose(number: str) -> QuerySet[Any, Any]:
        made.append(number)
        return Receipt.objects.filter(number=number).values_list("pk")

    statement = Statement(compose, str)
    with CaptureQueriesContext(connection) as queries:
        assert [statement.rows("1"), statement.rows("2")] == [[], []]
    assert (len(made), len(queries)) == (1, 2)


def test_an_object_comes_with_its_values_as_ever() -> None:
    row = Contact.objects.create(name="测试人", phone="+8613800000000", person_key="k")
    statement = Statement(lambda key: Contact.objects.filter(person_key=key), str)
    found = statement.find("k")
    assert (found, found.name, found.created_at) == (row, "测试人", row.created_at)
    assert statement.find("' OR 1=1 --") is None


def test_a_uuid_is_found_on_every_database() -> None:
    """Registrations and submissions are known by theirs."""
    from_value = Statement(lambda key: Receipt.objects.annotate(key=Value(key)), uuid.UUID)
    Receipt.objects.create(number="1", code="X")
    key = uuid.uuid4()
    assert str(from_value.find(key).key).replace("-", "") == key.hex
