import pytest

from people.names import is_whole_name


@pytest.mark.parametrize(
    "name",
    [
        *("王五", "欧阳修", "买买提·艾山", "阿依古丽", "Li", "O'Brien", "Иванов", "བསོད་ནམས"),
        *("王𠮷", "𠮷野", "王\U000323af", "王\ue000", "（王五）"),
    ],
)
def test_two_letters_of_any_script_are_a_name(name: str) -> None:
    assert is_whole_name(name)


@pytest.mark.parametrize(
    "name", ["", "王", " 王 ", "王*", "王．", "王**", "王😀", "é", "e\u0301", "𠮷"]
)
def test_one_letter_is_none(name: str) -> None:
    assert not is_whole_name(name)
