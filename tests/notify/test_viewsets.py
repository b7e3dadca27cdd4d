import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry

from notify.models import Message
from people.services import create_contact

from .making import message, staff, unit

pytestmark = pytest.mark.django_db
INDEX = "/cms/calls/"
PHONE = "13800001234"
RIGHTS = ("notify.change_message",)


@pytest.fixture
def ours(db):
    return unit("甲单位")


@pytest.fixture
def theirs(db):
    return unit("乙单位")


@pytest.fixture
def unsent(ours, settings):
    settings.NOTIFY_EMAIL = False
    reader = create_contact(name="朱测试", phone=PHONE, email="reader@example.com")
    return message(reader, unit=ours, subject="甲单位的事项", body="甲单位的内容")


@pytest.fixture
def foreign(theirs, unsent):
    reader = create_contact(name="钱测试", phone="13900005678")
    return message(reader, unit=theirs, subject="乙单位的事项", body="乙单位的内容")


@pytest.fixture
def clerk(ours, client):
    user = staff(ours, *RIGHTS)
    client.force_login(user)
    return user


def bulk_url(query):
    return f"/cms/bulk/notify/message/phoned/?{query}"


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_units_own_masked(client, clerk, unsent, foreign):
    html = page_of(client.get(INDEX))
    assert "甲单位的事项" in html
    assert ("朱**" in html, "138****1234" in html, "待告知（未发送）" in html) == (True, True, True)
    assert (PHONE in html, "朱测试" in html, "reader@" in html) == (False, False, False)
    assert ("乙单位" in html, "139****" in html) == (False, False)


def test_the_menu_item_is_there_for_who_may_phone(client, clerk, ours):
    assert INDEX in page_of(client.get("/cms/"))
    assert "icon-mobile-alt" in page_of(client.get(INDEX))
    client.force_login(staff(ours))
    assert INDEX not in page_of(client.get("/cms/"))


def test_an_administrator_sees_all(client, admin_user, unsent, foreign):
    client.force_login(admin_user)
    html = page_of(client.get(INDEX))
    assert ("甲单位的事项" in html, "乙单位的事项" in html) == (True, True)


def test_rows_cost_no_queries_of_their_own(client, clerk, unsent, ours):
    client.get(INDEX)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(INDEX)
        counts.append(len(captured))
        for _ in range(2):
            message(create_contact(phone=PHONE), unit=ours)
    assert counts[0] == counts[1]


def test_the_filters_offer_the_users_own_units(client, clerk, unsent, foreign, theirs):
    assert "乙单位" not in page_of(client.get(f"{INDEX}results/"))
    html = page_of(client.get(f"{INDEX}results/?unit={theirs.pk}"))
    assert "乙单位的事项" not in html
    assert "甲单位的事项" not in page_of(client.get(f"{INDEX}results/?state=failed"))
    assert "甲单位的事项" in page_of(client.get(f"{INDEX}results/?state=unsent"))


def test_the_list_is_filtered_by_the_channel_that_failed(client, clerk, unsent, ours):
    failed = message(create_contact(phone=PHONE), unit=ours, subject="短信发不出去的")
    error = "短信网关拒收：号码无效或已停用"
    Message.objects.filter(pk=failed.pk).update(channel="sms", state="failed", error=error)
    html = page_of(client.get(f"{INDEX}results/?channel=sms"))
    assert ("短信发不出去的" in html, error in html, "甲单位的事项" in html) == (True, True, False)
    assert "短信发不出去的" not in page_of(client.get(f"{INDEX}results/?channel=phone"))
    html = page_of(client.get(f"{INDEX}{failed.pk}/?channel=sms"))
    assert ("<dd>短信</dd>" in html, f"发送失败（{error}）" in html) == (True, True)


def test_nobody_without_the_right_gets_in_by_any_address(client, ours, theirs, unsent):
    addresses = [
        (INDEX, "get"),
        (f"{INDEX}results/", "get"),
        (f"{INDEX}print/", "get"),
        (f"{INDEX}print/", "post"),
        (f"{INDEX}{unsent.pk}/", "get"),
        (f"{INDEX}{unsent.pk}/", "post"),
        (f"{INDEX}{unsent.pk}/reveal/", "post"),
        (f"{INDEX}{unsent.pk}/undo/", "post"),
        (bulk_url(f"id={unsent.pk}"), "post"),
    ]
    strangers = [staff(theirs, *RIGHTS), staff(ours), None]
    for user in strangers:
        client.logout()
        if user:
            client.force_login(user)
        for address, method in addresses:
            response = getattr(client, method)(address)
            assert "甲单位的" not in response.content.decode()
            assert PHONE not in response.content.decode()
            if user is None:
                assert (response.status_code, response["Location"][:11]) == (302, "/cms/login/")
    assert Message.objects.get().state == "unsent"
    assert ModelLogEntry.objects.count() == 0


