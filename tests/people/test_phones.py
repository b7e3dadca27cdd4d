import pytest

from people.phones import PhoneRefused, display_phone, normalise_phone, person_key

MOBILE = "+8613800001234"


@pytest.mark.parametrize(
    "written",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "１３８００００１２３４",
        "+86 138 0000 1234",
        "0086 13800001234",
        "86 13800001234",
        "（+86）138－0000－1234",
        " 138 0000—1234 ",
        "\u200b13800001234\u202c",
    ],
)
def test_one_mobile_number_written_in_many_ways(written):
    assert normalise_phone(written) == MOBILE


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0793-6221234", "+867936221234"),
        ("（0793）6221234", "+867936221234"),
        ("0793 622 1234 转 8012", "+867936221234;ext=8012"),
        ("0793-6221234分机12", "+867936221234;ext=12"),
        ("010-65281234", "+861065281234"),
        ("021 6521 1234 ext. 5", "+862165211234;ext=5"),
        ("+852 2123 4567", "+85221234567"),
        ("00 44 20 7946 0958", "+442079460958"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_landlines_extensions_and_foreign_numbers(written, kept):
    assert normalise_phone(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "6221234",
        "1380000123",
        "138000012345",
        "12345",
        "110",
        "12800001234",
        "abc",
        "1380000123四",
        "一三八",
        "+86",
        "0793-6221234 13800001234",
        "13800001234;ext=<b>",
        "1-800-FLOWERS",
        "9" * 400,
        "\x00",
    ],
)
def test_what_is_no_number_is_refused_in_chinese(written):
    with pytest.raises(PhoneRefused) as refusal:
        normalise_phone(written)
    assert refusal.value.messages == ["请填写 11 位手机号，或带区号的固定电话。"]


def test_normalising_twice_changes_nothing():
    for written in ("13800001234", "0793 6221234 转 8012", "+852 2123 4567"):
        once = normalise_phone(written)
        assert normalise_phone(once) == once


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (MOBILE, "13800001234"),
        ("+867936221234", "0793-622-1234"),
        ("+867936221234;ext=12", "0793-622-1234 转 12"),
        ("+85221234567", "+852-2123-4567"),
        ("", ""),
    ],
)
def test_a_number_is_shown_as_people_read_it(kept, shown):
    assert display_phone(kept) == shown


def test_the_person_key_is_a_keyed_hash(settings):
    key = person_key(MOBILE)
    assert (len(key), key == person_key(MOBILE), int(key, 16) > 0) == (64, True, True)
    assert person_key("+8613800001235") != key
    settings.PERSON_KEY = "another"
    assert person_key(MOBILE) != key
    assert person_key("") == ""
