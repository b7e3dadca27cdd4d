"""Taking a submission: what is written, what a refusal leaves behind, how many queries it is."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation.enums import Channel, Phase
from consultation.models import DecisionDraftPage, Opinion, Submission, SubmissionAttachment
from consultation.services import submissions
from consultation.services.register import SubmissionRefused
from consultation.services.submissions import (
    Arrival,
    ConsultationClosed,
    SaidOpinion,
    Sender,
    submit_opinions,
)
from notify.models import Message
from people.models import Contact, Receipt
from people.storage import PrivateFileStorage
from people.uploads import CheckedFile
from tests.factories.consultation import make_draft, make_notice

pytestmark = pytest.mark.django_db

PHOTO = CheckedFile(name="照片.jpg", content_type="image/jpeg", content=b"a picture")


def send(draft: DecisionDraftPage, *texts: str, **more: Any) -> Submission:
    block_id = draft.clause_rows.all()[0].block_id
    return submit_opinions(
        **{
            "draft": draft,
            "opinions": [SaidOpinion(text, block_id) for text in texts or ("建议。",)],
            "sender": Sender(phone="13800000000", email="reader@example.com"),
            "idempotency_key": uuid.uuid4(),
            "notice": make_notice(),
            **more,
        }
    )


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where citizens' files go."""
    field = SubmissionAttachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", PrivateFileStorage(location=tmp_path))
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_all_of_it_is_written_together() -> None:
    draft = make_draft()
    submission = send(draft, "第一条。", "第二条。")
    assert list(submission.opinions.order_by("number").values_list("number", "text")) == [
        (1, "第一条。"),
        (2, "第二条。"),
    ]
    message = Message.objects.get()
    assert message.dedupe_key == f"receipt-{submission.pk}"
    assert "1号 · 第1条\n第一条。" in message.body
    assert "2号 · 第1条\n第二条。" in message.body


def test_numbers_go_on_where_the_register_stands() -> None:
    draft = make_draft()
    send(draft, "一", "二")
    send(draft, "三")
    assert list(Opinion.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3]


def test_the_same_key_gives_the_same_submission_also_after_closing() -> None:
    draft, key = make_draft(), uuid.uuid4()
    first = send(draft, idempotency_key=key)
    again = send(draft, "另一条。", idempotency_key=key)
    with time_machine.travel(draft.closes_at + timedelta(days=1)):
        later = send(draft, idempotency_key=key)
    assert (again, later) == (first, first)
    counts = (Opinion.objects.count(), Receipt.objects.count(), Contact.objects.count())
    assert counts == (1, 1, 1)


@pytest.mark.parametrize("phase", [Phase.UPCOMING, Phase.CLOSED])
def test_outside_of_the_period_the_web_form_is_shut_and_nothing_stays(
    phase: Phase, folder: Path
) -> None:
    draft = make_draft(phase)
    with pytest.raises(ConsultationClosed):
        send(draft, arrival=Arrival(files=[PHOTO]))
    assert (Receipt.objects.count(), Contact.objects.count(), files(folder)) == (0, 0, [])


def test_a_period_that_ends_meanwhile_is_judged_by_the_clock_under_the_lock(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    draft = make_draft()
    lock = submissions.lock_period
    with time_machine.travel(draft.closes_at - timedelta(milliseconds=1), tick=False) as clock:

        def lock_later(pk: int) -> DecisionDraftPage:
            clock.shift(0.001)
            return lock(pk)

        monkeypatch.setattr(submissions, "lock_period", lock_later)
        with pytest.raises(ConsultationClosed):
            send(draft, arrival=Arrival(files=[PHOTO]))
    assert (Submission.objects.count(), files(folder)) == (0, [])


def test_an_extension_that_this_process_has_not_seen_counts() -> None:
    draft = make_draft(Phase.CLOSED)
    longer = draft.closing_day + timedelta(days=30)
    DecisionDraftPage.objects.filter(pk=draft.pk).update(closing_day=longer)
    assert send(draft).opinions.count() == 1


def test_files_are_kept_with_what_they_belong_to(folder: Path) -> None:
    submission = send(make_draft(), arrival=Arrival(files=[PHOTO, PHOTO]))
    assert submission.attachments.count() == len(files(folder)) == 2


def test_a_late_letter_is_taken_until_the_result_is_out() -> None:
    letter = Arrival(channel=Channel.LETTER)
    assert send(make_draft(Phase.CLOSED), arrival=letter, notice=None).channel == Channel.LETTER
    with pytest.raises(SubmissionRefused, match="已经公布"):
        send(make_draft(Phase.ANSWERED), arrival=letter, notice=None)


@pytest.mark.parametrize(
    ("said", "words"),
    [([], "还没有写意见"), ([SaidOpinion("意见", uuid.uuid4())], "不在这份草案中")],
)
def test_what_can_not_be_taken_is_refused(said: list[SaidOpinion], words: str) -> None:
    with pytest.raises(SubmissionRefused, match=words):
        send(make_draft(), opinions=said)


def test_a_draft_that_was_never_published_takes_nothing() -> None:
    draft = make_draft(live=False)
    with pytest.raises(SubmissionRefused, match="尚未公布"):
        submit_opinions(
            draft=draft,
            opinions=[SaidOpinion("意见")],
            sender=Sender(),
            idempotency_key=uuid.uuid4(),
            arrival=Arrival(channel=Channel.LETTER),
        )


def test_three_opinions_ask_as_often_as_one() -> None:
    draft = make_draft()
    send(draft, "这一次填满进程里记住的东西。")
    counts = []
    for texts in (["一"], ["一", "二", "三"]):
        with CaptureQueriesContext(connection) as queries:
            send(draft, *texts)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_between_lock_and_commit_only_what_needs_the_lock() -> None:
    """All writers of a draft wait there for one another, see docs/decisions/performance.md."""
    draft = make_draft()
    with CaptureQueriesContext(connection) as queries:
        send(draft, "一", "二")
    statements = [query["sql"] for query in queries]
    # SQLite knows no row locks: the lock's query is the first that reads the draft's own table.
    lock = next(n for n, sql in enumerate(statements) if '"closing_day"' in sql)
    after = [sql.split('"')[1] for sql in statements[lock + 1 :] if sql.startswith("INSERT")]
    assert after == ["consultation_opinion", "notify_message"]
    assert '"consultation_decisiondraftpage"."body"' not in statements[lock]
