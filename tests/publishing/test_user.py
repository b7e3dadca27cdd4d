import pytest

from publishing.models import User


@pytest.mark.parametrize(
    ("last", "first", "shown"),
    [("欧阳", "小林", "欧阳小林"), ("", "小林", "小林"), ("", "", "lin")],
)
def test_staff_are_named_as_chinese_names_are_written(last: str, first: str, shown: str) -> None:
    assert str(User(username="lin", last_name=last, first_name=first)) == shown
