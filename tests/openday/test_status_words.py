"""What the page of a registration says of an offer, of a session that is called off, of a move."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from notify.enums import MessageState
from notify.models import Message
from openday.models import Registration, SeatGroup, Session
from openday.services.sessions import cancel_session
from openday.services.settling import start_clocks
from people.throttle import reset_limits
from tests.factories.openday import make_officer_of, make_registration, publish
from tests.openday.test_public_pages import words_of
from tests.openday.test_public_status import look_up, offered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(session: Session, group: SeatGroup) -> None:
    reset_limits()
    publish(session.event)


def in_words(moment: datetime) -> str:
    there = timezone.localtime(moment)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def ends(row: Registration) -> str:
    """The end of the offer as it is stored now, in words."""
    moment = Registration.objects.get(pk=row.pk).offer_expires_at
    assert moment is not None
    return in_words(moment)


def test_until_the_message_is_out_an_offer_names_hours_and_then_the_time(
    client: Client, group: SeatGroup, session: Session
) -> None:
    """Nobody has told the person yet: their hours have not begun."""
    row = offered(group)
    before = words_of(look_up(client, row))
    assert f"请在通知送到您以后24小时内（最迟{ends(row)}）确认，逾期让给下一位。" in before
    assert "请在通知送到您以后 24小时内 回答；现在就可以回答。" in before
    out = {"state": MessageState.SENT, "sent_at": timezone.now()}
    Message.objects.filter(kind="openday_offer").update(**out)
    assert start_clocks(session) == 1
    after = words_of(look_up(client, row))
    assert "通知送到您以后" not in after
    assert f"请在{ends(row)}前确认，逾期让给下一位。" in after
    assert f"{in_words(timezone.now() + timedelta(hours=24))} 前回答。" in after


def test_a_session_that_is_called_off_leaves_nothing_to_do(
    client: Client, group: SeatGroup, session: Session
) -> None:
    row = make_registration(group)
    cancel_session(session=session, user=make_officer_of(session.event), reason="暴雨")
    page = words_of(look_up(client, row))
    assert "我的报名：活动已取消" in page
    assert "这一场已经取消，不再举办，报名随之作废，您不用做什么。" in page
    assert "理由：暴雨" in page
    assert [
        words for words in ("重新报名", "取消报名", "请按时到场", "网上取消") if words in page
    ] == []
