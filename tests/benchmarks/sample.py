"""The content that is measured: one open draft, and opinions in any number."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from consultation.enums import Channel, Review
from consultation.models import Clause, DecisionDraftPage, Opinion, Submission
from people.codes import draw_code
from people.models import Contact, Receipt
from people.phones import person_key
from publishing.clauses.clause import ClauseText, fresh_id
from tests.factories.consultation import make_draft, make_notice

HOST = "minyi.example.org"
"""The name that ALLOWED_HOSTS holds; requests come as through a proxy that speaks HTTPS."""
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
BATCH = 2_000
_SENTENCE = "镇便民服务中心应当公开办理事项、所需材料和办理时限，方便群众就近办理。"
_SAID = "建议延长周六的开放时间，并在村务公开栏写明各个窗口的电话。"


def clauses(number: int) -> list[ClauseText]:
    """So many clauses of a hundred characters, with a heading before every tenth."""
    found = []
    for position in range(1, number + 1):
        if position % 10 == 1:
            label = f"第{position // 10 + 1}章"
            found.append(
                ClauseText(id=fresh_id(), kind="heading", label=label, heading="办理", level=1)
            )
        found.append(
            ClauseText(
                id=fresh_id(),
                kind="clause",
                label=f"第{position}条",
                text=_SENTENCE * 3,
                level=2,
                commentable=True,
            )
        )
    return found


def open_draft(number_of_clauses: int = 100) -> DecisionDraftPage:
    """A published draft in its period."""
    return make_draft(
        title=f"便民服务办法（{number_of_clauses}条）", clauses=clauses(number_of_clauses)
    )


@transaction.atomic
def add_opinions(draft: DecisionDraftPage, number: int) -> None:
    """Opinions beside those that are there, two to a submission, all rows that real ones have."""
    first = draft.opinions.count() + 1
    targets = list(draft.clause_rows.all())
    version = draft.versions.get()
    numbers = iter(range(first, first + number))
    while wanted := list(islice(numbers, BATCH)):
        submissions = _submissions(draft, wanted[::2])
        Opinion.objects.bulk_create(_opinions(submissions, wanted, targets, version.pk))


def analyse() -> None:
    """Statistics and clean indexes, as autovacuum makes them soon after."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _submissions(draft: DecisionDraftPage, numbers: list[int]) -> list[Submission]:
    """One for each number, of a person of its own."""
    notice, now = make_notice(), timezone.now()
    receipts = Receipt.objects.bulk_create(
        Receipt(number=f"{now:%Y}{draft.pk % 10000:04d}-{number:06d}", code=draw_code())
        for number in numbers
    )
    contacts = Contact.objects.bulk_create(
        Contact(name=f"测试人{number}", phone=phone, person_key=person_key(phone))
        for number in numbers
        for phone in [f"+86138{number:08d}"]
    )
    channels = list(Channel)
    return Submission.objects.bulk_create(
        Submission(
            draft=draft,
            receipt=receipt,
            contact=contact,
            channel=channels[number % len(channels)],
            idempotency_key=uuid.uuid4(),
            received_on=timezone.localdate() - timedelta(days=number % 9),
            notice=notice,
            consented_at=now,
        )
        for number, receipt, contact in zip(numbers, receipts, contacts, strict=True)
    )


def _opinions(
    submissions: list[Submission], numbers: list[int], targets: list[Clause], version: int
) -> Iterator[Opinion]:
    for position, number in enumerate(numbers):
        yield Opinion(
            submission=submissions[position // 2],
            draft_id=submissions[0].draft_id,
            number=number,
            clause=targets[number % len(targets)] if number % 7 else None,
            version_id=version,
            text=f"{_SAID}{get_random_string(12)}",
            review=Review.PENDING if number % 3 else Review.REVIEWED,
        )