def test_other_generic_addresses_do_not_exist(client, clerk, unsent):
    for name in ("add", "delete", "inspect", "copy", "history", "usage"):
        for args in ((), (unsent.pk,)):
            with pytest.raises(NoReverseMatch):
                reverse(f"call_list:{name}", args=args)
    for path in ("new/", f"edit/{unsent.pk}/", f"delete/{unsent.pk}/", f"history/{unsent.pk}/"):
        assert client.get(INDEX + path).status_code == 404


def test_the_call_page_is_masked_until_somebody_asks_and_that_is_logged(client, clerk, unsent):
    html = page_of(client.get(f"{INDEX}{unsent.pk}/"))
    assert ("甲单位的内容" in html, "138****1234" in html, PHONE in html) == (True, True, False)
    assert ModelLogEntry.objects.count() == 0
    html = page_of(client.post(f"{INDEX}{unsent.pk}/reveal/", {"note": "打了两次"}))
    assert (PHONE in html, "朱测试" in html, "打了两次" in html) == (True, True, True)
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user) == ("people.reveal", clerk)
    assert entry.object_id == str(unsent.contact_id)
    assert client.get(f"{INDEX}{unsent.pk}/reveal/").status_code == 405


def test_who_waits_for_no_call_is_not_shown_in_full(client, clerk, ours, unsent):
    """Phoned already, or sent: the right to see numbers is the right to call those who wait."""
    on_screen = message(create_contact(phone=PHONE), unit=ours, phone_if_unsent=False)
    client.post(f"{INDEX}{unsent.pk}/", {"note": ""})
    seen = ModelLogEntry.objects.count()
    for row in (unsent, on_screen):
        response = client.post(f"{INDEX}{row.pk}/reveal/", follow=True)
        assert ("这条通知不需要电话告知" in page_of(response), PHONE in page_of(response)) == (
            True,
            False,
        )
    assert PHONE not in page_of(client.post(f"{INDEX}print/"))
    assert ModelLogEntry.objects.count() == seen


def test_what_the_person_has_seen_is_not_on_the_list(client, clerk, ours, unsent):
    message(create_contact(phone=PHONE), unit=ours, subject="网页上的回执", phone_if_unsent=False)
    for address in (INDEX, f"{INDEX}print/"):
        html = page_of(client.get(address))
        assert ("甲单位的事项" in html, "网页上的回执" in html) == (True, False)
    assert Message.objects.get(subject="网页上的回执").state == "unsent"


def test_a_query_code_stands_on_no_list_and_no_paper(client, clerk, ours, settings):
    settings.NOTIFY_EMAIL = False
    row = message(create_contact(phone=PHONE), unit=ours, secret="查询码：7K2M")
    for response in (
        client.get(INDEX),
        client.get(f"{INDEX}{row.pk}/"),
        client.get(f"{INDEX}print/"),
        client.post(f"{INDEX}print/"),
        client.get(bulk_url(f"id={row.pk}")),
    ):
        assert "7K2M" not in page_of(response)
    assert "7K2M" in page_of(client.post(f"{INDEX}{row.pk}/reveal/"))
    client.post(f"{INDEX}{row.pk}/", {"note": ""})
    assert "7K2M" not in page_of(client.get(f"{INDEX}{row.pk}/"))


def test_a_call_is_noted_by_post_only(client, clerk, unsent):
    client.get(f"{INDEX}{unsent.pk}/?note=x")
    assert Message.objects.get().state == "unsent"
    response = client.post(f"{INDEX}{unsent.pk}/", {"note": "本人接听"}, follow=True)
    kept = Message.objects.get()
    assert (kept.state, kept.phone_note, kept.phoned_by) == ("phoned", "本人接听", clerk)
    assert "已记录：电话告知“甲单位的事项”。" in page_of(response)
    again = client.post(f"{INDEX}{unsent.pk}/", {"note": "又"}, follow=True)
    assert "这条通知已由李某电话告知。" in page_of(again)
    assert "已电话告知" in page_of(client.get(f"{INDEX}{unsent.pk}/"))


def test_one_call_after_the_other_with_the_lists_filters(client, clerk, ours, unsent):
    rows = [message(create_contact(phone=PHONE), unit=ours, subject=f"第{n}个") for n in range(3)]
    Message.objects.filter(pk=rows[1].pk).update(state="failed")
    query = "?state=unsent"
    html = page_of(client.get(f"{INDEX}{query}"))
    assert f'href="{INDEX}{rows[2].pk}/{query}"' in html
    typed = {"note": "", "then-next": "1"}
    on = client.post(f"{INDEX}{rows[2].pk}/{query}", typed)
    assert on["Location"] == f"{INDEX}{rows[0].pk}/{query}"
    assert on["Location"] in page_of(client.get(f"{INDEX}{rows[2].pk}/{query}"))
    client.post(f"{INDEX}{rows[0].pk}/{query}", typed)
    last = client.post(f"{INDEX}{unsent.pk}/{query}", typed)
    assert last["Location"] == f"{INDEX}{query}"
    assert Message.objects.get(pk=rows[1].pk).state == "failed"


