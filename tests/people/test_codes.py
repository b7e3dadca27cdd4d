import pytest

from people import codes
from people.codes import ALPHABET, CodeMistyped, clean_code, draw_code, format_code

# Worked out by hand from the published table: 1234 = 16J in base 32, 1234 mod 37 = 13 → D.
KNOWN = "000000000016JD"


def test_the_check_character_is_crockfords():
    assert clean_code(KNOWN) == KNOWN


def test_codes_are_fourteen_ordinary_characters_and_differ():
    drawn = {draw_code() for _ in range(2000)}
    assert len(drawn) == 2000
    assert {len(code) for code in drawn} == {14}
    assert set("".join(drawn)) == set(ALPHABET)
    assert all(clean_code(code) == code for code in drawn)


def test_a_code_whose_check_is_no_ordinary_character_is_drawn_again(monkeypatch):
    # 32, 33, 34, 35, 36 mod 37 are the signs that can't be dictated.
    numbers = iter([32, 33, 34, 35, 36, 1234])
    monkeypatch.setattr(codes.secrets, "randbits", lambda bits: next(numbers))
    assert draw_code() == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "000000000016JD",
        "00000-00000-16JD",
        " 00000 00000 16jd ",
        "OOOOO-ooooo-I6jd",
        "00000-00000-l6JD",
        "０００００－０００００－１６ＪＤ",
        "00000—00000—16JD",
    ],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert clean_code(typed) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "000000000016JE",
        "000000000016UD",
        "000000000016JD0",
        "00000000001６JË",
        "\x00" * 14,
    ],
)
def test_a_mistyped_code_is_told(typed):
    with pytest.raises(CodeMistyped) as refusal:
        clean_code(typed)
    assert refusal.value.messages == ["查询码输入有误，请核对后重新填写。"]


def test_every_single_wrong_character_and_every_swap_of_neighbours_is_noticed():
    code = draw_code()
    for place in range(14):
        for char in set(ALPHABET) - {code[place]}:
            with pytest.raises(CodeMistyped):
                clean_code(code[:place] + char + code[place + 1 :])
    for place in range(12):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(CodeMistyped):
                clean_code(swapped)


def test_a_code_is_grouped_for_reading():
    assert format_code(KNOWN) == "00000-00000-16JD"
