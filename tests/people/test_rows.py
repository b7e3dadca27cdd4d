"""Rows by statements made once: the same row, the same refusals as by Django's own way."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from people.models import Contact, Receipt
from people.rows import insert, insert_unless_taken

pytestmark = pytest.mark.django_db


def test_a_row_is_there_as_if_it_had_been_saved():
    row = Contact(name="测试人", phone="+8613800000000", person_key="k")
    insert(row)
    kept = Contact.objects.get()
    assert (row.pk, row._state.adding, row._state.db) == (kept.pk, False, "default")
    assert (kept.name, kept.phone, kept.created_at) == ("测试人", row.phone, row.created_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_contact")
        assert "测试人" not in cursor.fetchone()[0]


def test_several_rows_are_one_statement_and_get_their_own_keys():
    rows = [Receipt(number=f"20261122-00000{n}", code="X") for n in range(3)]
    with CaptureQueriesContext(connection) as queries:
        insert(*rows)
    assert len(queries) == 1
    kept = Receipt.objects.order_by("number").values_list("pk", "number")
    assert list(kept) == [(row.pk, row.number) for row in rows]


def test_a_taken_value_is_told_and_spoils_no_transaction():
    first, second = (Receipt(number="20261122-000001", code=code) for code in "XY")
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert (insert_unless_taken(first), insert_unless_taken(second)) == (True, False)
        assert len(queries) == 2
        assert Receipt.objects.get().code == "X"
    assert second.pk is None


def test_a_refusal_is_raised_as_ever():
    insert(Receipt(number="20261122-000001", code="X"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Receipt(number="20261122-000001", code="Y"))
    assert Receipt.objects.count() == 1