def test_a_call_noted_by_mistake_is_taken_back(client, clerk, ours, theirs, unsent):
    client.post(f"{INDEX}{unsent.pk}/", {"note": "打错了"})
    assert "甲单位的事项" not in page_of(client.get(f"{INDEX}results/"))
    assert "甲单位的事项" in page_of(client.get(f"{INDEX}results/?state=phoned"))
    assert "撤销告知记录" in page_of(client.get(f"{INDEX}{unsent.pk}/"))
    stranger = Client()
    stranger.force_login(staff(theirs, *RIGHTS))
    assert stranger.post(f"{INDEX}{unsent.pk}/undo/").status_code == 404
    assert client.get(f"{INDEX}{unsent.pk}/undo/").status_code == 405
    assert Message.objects.get().state == "phoned"
    said = page_of(client.post(f"{INDEX}{unsent.pk}/undo/", follow=True))
    kept = Message.objects.get()
    assert (kept.state, kept.phoned_by, kept.phoned_at) == ("unsent", None, None)
    assert ("回到待告知的名单" in said, "查看姓名和电话" in said) == (True, True)
    again = page_of(client.post(f"{INDEX}{unsent.pk}/undo/", follow=True))
    assert "不用撤销" in again
    actions = [entry.action for entry in ModelLogEntry.objects.order_by("pk")]
    assert actions == ["notify.phoned", "notify.unphoned"]


def test_a_note_that_is_too_long_stays_in_the_form(client, clerk, unsent):
    html = page_of(client.post(f"{INDEX}{unsent.pk}/", {"note": "长" * 201}))
    assert ("长" * 201 in html, Message.objects.get().state) == (True, "unsent")


def test_the_printed_list_is_masked_and_in_full_only_by_post(client, clerk, unsent, foreign):
    html = page_of(client.get(f"{INDEX}print/"))
    assert ("甲单位的内容" in html, "138****1234" in html, PHONE in html) == (True, True, False)
    assert re.findall(r"<script|<style|\bstyle=|\bon\w+=", html) == []
    html = page_of(client.post(f"{INDEX}print/"))
    assert (PHONE in html, "朱测试" in html, "乙单位" in html) == (True, True, False)
    assert [entry.action for entry in ModelLogEntry.objects.all()] == ["people.reveal"]
    assert "甲单位" not in page_of(client.get(f"{INDEX}print/?state=failed"))


def test_hostile_text_is_shown_as_text(client, clerk, ours, unsent):
    script = "<script>alert(1)</script>"
    row = message(create_contact(name=script, phone=PHONE), unit=ours, subject=script, body=script)
    for response in (
        client.get(INDEX),
        client.get(f"{INDEX}print/"),
        client.post(f"{INDEX}{row.pk}/reveal/"),
        client.get(bulk_url(f"id={row.pk}")),
    ):
        assert script not in page_of(response)


def test_several_are_noted_at_once(client, clerk, ours, unsent, foreign):
    more = message(create_contact(phone=PHONE), unit=ours)
    url = bulk_url(f"id={unsent.pk}&id={more.pk}&id={foreign.pk}&id=x")
    html = page_of(client.get(url))
    assert ("以下 2 条通知" in html, "乙单位" in html) == (True, False)
    client.post(url, {"note": "都已告知"})
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {unsent.pk: "phoned", more.pk: "phoned", foreign.pk: "unsent"}


def test_select_all_means_what_the_filters_leave_of_the_users_own(
    client, clerk, ours, unsent, foreign
):
    failed = message(create_contact(phone=PHONE), unit=ours)
    Message.objects.filter(pk=failed.pk).update(state="failed")
    client.post(bulk_url("id=all&state=failed"), {"note": ""})
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {unsent.pk: "unsent", failed.pk: "phoned", foreign.pk: "unsent"}


def test_the_audit_trail_speaks_chinese(client, admin_user, clerk, unsent):
    client.post(f"{INDEX}{unsent.pk}/reveal/")
    client.post(f"{INDEX}{unsent.pk}/", {"note": ""})
    client.force_login(admin_user)
    html = page_of(client.get("/cms/reports/site-history/"))
    assert f"查看完整联系方式（电话告知 {unsent.pk}）" in html
    assert "已电话告知" in html
