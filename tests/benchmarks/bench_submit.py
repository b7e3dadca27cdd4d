"""Sending two opinions by the web form, against Wagtail's form builder, and a bare insert.

All of it counts: CSRF, the captcha burnt, the limits in Redis, consent, the rows, the outbox with
its task handed to a real broker, the receipt's page. The same server, database and client.
"""

import os
from pathlib import Path

from django.db import connection

from consultation.models import DecisionDraftPage, Opinion, Submission
from notify.models import Message
from people.models import BurntChallenge
from tests.benchmarks.bare.models import BareForm, BareFormField, BareOpinion
from tests.benchmarks.bodies import ORIGIN, write_form, write_rows, write_submissions
from tests.benchmarks.load import ROUNDS, SECONDS, Target, compare
from tests.benchmarks.report import Figure, at_least, figure, tell
from tests.benchmarks.sample import analyse, open_draft
from tests.benchmarks.server import gunicorn
from tests.factories.consultation import make_home

# More than any round can use: running out of them spoils the run.
MOST_SUBMISSIONS = 600 * SECONDS * 2 * (ROUNDS + 1)
MOST_FORMS = 600 * SECONDS * (ROUNDS + 1)
MOST_ROWS = 4_000 * SECONDS * (ROUNDS + 1)


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    draft = open_draft()
    form = _built_form()
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
        by_row = compare(ours, bare)
        write_form(folder / "forms", form.url, bare_port, MOST_FORMS)
        built_address = f"http://127.0.0.1:{bare_port}{form.url}"
        by_form = compare(ours, Target("one form", built_address, ORIGIN, folder / "forms"))
    return tell(
        [
            figure(
                "sending two opinions / Wagtail's form builder",
                by_form.ratio,
                at_least(0.5),
                detail=by_form.detail,
            ),
            figure(
                "sending two opinions / a bare insert", by_row.ratio, None, detail=by_row.detail
            ),
            _kept(draft, ours, bare),
        ]
    )


def _built_form() -> BareForm:
    """The fields of ours that a person fills in, built as any editor can."""
    form = BareForm(title="意见", slug="bare-form")
    kinds = {"name": "singleline", "phone": "singleline", "email": "email"}
    for name in ("name", "phone", "email", "first", "second"):
        kind = kinds.get(name, "multiline")
        form.form_fields.add(BareFormField(label=name, clean_name=name, field_type=kind))
    make_home().add_child(instance=form)
    return form


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
