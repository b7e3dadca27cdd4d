"""Addresses that are made from titles: pinyin, short, whole syllables, each its own."""

import pytest

from portal.models import InformationPage
from publishing.models.pages import pinyin_address
from tests.factories.consultation import make_home

LONG = "测试镇人民政府关于进一步规范集镇机动车停放秩序管理办法（征求意见稿）"


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("停车办法", "ting-che-ban-fa"),
        (LONG, "ce-shi-zhen-ren-min-zheng-fu-guan-yu-jin"),
        ("一二三四五六七八九十" * 3, "yi-er-san-si-wu-liu-qi-ba-jiu-shi-yi-er"),
        ("a" * 60, "a" * 40),
        ("《》", "page"),
    ],
)
def test_the_first_whole_syllables_make_the_address(title: str, address: str) -> None:
    assert pinyin_address(title) == address


@pytest.mark.django_db
def test_two_pages_of_one_title_have_two_addresses() -> None:
    home = make_home()
    pages = [home.add_child(instance=InformationPage(title=LONG, body="x")) for _ in range(2)]
    first = pinyin_address(LONG)
    assert [page.slug for page in pages] == [first, f"{first}-2"]
