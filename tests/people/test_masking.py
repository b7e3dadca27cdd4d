import pytest

from people.masking import mask_email, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("朱甲", "朱**"),
        ("朱甲乙丙", "朱**"),
        ("欧阳甲", "欧**"),
        (" 朱 甲 ", "朱**"),
        ("𬱖甲", "𬱖**"),
        ("葛\U000e0100甲", "葛\U000e0100**"),
        ("John Doe", "J**"),
        ("朱", "朱**"),
        ("", "匿名"),
        ("  ", "匿名"),
    ],
)
def test_a_name_keeps_its_first_character(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("某某乡某某专业合作社", "某某**作社"),
        ("某某乡某某运输服务部（东店）", "某某**务部"),
        ("甲乙商店(东街三号店)", "甲**"),
        ("（某某某某）", "（某**某）"),
        ("甲乙商店", "甲**"),
        ("", "匿名"),
    ],
)
def test_an_organisation_keeps_its_ends(name, masked):
    assert mask_name(name, organisation=True) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613800001234", "138****1234"),
        ("13800001234", "138****1234"),
        ("１３８００００１２３４", "138****1234"),
        ("+867936221234", "079****1234"),
        ("+861065281234;ext=12", "010****1234"),
        ("+85221234567", "852****4567"),
        ("6221234", "62****"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_ends(phone, masked):
    assert mask_phone(phone) == masked


def test_an_email_keeps_its_first_character_and_host():
    assert mask_email("zhangsan@example.com") == "z***@example.com"
    assert (mask_email(""), mask_email("none")) == ("", "")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请打13800001234找我", "请打138****1234找我"),
        ("电话：138-0000-1234。", "电话：138****1234。"),
        ("电话 138 0000 1234", "电话 138****1234"),
        ("电话１３８００００１２３４", "电话138****1234"),
        ("+86 13800001234 和 0086-13900005678", "138****1234 和 139****5678"),
        ("身份证110101199003071234号", "身份证110*************34号"),
        ("身份证11010119900307123X", "身份证110*************3X"),
        ("身份证 110101 19900307 123x", "身份证 110*************3x"),
        ("卡号6222 0212 3456 7890 123", "卡号622**************23"),
        ("邮箱zhang.san@mail.example.cn，谢谢", "邮箱z***@mail.example.cn，谢谢"),
        ("座机0793-6221234", "座机079****1234"),
        ("座机（0793）6221234吗", "座机079****1234吗"),
        ("座机07936221234", "座机079****1234"),
        ("座机0793—6221234", "座机079****1234"),
        ("138.0000.1234", "138****1234"),
        ("138  0000  1234", "138****1234"),
        ("138/0000/1234", "138****1234"),
        ("138、0000、1234", "138****1234"),
        ("138·0000·1234", "138****1234"),
        ("(138)00001234", "138****1234"),
        ("（138）0000_1234", "138****1234"),
        ("138\n00001234", "138****1234"),
        ("1 3 8 0 0 0 0 1 2 3 4", "138****1234"),
        ("一三八零零零零一二三四", "一三八****一二三四"),
    ],
)
def test_numbers_and_addresses_in_a_text_are_masked(text, masked):
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第三条补助 12000 元，2026年11月22日起",
        "国办发〔2017〕47号",
        "投资1380000123元",
        "编号20261122-482135",
        "13、14、15、16、17、18号",
        "2026.11.22至2026.12.22",
        "一三年、二〇二六年十一月",
        "第138条、第1390号",
        "面积２３０平方米＠村口",
        "比例 0.138 0000 1234 以内的数"[:12],
    ],
)
def test_other_numbers_stay_as_written(text):
    assert mask_text(text) == text


def test_masking_twice_changes_nothing():
    text = "13800001234 110101199003071234 a@b.cn 0793-6221234"
    assert mask_text(mask_text(text)) == mask_text(text)
