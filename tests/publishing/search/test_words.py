"""How text and queries are cut: what must be found alike comes out alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.search.words import MAX_WORDS, Word, is_run, lexemes, plain, tokens, units, words

RARE = "\U0002a6d6\U00030edd\U000323af"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医疗保险", ["医疗", "疗保", "保险", "险"]),
        ("险", ["险"]),
        ("社府发〔2022〕3号", ["社府", "府发", "发", "2022", "3", "号"]),
        ("社府发（２０２２）3 号", ["社府", "府发", "发", "2022", "3", "号"]),
        ("标准 目录", ["标准", "准目", "目录", "录"]),
        ("组　　长", ["组长", "长"]),
        ("第一行\n第二行", ["第一", "一行", "行", "第二", "二行", "行"]),
        ("制度，保障", ["制度", "度", "保障", "障"]),
        ("Wi-Fi ABC", ["wi", "fi", "abc"]),
        ("②Ⅳ㎡", ["2ivm2"]),
        (RARE, [RARE[:2], RARE[1:], RARE[2]]),
        ("葛\U000e0100根", ["葛根", "根"]),
        ("བོད་ཡིག", ["བོད", "ཡིག"]),
        ("''\"&|!:*<->()%_\\\x00", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("医疗保险", [("医疗保险",)]),
        ("医疗 保险　医疗", [("医疗",), ("保险",)]),
        ("社府发〔2022〕3号", [("社府发", "2022", "3", "号")]),
        ('"医疗" AND *', [("医疗",), ("and",)]),
        ("，。！", []),
        ("", []),
    ],
)
def test_words(query: str, expected: list[tuple[str, ...]]) -> None:
    assert words(query) == [Word(units) for units in expected]


def test_a_query_of_very_many_words_is_looked_up_by_the_first_of_them() -> None:
    many = [f"词{number}" for number in range(MAX_WORDS + 5)]
    assert words(" ".join(many)) == [Word(("词", str(number))) for number in range(MAX_WORDS)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("医疗保险", (["医疗", "疗保", "保险"], False)),
        ("险", (["险"], True)),
        ("2022", (["2022"], False)),
    ],
)
def test_lexemes(unit: str, expected: tuple[list[str], bool]) -> None:
    assert lexemes(unit) == expected


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("疗保", "城乡医疗保险制度", True),
        ("发2022", "社府发〔2022〕3号", True),
        ("3号", "社府发〔2022〕13号", False),
        ("3号", "社府发〔2022〕3号", True),
        ("202", "2022年", False),
        ("2022年", "截至 2022 年底", True),
        ("险疗", "医疗保险", False),
    ],
)
def test_the_pattern_of_a_word_stands_in_texts_that_hold_it(
    query: str, text: str, found: bool
) -> None:
    assert (words(query)[0].pattern in plain(text)) is found


@given(st.text())
def test_nothing_but_letters_and_digits_comes_through(text: str) -> None:
    assert [token for token in tokens(text) if set(token) & set("'\"\\%_&|!:*() \x00\n")] == []


@given(st.text(alphabet=st.sampled_from("医疗保险2022aé〔〕 -\U0002a6d6\n")), st.data())
def test_every_piece_of_chinese_in_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    runs = [unit for unit in units(text) if is_run(unit)]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : data.draw(st.integers(start + 1, len(run)))]
    assert [word.pattern in plain(text) for word in words(piece)] == [True]
