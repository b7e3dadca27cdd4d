"""导入文档 into a policy: clauses, identities kept, and the fields that the document states."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from interpretations.models import PolicyPage
from publishing.models import User
from tests.factories.importing import import_text
from tests.factories.interpretations import fresh, make_policy

pytestmark = pytest.mark.django_db
NOTICE = """测试镇人民政府关于印发《测试镇停车管理办法》的通知
测府发〔2026〕17号
各村（居）、各单位：
现将《测试镇停车管理办法》印发给你们，请认真贯彻执行。
测试镇人民政府
2026年3月9日

测试镇停车管理办法

第一条 为规范停车秩序，制定本办法。
第二条 机动车应当停放在划定的泊位内。
"""


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    return client


def imported(chief: Client, policy: PolicyPage, text: str) -> PolicyPage:
    import_text(chief, policy, text)
    latest: PolicyPage = fresh(policy).get_latest_revision_as_object()
    return latest


def test_what_the_document_states_fills_what_is_empty(chief: Client) -> None:
    empty = {"issuer": "", "document_number": "", "written_on": None}
    policy = imported(chief, make_policy(live=False, **empty), NOTICE)
    assert policy.document_number == "测府发〔2026〕17号"
    assert (policy.issuer, policy.written_on) == ("测试镇人民政府", date(2026, 3, 9))
    assert [clause.label for clause in policy.clauses if clause.commentable] == ["第一条", "第二条"]


def test_what_an_editor_wrote_stays(chief: Client) -> None:
    before = make_policy(live=False, issuer="测试镇停车办公室")
    policy = imported(chief, before, NOTICE)
    kept = (policy.document_number, policy.issuer, policy.written_on)
    assert kept == (before.document_number, before.issuer, before.written_on)


def test_a_second_import_keeps_the_identities_and_shows_the_redline(chief: Client) -> None:
    policy = make_policy(live=False)
    before = [clause.id for clause in imported(chief, policy, NOTICE).clauses]
    changed = NOTICE.replace("划定的泊位内", "划定的泊位内，不得占用人行道")
    address = reverse("publishing_import", args=[policy.pk])
    preview = chief.post(address, {"text": changed, "preview": "1"}).content.decode()
    assert "<ins>，不得占用人行道</ins>" in preview
    assert ("识别出 <strong>2</strong> 条条款" in preview, "可提意见" in preview) == (True, False)
    after = imported(chief, policy, changed)
    assert [clause.id for clause in after.clauses] == before


def test_what_is_public_stays_until_it_is_published(chief: Client) -> None:
    policy = make_policy()
    clauses = policy.clauses
    imported(chief, policy, NOTICE)
    assert fresh(policy).clauses == clauses
