"""登记意见: late letters, several opinions at once, people who leave no name (rules D3, D4, O2)."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consultation.enums import Channel, Phase
from consultation.models import DecisionDraftPage, Opinion, Submission
from people.codes import format_code
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(unit: Unit) -> User:
    return make_officer(unit, Role.FRONT_DESK)


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def address(draft: DecisionDraftPage) -> str:
    return f"{reverse('desk:enter')}?draft={draft.pk}"


def typed(*texts: str, **more: object) -> dict[str, object]:
    rows = {f"opinions-{at}-text": text for at, text in enumerate(texts or ("建议修路。",))}
    return {
        "idempotency_key": str(uuid.uuid4()),
        "channel": Channel.LETTER,
        "received_on": timezone.localdate().isoformat(),
        "kind": "individual",
        "opinions-TOTAL_FORMS": len(rows),
        "opinions-INITIAL_FORMS": 0,
        **rows,
        **more,
    }


def test_a_letter_without_a_sender_is_entered_after_closing(desk, unit, officer) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    yesterday = timezone.localdate() - timedelta(days=1)
    reply = desk.post(address(draft), typed(received_on=yesterday.isoformat()))
    submission = Submission.objects.get()
    assert reply["Location"] == reverse("desk:slip", args=[submission.pk])
    assert (submission.channel, submission.received_on, submission.entered_by) == (
        Channel.LETTER,
        yesterday,
        officer,
    )
    assert (submission.contact.masked_name, submission.notice) == ("匿名", None)
    entry = ModelLogEntry.objects.get(action="consultation.submit")
    assert (entry.user, entry.data) == (officer, {"opinions": [1]})


def test_several_opinions_on_clauses_share_one_receipt_and_one_register(desk, unit) -> None:
    draft = make_draft(unit=unit)
    first, second = [row.id for row in draft.clauses if row.commentable][:2]
    clauses = {"opinions-0-clause": first, "opinions-1-clause": second, "opinions-2-clause": ""}
    desk.post(address(draft), typed("甲", "乙", "丙", **clauses))
    rows = Opinion.objects.order_by("number").values_list("number", "text", "clause__block_id")
    assert [(number, text, str(block or "")) for number, text, block in rows] == [
        (1, "甲", first),
        (2, "乙", second),
        (3, "丙", ""),
    ]
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"received_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "不能晚于今天"),
        ({"received_on": ""}, "请填写收到日期"),
        ({"received_on": "昨天"}, "日期应写成"),
        ({"channel": "web"}, "渠道"),
        ({"phone": "123"}, "联系电话"),
        ({"email": "zhang"}, "邮箱地址不完整"),
        ({"opinions-0-text": " \u200b"}, "意见"),
        ({"opinions-0-text": "长" * 3001}, "3001"),
        ({"idempotency_key": "x"}, "页面数据不完整"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk, unit, change, message) -> None:
    draft = make_draft(unit=unit)
    reply = desk.post(address(draft), typed(name="朱小明", address="东村", **change))
    page = reply.content.decode()
    assert (reply.status_code, message in page) == (422, True)
    assert ("朱小明" in page, "东村" in page) == (True, True)
    assert Submission.objects.count() == 0


def test_one_more_opinion_without_a_script_keeps_what_was_typed(desk, unit) -> None:
    draft = make_draft(unit=unit)
    reply = desk.post(address(draft), typed("写到一半", name="朱小明", add="1"))
    form = reply.context["form"]
    assert [row["text"].value() for row in form.opinions.forms] == ["写到一半", None]
    assert "朱小明" in reply.content.decode()
    assert Submission.objects.count() == 0


def test_a_broken_key_is_replaced_so_that_the_form_can_be_sent_again(desk, unit) -> None:
    reply = desk.post(address(make_draft(unit=unit)), typed(idempotency_key="x"))
    key = reply.context["form"]["idempotency_key"].value()
    assert uuid.UUID(str(key)).version == 4


def test_the_same_form_twice_is_one_submission(desk, unit) -> None:
    draft = make_draft(unit=unit)
    data = typed()
    places = {desk.post(address(draft), data)["Location"] for _ in range(2)}
    assert (len(places), Submission.objects.count()) == (1, 1)


def test_the_next_letter_starts_with_draft_channel_and_day(desk, unit) -> None:
    draft = make_draft(unit=unit)
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    data = typed(**{"channel": Channel.PHONE, "received_on": day, "then-next": "1"})
    reply = desk.post(address(draft), data, follow=True)
    form = reply.context["form"]
    assert (form["channel"].value(), form["received_on"].value()) == ("phone", day)
    assert "已登记1号意见" in reply.content.decode()
    assert str(form["idempotency_key"].value()) != data["idempotency_key"]


def test_the_slip_has_number_and_code_for_the_caller(desk, unit) -> None:
    desk.post(address(make_draft(unit=unit)), typed())
    submission = Submission.objects.get()
    page = desk.get(reverse("desk:slip", args=[submission.pk])).content.decode()
    code = format_code(submission.receipt.code)
    assert (submission.receipt.number in page, code in page) == (True, True)
    assert "（http://localhost/lookup/）" in page


def test_files_are_checked_and_kept(desk, unit) -> None:
    draft = make_draft(unit=unit)
    bad = SimpleUploadedFile("表.exe", b"MZ\x90\x00")
    reply = desk.post(address(draft), typed(attachments=bad))
    assert ("表.exe" in reply.content.decode(), Submission.objects.count()) == (True, 0)


def test_a_draft_with_its_result_takes_no_more(desk, unit) -> None:
    draft = make_draft(Phase.ANSWERED, unit=unit)
    waiting = make_draft(Phase.OVERDUE, unit=unit)
    page = desk.get(reverse("desk:enter")).content.decode()
    assert (address(waiting) in page, address(draft) in page) == (True, False)
    reply = desk.post(address(draft), typed("晚到的信"))
    shown = reply.content.decode()
    assert ("已经公布，不能再登记意见" in shown, "晚到的信" in shown) == (True, True)


def test_another_units_draft_can_not_be_entered(desk) -> None:
    other = make_draft(unit=make_office("农业办"))
    assert desk.get(address(other)).status_code == 404
    assert desk.post(address(other), typed()).status_code == 404
    assert other.title not in desk.get(reverse("desk:enter")).content.decode()


def test_a_day_before_anybody_knew_of_the_draft_is_refused(desk, unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    early = draft.opening_day - timedelta(days=1)
    reply = desk.post(address(draft), typed(received_on=early.isoformat()))
    opening = f"{draft.opening_day.year}年{draft.opening_day.month}月{draft.opening_day.day}日"
    told = f"收到日期早于征求意见开始之日（{opening}），请核对。"
    assert (reply.status_code, told in reply.content.decode()) == (422, True)
    assert Submission.objects.count() == 0
    desk.post(address(draft), typed(received_on=draft.opening_day.isoformat()))
    assert Submission.objects.get().received_on == draft.opening_day


def test_before_the_opening_a_letter_may_come_once_the_draft_is_published(desk, unit) -> None:
    draft = make_draft(Phase.UPCOMING, unit=unit)
    desk.post(address(draft), typed())
    assert Submission.objects.get().received_on == timezone.localdate()
