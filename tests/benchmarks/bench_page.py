"""Opening a draft of 100 clauses: from the application's own cache, behind nginx, uncached.

Each against the least that could answer the same bytes: a view of plain Django under the same
server, a static file of nginx, a page of plain Wagtail with the same clauses.
"""

import os
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultation.models import DecisionDraftPage
from publishing.clauses.blocks import raw_stream
from tests.benchmarks.bare.models import BarePage
from tests.benchmarks.load import Target, compare
from tests.benchmarks.nginx import nginx
from tests.benchmarks.report import Figure, at_least, figure, note, tell
from tests.benchmarks.sample import HEADERS, HOST, analyse, open_draft
from tests.benchmarks.server import fetch, gunicorn
from tests.factories.consultation import make_home

SETTINGS, BARE = "tests.benchmarks.settings", "tests.benchmarks.bare.settings"


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    short, long, draft = open_draft(10), open_draft(200), open_draft(100)
    analyse()
    figures = [_queries(short, long)]
    content = folder / "bytes"
    page = make_home().add_child(instance=_bare_page(draft))
    connection.close()
    with gunicorn(folder, SETTINGS) as port:
        status, _headers, body = fetch(port, draft.url, HEADERS)
        content.write_bytes(body)
        with gunicorn(folder, BARE, BENCH_BYTES=str(content)) as bare_port:
            _fill(page, len(body), bare_port)
            note(f"{draft.url}: {status}, {len(body):,} bytes")
            figures += [_cached(draft, port, bare_port), _uncached(draft, page, port, bare_port)]
        figures += _behind_nginx(folder, draft, port, content)
    return tell(figures)


def _queries(*drafts: DecisionDraftPage) -> Figure:
    """How many queries each takes, the first visit apart, which fills what the process keeps."""
    counts = []
    for draft in drafts:
        client = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
        for fresh in range(2):
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(draft.url, {"fresh": fresh}, secure=True)
            assert answer.status_code == 200, answer
        counts.append(len(queries))
    shown = " = ".join(map(str, counts))
    return Figure("queries for 10 and for 200 clauses", shown, "equal", len(set(counts)) == 1)


def _bare_page(draft: DecisionDraftPage) -> BarePage:
    return BarePage(title=draft.title, slug="bare", body=raw_stream(draft.clauses))


def _fill(page: BarePage, wanted: int, port: int) -> None:
    """Make the bare page as long as ours."""
    _status, _headers, body = fetch(port, page.url, HEADERS)
    page.filling = "x" * max(0, wanted - len(body))
    page.save()
    connection.close()
    status, _headers, body = fetch(port, page.url, HEADERS)
    assert (status, len(body)) == (200, wanted), (status, len(body), wanted)


def _cached(draft: DecisionDraftPage, port: int, bare_port: int) -> Figure:
    ours = Target("cached page", f"http://127.0.0.1:{port}{draft.url}", HEADERS)
    bare = Target("bare view", f"http://127.0.0.1:{bare_port}/bytes/", HEADERS)
    measured = compare(ours, bare)
    name = "cached draft page / a bare Django view"
    return figure(name, measured.ratio, at_least(0.5), detail=measured.detail)


def _uncached(draft: DecisionDraftPage, page: BarePage, port: int, bare_port: int) -> Figure:
    ours = Target("uncached page", f"http://127.0.0.1:{port}{draft.url}", HEADERS, fresh=True)
    address = f"http://127.0.0.1:{bare_port}{page.url}"
    measured = compare(ours, Target("bare Wagtail page", address, HEADERS, fresh=True))
    name = "uncached draft page / a bare Wagtail page"
    return figure(name, measured.ratio, at_least(1), detail=measured.detail)


def _behind_nginx(folder: Path, draft: DecisionDraftPage, port: int, content: Path) -> list[Figure]:
    """The configuration that operators copy; nothing where nginx is not installed."""
    name = "draft page behind nginx / nginx static"
    with nginx(folder, port, content) as nginx_port:
        if nginx_port is None:
            return [Figure(name, "no nginx", str(at_least(0.9)))]
        ours = Target("behind nginx", f"http://127.0.0.1:{nginx_port}{draft.url}", HEADERS)
        static = Target("nginx static", f"http://127.0.0.1:{nginx_port}/same-bytes", HEADERS)
        measured = compare(ours, static)
    return [figure(name, measured.ratio, at_least(0.9), detail=measured.detail)]
