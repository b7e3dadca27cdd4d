from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from people.models import PrivacyNotice

pytestmark = pytest.mark.django_db
LIST = "/cms/snippets/people/privacynotice/"
BODY = '{"blocks": [{"key": "a", "text": "%s", "type": "unstyled", "depth": 0}], "entityMap": {}}'


@pytest.fixture(autouse=True)
def administrator(client, admin_user):
    client.force_login(admin_user)


def form(version, text, moment):
    local = timezone.localtime(moment)
    return {
        "version": version,
        "title": "个人信息保护告知",
        "body": BODY % text,
        "in_force_from": f"{local:%Y-%m-%d %H:%M}",
    }


def test_a_version_is_added_in_the_admin(client):
    response = client.post(f"{LIST}add/", form(1, "我们收集您的电话。", timezone.now()))
    assert response.status_code == 302
    notice = PrivacyNotice.objects.current()
    assert notice is not None
    assert "我们收集您的电话。" in notice.body
    assert "第 1 版" in client.get(LIST).content.decode()


def test_the_same_version_cannot_come_twice(client):
    PrivacyNotice.objects.create(version=1, body="<p>一</p>")
    response = client.post(f"{LIST}add/", form(1, "另一个", timezone.now()))
    assert (response.status_code, PrivacyNotice.objects.count()) == (200, 1)


def test_the_form_of_a_version_in_force_refuses_a_change_and_says_why(client):
    moment = timezone.now() - timedelta(days=1)
    notice = PrivacyNotice.objects.create(version=1, body="<p>旧</p>", in_force_from=moment)
    response = client.post(f"{LIST}edit/{notice.pk}/", form(1, "新", moment))
    assert response.status_code == 200
    assert "这一版隐私声明已经生效，不能修改。请新增一个版本。" in response.content.decode()
    notice.refresh_from_db()
    assert notice.body == "<p>旧</p>"


def test_a_version_of_tomorrow_can_be_changed(client):
    moment = timezone.now() + timedelta(days=1)
    notice = PrivacyNotice.objects.create(version=1, body="<p>旧</p>", in_force_from=moment)
    assert client.post(f"{LIST}edit/{notice.pk}/", form(1, "新", moment)).status_code == 302
    notice.refresh_from_db()
    assert "新" in notice.body


def test_the_right_to_see_contacts_can_be_given_to_a_group(client):
    html = client.get("/cms/groups/new/").content.decode()
    assert "可查看完整的姓名、电话和地址" in html


def test_a_new_version_holds_for_the_next_visitor(client, django_capture_on_commit_callbacks):
    before = cache.get_or_set("page-generation", "first", None)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}add/", form(1, "我们收集您的电话。", timezone.now()))
    assert cache.get("page-generation") != before
