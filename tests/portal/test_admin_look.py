"""The admin's frame: our own name and emblem, Chinese, no link to a foreign host."""

import re

import pytest
from django.test import Client

from publishing.models import User
from tests.factories.consultation import make_home

pytestmark = pytest.mark.django_db


def words(page: str) -> str:
    """What a person reads of the page's body, without scripts, data and tags."""
    body = page.partition("<body")[2]
    body = re.sub(r"<(script|template|noscript|svg).*?</\1>", " ", body, flags=re.S)
    return re.sub(r"<[^>]*>", " ", body.partition(">")[2])


def test_the_sign_in_page_speaks_chinese_and_names_the_platform(client: Client) -> None:
    page = client.get("/cms/login/").content.decode()
    assert "<title>登录 - 政民互动平台管理后台</title>" in page
    assert re.findall(r"[A-Za-z]{3,}", words(page)) == []


def test_the_admins_home_leads_to_no_foreign_host(client: Client) -> None:
    make_home()
    client.force_login(User.objects.create_superuser("boss"))
    page = client.get("/cms/").content.decode()
    assert "政民互动平台管理后台</title>" in page
    page = re.sub(r"<noscript.*?</noscript>", "", page, flags=re.S)
    assert re.findall(r'(?:href|src)="(?:https?:)?//[^"]*"', page) == []
    assert "portal/img/emblem-light.svg" in page
