"""Sending two opinions by the web form, against a bare view that inserts one row.

All of it counts: CSRF, the captcha burnt, the limits in Redis, consent, the rows, the outbox with
its task handed to a real broker, the receipt's page. The same server, database and client.
"""

import os
from pathlib import Path

from django.db import connection

from consultation.models import DecisionDraftPage, Opinion, Submission
from notify.models import Message
from people.models import BurntChallenge
from tests.benchmarks.bare.models import BareOpinion
from tests.benchmarks.bodies import ORIGIN, write_rows, write_submissions
from tests.benchmarks.load import ROUNDS, SECONDS, Target, compare
from tests.benchmarks.report import Figure, at_least, figure, tell
from tests.benchmarks.sample import analyse, open_draft
from tests.benchmarks.server import gunicorn

# More than any round can use: running out of them spoils the run.
MOST_SUBMISSIONS = 600 * SECONDS * (ROUNDS + 1)
MOST_ROWS = 4_000 * SECONDS * (ROUNDS + 1)


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    draft = open_draft()
    analyse()
    connection.close()
    with (
        gunicorn(folder, "tests.benchmarks.settings") as port,
        gunicorn(folder, "tests.benchmarks.bare.settings") as bare_port,
    ):
        submissions, rows = folder / "submissions", folder / "rows"
        write_submissions(submissions, draft, port, MOST_SUBMISSIONS)
        write_rows(rows, MOST_ROWS)
        address = f"http://127.0.0.1:{port}{draft.url}opinion/"
        ours = Target("two opinions", address, ORIGIN, submissions)
        bare_address = f"http://127.0.0.1:{bare_port}/insert/"
        bare = Target("one row", bare_address, ORIGIN, rows)
        measured = compare(ours, bare)
    ratio = figure(
        "sending two opinions / a bare insert",
        measured.ratio,
        at_least(0.25),
        detail=measured.detail,
    )
    return tell([ratio, _kept(draft, ours, bare)])


def _kept(draft: DecisionDraftPage, ours: Target, bare: Target) -> Figure:
    """Every answer that wrk counted left its rows; those cut off at the end may have, too."""
    taken = Submission.objects.count()
    rows = {
        "opinions": Opinion.objects.filter(draft=draft).count() / 2,
        "challenges": BurntChallenge.objects.count(),
        "messages": Message.objects.count(),
    }
    whole = set(rows.values()) == {taken} and ours.answered <= taken <= ours.sent
    whole = whole and bare.answered <= BareOpinion.objects.count() <= bare.sent
    return Figure("sent and kept", f"{taken:,}", "no loss", whole, f"{ours.answered:,} answered")
