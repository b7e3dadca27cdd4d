import uuid
from typing import Any

import pytest

from people.forms import PhoneField
from people.public_form import PublicForm
from tests.factories.consultation import make_notice
from tests.people.captcha.solving import solve

pytestmark = pytest.mark.django_db
KEY = str(uuid.UUID(int=7, version=4))


class CallForm(PublicForm):
    phone = PhoneField()


def sent(**changes: str) -> CallForm:
    data: dict[str, Any] = {
        "idempotency_key": KEY,
        "notice_version": "1",
        "phone": "13800001111",
        "consent": "on",
        "captcha": solve(),
    }
    return CallForm({**data, **changes}, notice=make_notice())


def test_filled_in_rightly_it_is_valid_and_keeps_its_key() -> None:
    form = sent()
    assert (form.is_valid(), form.problems, form.key) == (True, [], KEY)


def test_what_is_wrong_is_told_in_the_order_of_the_page() -> None:
    form = sent(phone="", consent="", notice_version="2")
    assert not form.is_valid()
    assert list(form.problems) == [
        ("id_notice_version", "个人信息保护告知刚刚更新，请重新阅读并同意。"),
        ("id_phone", "请填写联系电话。"),
        ("id_consent", "请阅读个人信息保护告知，同意后在这里打勾。"),
    ]


def test_the_captcha_stands_below_the_fields_and_what_belongs_to_none_comes_last() -> None:
    form = sent(captcha="x" * 8193, phone="")
    form.add_error(None, "现在不行。")
    assert [problem.anchor for problem in form.problems] == ["id_phone", "id_captcha", ""]


@pytest.mark.parametrize("key", ["", "x"])
def test_a_key_that_is_none_gets_a_new_one_with_the_page(key: str) -> None:
    form = sent(idempotency_key=key)
    assert not form.is_valid()
    assert uuid.UUID(form.key) != uuid.UUID(KEY)
