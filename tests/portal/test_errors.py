"""An error is answered in Chinese, says what to do, and loses nothing that was typed."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template import loader
from django.test import Client, RequestFactory

from portal.views import permission_denied, server_error
from tests.factories.consultation import make_home


@pytest.mark.django_db
def test_a_page_that_is_not_there(client: Client) -> None:
    make_home()
    answer = client.get("/no/such/page/")
    assert (answer.status_code, "没有找到这个页面" in answer.content.decode()) == (404, True)


def test_the_page_for_errors_needs_no_database(rf: RequestFactory) -> None:
    """Not marked django_db: any query fails here."""
    answer = server_error(rf.get("/"))
    text = answer.content.decode()
    assert (answer.status_code, "服务暂时出错" in text, "stylesheet" in text) == (500, True, True)


def test_an_error_in_the_page_for_errors_is_answered_plainly(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr(loader, "render_to_string", fail)
    answer = server_error(rf.get("/"))
    assert (answer.status_code, "服务暂时出错" in answer.content.decode()) == (500, True)


@pytest.mark.django_db
def test_a_form_that_waited_too_long_gives_back_what_was_typed() -> None:
    make_home()
    client = Client(enforce_csrf_checks=True)
    typed = {
        "opinion-0-text": "第三条应当写明\n时间。<b>",
        "opinion-TOTAL_FORMS": "18",
        "csrfmiddlewaretoken": "machine-made-1",
        "altcha": "machine-made-2",
        "password": "machine-made-3",
        "name": "张三",
        "empty": " ",
    }
    answer = client.post("/search/", typed)
    text = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (403, True)
    assert ("第三条应当写明\n时间。&lt;b&gt;" in text, ">张三<" in text) == (True, True)
    assert ("machine-made" in text, ">18<" in text) == (False, False)


@pytest.mark.django_db
def test_a_form_that_can_not_be_read_is_refused_all_the_same() -> None:
    make_home()
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/search/", "no form", content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, "请重新提交" in answer.content.decode()) == (403, True)


@pytest.mark.django_db
def test_a_form_too_large_to_be_read_is_told_in_chinese() -> None:
    make_home()
    answer = Client().post("/lookup/", {"number": "x" * (6 * 1024 * 1024)})
    assert (answer.status_code, "这次没有收下" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_what_is_not_public_is_told_in_chinese(rf: RequestFactory) -> None:
    make_home()
    answer = permission_denied(rf.get("/"), PermissionDenied())
    assert (answer.status_code, "不对外公开" in answer.content.decode()) == (403, True)
    elder = server_error(rf.get("/elder/")).content.decode()
    assert 'class="elder"' not in elder
    request = rf.get("/elder/")
    request.elder = True
    assert 'class="elder"' in server_error(request).content.decode()


@pytest.mark.parametrize("charset", ["rot13", "gb18030", "idna", "undefined"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_letters_in_another_code_are_a_bad_request(kind: str, charset: str) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    answer = Client().generic("POST", "/lookup/", part, f"{kind}; charset={charset}")
    assert (answer.status_code, "这次没有收下" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("length", ["abc", "-1", "1.5"])
def test_a_length_that_is_no_number_is_a_bad_request(length: str) -> None:
    answer = Client().generic("POST", "/lookup/", "a=b", CONTENT_LENGTH=length)
    assert answer.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_what_says_that_it_is_utf_8_is_read(charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert Client().generic("POST", "/lookup/", "number=1", kind).status_code == 422
