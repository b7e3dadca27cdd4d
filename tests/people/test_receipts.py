from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from people import receipts
from people.codes import draw_code, format_code
from people.forms import ReceiptCodeField, ReceiptNumberField
from people.models import Receipt
from people.receipts import NumbersExhausted, find_receipt, issue_receipt

pytestmark = pytest.mark.django_db


@time_machine.travel(datetime(2026, 11, 21, 16, 30, tzinfo=UTC), tick=False)
def test_the_number_bears_the_date_in_shanghai():
    receipt = issue_receipt()
    assert receipt.number[:9] == "20261122-"
    assert (len(receipt.number), receipt.number[9:].isdigit()) == (15, True)
    assert len(receipt.code) == 14


@time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False)
def test_a_taken_number_is_drawn_again_without_losing_the_transaction(monkeypatch):
    Receipt.objects.create(number="20261122-000007", code="X")
    drawn = iter([7, 7, 8])
    monkeypatch.setattr(receipts.secrets, "randbelow", lambda limit: next(drawn))
    with transaction.atomic():
        assert issue_receipt().number == "20261122-000008"
    assert Receipt.objects.count() == 2


@time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False)
def test_when_no_number_is_free_it_ends_in_words(monkeypatch):
    Receipt.objects.create(number="20261122-000007", code="X")
    monkeypatch.setattr(receipts.secrets, "randbelow", lambda limit: 7)
    with pytest.raises(NumbersExhausted, match="稍后"):
        issue_receipt()


def test_a_receipt_is_found_as_people_type_it():
    receipt = issue_receipt()
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert find_receipt(receipt.number, receipt.code) == receipt
    assert find_receipt(f" {receipt.number.replace('-', ' ')} ", receipt.code) == receipt
    assert find_receipt(receipt.number.translate(wide), receipt.code.lower()) == receipt
    assert find_receipt(receipt.number, format_code(receipt.code)) == receipt


@pytest.mark.parametrize("number", ["", "\x00", "20261122-000000x", "1" * 5000])
def test_nonsense_finds_nothing(number):
    receipt = issue_receipt()
    assert find_receipt(number, receipt.code) is None
    assert find_receipt(receipt.number, number) is None


def test_another_receipts_code_finds_nothing():
    first, second = issue_receipt(), issue_receipt()
    assert find_receipt(first.number, second.code) is None


def test_a_wrong_code_and_an_unknown_number_take_the_same_queries(django_assert_num_queries):
    receipt = issue_receipt()
    with django_assert_num_queries(1):
        assert find_receipt(receipt.number, draw_code()) is None
    with django_assert_num_queries(1):
        assert find_receipt("20200101-000000", draw_code()) is None


def test_a_wrong_code_and_an_unknown_number_decrypt_and_compare_once(monkeypatch):
    """Too short to be measured through a query, and yet measurable over many requests."""
    receipt, done = issue_receipt(), []
    decrypt, compare = receipts.decrypt, receipts.hmac.compare_digest
    monkeypatch.setattr(receipts, "decrypt", lambda token: done.append("decrypt") or decrypt(token))
    monkeypatch.setattr(
        receipts.hmac, "compare_digest", lambda a, b: done.append("compare") or compare(a, b)
    )
    for number in (receipt.number, "20200101-000000"):
        done.clear()
        assert find_receipt(number, draw_code()) is None
        assert [step for step in done if step == "decrypt"] + done[-1:] == ["decrypt", "compare"]


def test_the_fields_normalise_and_tell_what_is_mistyped():
    assert ReceiptNumberField().clean(" 20261122 482135") == "20261122-482135"
    code = draw_code()
    assert ReceiptCodeField().clean(format_code(code).lower()) == code
    for field in (ReceiptNumberField(), ReceiptCodeField()):
        with pytest.raises(Exception, match="请核对"):
            field.clean("123")
    assert (
        ReceiptNumberField(required=False).clean(""),
        ReceiptCodeField(required=False).clean(""),
    ) == ("", "")
