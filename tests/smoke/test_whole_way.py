"""A decision's whole way over HTTP and services, on whichever database the run has (SQLite too)."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Outcome, Phase, Review
from consultation.models import DecisionDraftPage, Opinion
from consultation.services.opinions import review_opinions
from consultation.services.responses import Decision, decide_response, group_opinions
from consultation.services.results import create_result
from notify.services import sweep
from publishing.gates import PublishBlocked
from publishing.models import User
from tests.factories.consultation import make_draft, make_notice
from tests.factories.importing import import_text
from tests.people.captcha.solving import solve

pytestmark = pytest.mark.django_db

TEXT = """测试镇集镇停车管理办法（征求意见稿）

第一章 总则
第一条 为规范集镇停车秩序，制定本办法。
第二条 本办法适用于测试镇集镇范围。
第二章 停放
第三条 机动车应当停放在划定的泊位内。
（一）小型车停放在甲区；
（二）货车停放在乙区。
"""


def imported_draft(staff: Client) -> DecisionDraftPage:
    """A draft whose text came by the import screen, refused once, then published."""
    page = make_draft(Phase.UPCOMING, live=False, clauses=[])
    page.opening_day = timezone.localdate()
    page.closing_day = page.opening_day + timedelta(days=31)
    with pytest.raises(PublishBlocked, match="缺少草案正文"):
        page.save_revision().publish()
    import_text(staff, page, TEXT)
    DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision().publish()
    return DecisionDraftPage.objects.get(pk=page.pk)


def form_data(draft: DecisionDraftPage, text: str) -> dict[str, Any]:
    """What the citizen's form posts: one opinion about the third article, one about all."""
    third = next(row for row in draft.clause_rows.all() if row.label == "第三条")
    return {
        "idempotency_key": str(uuid.uuid4()),
        "notice_version": make_notice().version,
        "kind": "individual",
        "phone": "138 0000 0001",
        "name": "测试人",
        "email": "someone@example.com",
        "consent": "on",
        "captcha": solve(),
        "opinions-TOTAL_FORMS": "2",
        "opinions-INITIAL_FORMS": "0",
        "opinions-0-clause": str(third.block_id),
        "opinions-0-text": text,
        "opinions-1-clause": "",
        "opinions-1-text": "总体赞成。",
    }


def receipt_in(body: str) -> tuple[str, str]:
    """Number and code as the receipt's mail tells them."""
    return re.findall(r"回执编号：(\S+)", body)[0], re.findall(r"查询码：(\S+)", body)[0]


def decide_all(draft: DecisionDraftPage, staff: User) -> None:
    opinions = list(Opinion.objects.filter(draft=draft))
    review_opinions(opinions=opinions, review=Review.REVIEWED, user=staff)
    for opinion, outcome in zip(opinions, [Outcome.ADOPTED, Outcome.NOT_ADOPTED], strict=True):
        response = group_opinions(opinions=[opinion], user=staff)
        decision = Decision(summary=opinion.text, outcome=outcome, reason="已认真研究。")
        decide_response(
            response=response, decision=decision, user=staff, seen_revision=response.revision
        )


def test_from_the_file_to_the_published_result(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    staff = Client()
    staff.force_login(chief)
    draft = imported_draft(staff)
    assert "机动车应当停放在划定的泊位内" in client.get(draft.url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(draft.url + "opinion/", form_data(draft, "乙区离市场太远。"))
    assert sent.status_code == 200
    sweep()
    number, code = receipt_in(mail.outbox[0].body)
    assert number in sent.content.decode()

    with time_machine.travel(draft.closes_at + timedelta(hours=1)):
        late = client.post(draft.url + "opinion/", form_data(draft, "迟到的意见。"))
        assert (late.status_code, "迟到的意见。" in late.content.decode()) == (409, True)
        decide_all(draft, chief)
        result = create_result(draft=draft, user=chief)
        with pytest.raises(PublishBlocked, match="征集工作开展情况"):
            result.save_revision().publish()
        result.outreach = "张贴公告，入户告知。"
        with django_capture_on_commit_callbacks(execute=True):
            result.save_revision().publish()
        sweep()
        result.refresh_from_db()
        shown = client.get(result.url).content.decode()
        looked_up = client.post(reverse("lookup"), {"number": number, "code": code})

    assert (result.figures["received"], result.figures["adopted"]) == (2, 1)
    assert "测**" in shown
    assert "13800000001" not in shown
    assert "未采纳" in looked_up.content.decode()
    assert "未采纳" in mail.outbox[1].body
    assert DecisionDraftPage.objects.get(pk=draft.pk).result.pk == result.pk
