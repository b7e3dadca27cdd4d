"""A real gateway on the loopback: what it is told, and what becomes of each of its answers."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from notify.models import Message
from notify.services import deliver, sweep
from people.services import create_contact

from ..making import message, unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE = "13800001234"
SHORT = "您报名的开放日定于11月30日9时，地点：镇政府。"


@pytest.fixture
def villager(db):
    return create_contact(name="测试人", phone=PHONE)


def text(contact, **more):
    return message(contact, **{"short": SHORT, "kind": "reminder", **more})


def summary(row):
    kept = Message.objects.get(pk=row.pk)
    return (kept.state, kept.channel, kept.attempts, kept.error)


def test_a_message_goes_out_whole_signed_and_with_its_own_id(smsserver, villager):
    row = text(villager, secret="查询码 7K2M", body="很长的正文")
    assert deliver(message_id=row.pk) is True
    (sent,) = smsserver.taken.values()
    assert set(sent) == {"account", "id", "phone", "signature", "timestamp", "nonce", "content"}
    assert (sent["phone"], sent["id"], sent["account"]) == (PHONE, row.reference, "town")
    assert sent["content"] == f"【社溪镇】{SHORT}"
    assert smsserver.heads[0][0] == "/send"
    assert summary(row) == ("sent", "sms", 1, "")
    assert Message.objects.get().sent_at is not None


def test_a_template_gets_its_values_and_no_others(smsserver, villager, settings):
    settings.SMS_TEMPLATES = {"reminder": {"id": "T-1", "values": ["day", "place"]}}
    values = {"day": "11月30日", "place": "镇政府", "name": "不用的"}
    deliver(message_id=text(villager, short_values=values).pk)
    (sent,) = smsserver.taken.values()
    assert (sent["template"], "content" in sent) == ("T-1", False)
    assert sent["values"] == '{"day": "11月30日", "place": "镇政府"}'


def test_a_template_that_was_taken_away_since_leads_to_the_call_list(smsserver, villager, settings):
    row = text(villager)
    settings.SMS_TEMPLATES = {"other": {"id": "T-1", "values": []}}
    deliver(message_id=row.pk)
    assert summary(row) == ("failed", "sms", 1, "没有这类通知的短信模板")
    assert (list(Message.objects.to_phone()), smsserver.requests) == ([row], [])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("NUMBER", "号码无效或已停用"),
        ("blocked", "本人已退订或在黑名单中"),
        ("CONTENT", "内容未通过审查"),
        ("TEMPLATE", "模板不存在或变量不符"),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_a_refusal_for_good_goes_to_the_call_list(smsserver, villager, code, reason, status):
    smsserver.code, smsserver.status = code, status
    row = text(villager, unit=unit())
    assert deliver(message_id=row.pk) is True
    assert summary(row) == ("failed", "sms", 1, f"短信网关拒收：{reason}")
    assert list(Message.objects.to_phone()) == [row]


def test_a_refusal_for_now_is_tried_later_and_later_and_then_phoned(smsserver, villager):
    smsserver.verdict = lambda fields: "BUSY"
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        row = text(villager)
        while Message.objects.get().state == "queued":
            assert deliver(message_id=row.pk) is True
            if due := Message.objects.get().next_try_at:
                waits.append((due - timezone.now()) / timedelta(minutes=1))
                clock.move_to(due)
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert summary(row) == ("failed", "sms", 8, "短信网关拒收：短信网关忙")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("LIMIT", "这个号码的短信太密"),
        ("1002", "1002"),
        (1002, "1002"),
        ("isp.ram", "ISP.RAM"),
        (f"{PHONE} no", "未知代码"),
        (int(PHONE), "未知代码"),
    ],
)
def test_a_code_that_we_do_not_know_may_pass_and_no_number_stands_in_the_reason(
    smsserver, villager, code, reason
):
    smsserver.code = code
    row = text(villager)
    assert deliver(message_id=row.pk) is True
    assert summary(row) == ("queued", "sms", 1, f"短信网关拒收：{reason}")


@pytest.mark.parametrize(
    ("manner", "status", "reason"),
    [
        ("slow", 200, "短信网关没有答复（TimeoutError），不知是否发出"),
        ("drop", 200, "短信网关没有答复（RemoteDisconnected），不知是否发出"),
        ("drip", 200, "短信网关的答复无法识别，不知是否发出"),
        ("nonsense", 200, "短信网关的答复无法识别，不知是否发出"),
        ("nonsense", 500, "短信网关出错（500），不知是否发出"),
        ("take", 502, "短信网关出错（502），不知是否发出"),
    ],
)
def test_an_answer_that_leaves_it_open_is_counted_and_the_person_gets_one(
    smsserver, villager, manner, status, reason
):
    smsserver.manner, smsserver.status = manner, status
    row = text(villager)
    assert deliver(message_id=row.pk) is False
    assert (summary(row), smsserver.outwaited) == (("queued", "sms", 1, reason), False)
    smsserver.manner, smsserver.status = "take", 200
    Message.objects.update(next_try_at=timezone.now())
    assert deliver(message_id=row.pk) is True
    assert summary(row) == ("sent", "sms", 2, "")
    assert (len(smsserver.requests), len(smsserver.taken)) == (2, 1)


def test_a_gateway_that_never_says_what_it_did_is_asked_eight_times_in_all(smsserver, villager):
    smsserver.manner = "nonsense"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        row = text(villager)
        smsserver.verdict = lambda fields: smsserver.requests.append(fields)
        for _minute in range(24 * 60):
            sweep()
            clock.shift(timedelta(minutes=1))
    assert len(smsserver.requests) == 8
    assert summary(row)[0] == "failed"


@pytest.mark.parametrize(
    ("manner", "status", "code", "reason"),
    [
        ("nonsense", 503, "", "短信网关暂不接收（503）"),
        ("nonsense", 429, "", "短信网关暂不接收（429）"),
        ("nonsense", 404, "", "短信网关地址不对（404），请检查 SMS_GATEWAY_URL"),
        ("redirect", 307, "", "短信网关地址不对（307），请检查 SMS_GATEWAY_URL"),
        ("nonsense", 401, "", "短信网关拒绝本平台：请检查 SMS_ACCOUNT 和 SMS_SECRET"),
        ("take", 200, "BALANCE", "短信网关拒绝本平台：余额不足，请充值"),
    ],
)
def test_a_gateway_that_takes_nothing_from_us_is_an_outage(
    smsserver, villager, manner, status, code, reason
):
    smsserver.manner, smsserver.status, smsserver.code = manner, status, code
    row = text(villager)
    with time_machine.travel(timezone.now(), tick=False):
        assert deliver(message_id=row.pk) is False
        assert summary(row) == ("queued", "sms", 0, reason)
        assert Message.objects.get().next_try_at == timezone.now() + timedelta(seconds=30)
    assert [path for path, _kind in smsserver.heads] == ["/send"]


def test_a_wrong_secret_is_an_outage_and_stands_in_the_log_without_the_person(
    smsserver, villager, settings, caplog
):
    settings.SMS_SECRET = "another-secret"
    row = text(villager)
    assert deliver(message_id=row.pk) is False
    assert summary(row)[3] == "短信网关拒绝本平台：签名不符，请检查 SMS_SECRET"
    assert "SMS_SECRET" in caplog.text
    assert [word for word in (PHONE, SHORT, "another-secret") if word in caplog.text] == []
    assert smsserver.taken == {}


def test_nobody_listening_is_an_outage_that_is_not_counted(smsserver, villager, settings):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:1/send"
    row = text(villager)
    assert deliver(message_id=row.pk) is False
    assert summary(row) == ("queued", "sms", 0, "短信网关连接不上（ConnectionRefusedError）")


def test_a_gateway_that_is_away_holds_up_no_mail(mailserver, smsserver, villager, settings):
    settings.NOTIFY_EMAIL = True
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:1/send"
    first = text(villager)
    rows = [text(villager), message(create_contact(email="reader@example.com"))]
    assert sweep() == 1
    assert [summary(row)[0] for row in (first, *rows)] == ["queued", "queued", "sent"]
    assert Message.objects.filter(channel="sms").exclude(error="").count() == 1


def test_a_mail_server_that_is_away_holds_up_no_sms(mailserver, smsserver, villager, settings):
    settings.NOTIFY_EMAIL = True
    mailserver.manner = "drop"
    rows = [message(create_contact(email="reader@example.com")), text(villager), text(villager)]
    assert sweep() == 2
    assert [summary(row)[0] for row in rows] == ["queued", "sent", "sent"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_once(smsserver):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    villager = create_contact(phone=PHONE)
    rows = [text(villager) for _ in range(20)]
    Message.objects.update(state="queued", sent_at=None, next_try_at=timezone.now(), attempts=0)
    smsserver.taken.clear()
    smsserver.requests.clear()
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            for row in rows:
                deliver(message_id=row.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(smsserver.requests), len(smsserver.taken)) == (20, 20)
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
