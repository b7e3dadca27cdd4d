"""Opinions sent at the same moment: one receipt a key, one number an opinion, no late one."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import time_machine

from consultation.models import DecisionDraftPage, Opinion, Submission
from consultation.services.submissions import (
    ConsultationClosed,
    SaidOpinion,
    Sender,
    submit_opinions,
)
from tests.factories.consultation import make_draft, make_notice

Race = Callable[[list[Callable[[], Any]]], list[Any]]


def send(draft: DecisionDraftPage, key: uuid.UUID, said: str, wait: float = 0.0) -> Submission:
    time.sleep(wait)
    return submit_opinions(
        draft=draft,
        opinions=[SaidOpinion(said), SaidOpinion(said + "（二）")],
        sender=Sender(phone="13800000000"),
        idempotency_key=key,
        notice=make_notice(),
    )


def test_five_replays_make_one_submission_with_one_receipt(race: Race) -> None:
    draft, key = make_draft(), uuid.uuid4()
    endings = race([partial(send, draft, key, "同一条意见")] * 5)
    assert len({submission.receipt.number for submission in endings}) == 1
    assert (Submission.objects.count(), Opinion.objects.count()) == (1, 2)


def test_fifty_at_once_get_fifty_receipts_and_one_sequence(race: Race) -> None:
    draft = make_draft()
    endings = race([partial(send, draft, uuid.uuid4(), f"意见{n}") for n in range(50)])
    assert len({submission.receipt.number for submission in endings}) == 50
    numbers = sorted(Opinion.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 101))


def test_fifty_people_at_the_deadline_are_judged_to_the_second(race: Race) -> None:
    draft = make_draft()
    make_notice()
    with time_machine.travel(draft.closes_at - timedelta(seconds=1.5), tick=True):
        waits = [n * 0.06 for n in range(50)]
        calls = [partial(send, draft, uuid.uuid4(), f"意见{n}", w) for n, w in enumerate(waits)]
        endings = race(calls)
    refused = [ending for ending in endings if isinstance(ending, ConsultationClosed)]
    taken = [ending for ending in endings if isinstance(ending, Submission)]
    assert len(refused) + len(taken) == 50
    assert min(len(refused), len(taken)) > 0
    assert all(submission.created_at < draft.closes_at for submission in taken)
    assert Submission.objects.count() == len(taken)
