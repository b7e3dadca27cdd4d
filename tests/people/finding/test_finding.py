"""Rule R2's finder: recall over the usual writings, and nothing where there is nothing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.finding import Kind, find_personal_data
from people.finding.runs import narrow
from tests.documents import REAL, read_real
from tests.factories.personal import (
    WRITTEN,
    full_width,
    grouped,
    in_text,
    make_address,
    make_bank_card,
    make_mobile,
    make_resident_id,
    plain,
)

EACH = 400


def is_found(found, kind, number) -> bool:
    """Just this one; where an address begins in running words, nothing marks."""
    if kind == Kind.ADDRESS:
        return len(found) == 1 and found[0].kind == kind and found[0].value.endswith(number)
    return [(find.kind, find.value) for find in found] == [(kind, number)]


@pytest.mark.parametrize(("name", "kind", "make", "writings"), WRITTEN, ids=lambda value: value)
def test_of_valid_ones_at_least_99_in_100_are_found_in_each_writing(
    name, kind, make, writings
) -> None:
    for writing in writings:
        random, missed = Random(f"{name}{writing.__name__}"), []
        for _ in range(EACH):
            number = make(random)
            written = writing(number, random)
            found = find_personal_data(in_text(written, random))
            if not is_found(found, kind, number):
                missed.append((written, found))
        assert len(missed) <= EACH / 100, (writing.__name__, missed[:5])


@pytest.mark.parametrize("name", REAL)
def test_real_documents_hold_no_personal_data(name) -> None:
    assert find_personal_data(read_real(name)) == []


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0512-53210000、(0512)53210001、400-800-1234、12345",
        "国发〔2018〕41号 索引号000014349/2018-00213",
        "统一社会信用代码11360000014500000A、91320585MA1XXXXX0B",
        "投入资金15600000000元，惠及13800000000人次",
        "2019 2020 2021 2022 2023 2024",
        "2026年3月1日9:30—11:30，2026-03-01 至 2026-04-15",
        "序号\t1380\n\t0000\n\t1234\n",
        "合同编号202603011380000123456789",
        "0000000000000000 4444444444444444",
        "办理地点：青石镇人民路8号镇便民服务中心，青石镇白云村3组道路硬化工程",
        "地址：青石镇人民政府（青年路18号院）",
        "受理单位在青石镇政府青年路18号",
        "https://example.cn/a/20260301/1380000.html",
    ],
)
def test_what_is_public_or_no_number_is_left_alone(text) -> None:
    assert find_personal_data(text) == []


def test_a_wrong_check_sign_is_no_number() -> None:
    random = Random(7)
    number, card = make_resident_id(random), make_bank_card(random)
    for right in (number, card):
        wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
        assert [find.kind for find in find_personal_data(f"编号{wrong}。")] == []
    assert find_personal_data("编号110199199002305678") == []


def test_a_find_says_where_it_stands_and_what_may_stand_there() -> None:
    text = "请打１３８－００００－１２３４找老何"
    (find,) = find_personal_data(text)
    assert (find.kind, find.value, find.masked) == (Kind.MOBILE, "13800001234", "138****1234")
    assert text[find.start : find.end] == find.written == "１３８－００００－１２３４"
    assert (find.before, find.after) == ("请打", "找老何")


def test_the_plus_before_a_country_code_goes_with_the_number() -> None:
    (find,) = find_personal_data("电话+86 138 0000 1234。")
    assert (find.written, find.value) == ("+86 138 0000 1234", "13800001234")


def test_an_address_keeps_its_village_and_loses_the_house() -> None:
    (find,) = find_personal_data("张某，家住青石镇白云村3组12号。")
    assert (find.written, find.masked) == ("青石镇白云村3组12号", "青石镇白云村****")


def test_several_in_a_row_are_several() -> None:
    text = "13800001234、13800001235 13800001236\n13800001237"
    assert [find.value[-1] for find in find_personal_data(text)] == ["4", "5", "6", "7"]


@given(st.text(alphabet="0123456789 -Xx１２×\n\t.一三八村组号室镇", max_size=200))
def test_finds_lie_in_the_text_in_order_and_apart(text) -> None:
    end = 0
    for find in find_personal_data(text):
        assert end <= find.start < find.end <= len(text)
        assert text[find.start : find.end] == find.written
        end = find.end


@given(st.text(max_size=200))
def test_narrowing_keeps_every_place(text) -> None:
    assert len(narrow(text)) == len(text)


@given(st.randoms(use_true_random=False))
def test_masked_once_nothing_is_found(random) -> None:
    parts = [make(random) for make in (make_mobile, make_resident_id, make_bank_card, make_address)]
    text = "，".join(write(part, random) for part, write in zip(parts, WRITINGS, strict=True))
    for find in reversed(find_personal_data(text)):
        text = text[: find.start] + find.masked + text[find.end :]
    assert find_personal_data(text) == []


WRITINGS = [grouped(3, 4), full_width, grouped(4, 4, 4, 4), plain]
