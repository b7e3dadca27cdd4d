"""A draft on a slow phone in a village: until it can be read, and until an opinion is taken in.

400 kbit/s, 400 ms to the first byte of each answer, a processor six times slower, nothing cached in
the browser; over TLS behind nginx with the configuration that operators copy. Seconds of a clock,
not ratios: the network's share doesn't depend on the machine, the processor's does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from django.db import connection
from machine import CHROMIUM_SWITCHES, find_chromium
from playwright.sync_api import Browser, Page, sync_playwright

from consultation.models import DecisionDraftPage
from tests.benchmarks.nginx import nginx
from tests.benchmarks.report import Figure, at_most, figure, note, tell
from tests.benchmarks.sample import HOST, open_draft
from tests.benchmarks.server import gunicorn
from tests.servers.certificates import Certificate

ROUNDS = 5
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PROCESSOR = 6
READABLE, SENT = at_most(3, " s"), at_most(5, " s")
# The same clock before and after a page is left.
NOW = "performance.timeOrigin + performance.now()"
# When the largest text on the screen was painted, in milliseconds from the address being entered.
PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    draft = open_draft(60)
    connection.close()
    certificate = Certificate(folder, HOST)
    with (
        gunicorn(folder, os.environ["DJANGO_SETTINGS_MODULE"]) as upstream,
        nginx(folder, upstream, certificate=certificate) as port,
    ):
        if port is None:
            return tell([Figure("rural: nothing measured", "no nginx", str(READABLE))])
        with chromium(port) as browser:
            return tell(measure(browser, draft))


@contextmanager
def chromium(port: int) -> Iterator[Browser]:
    """Knows the site's name, as a phone does that was there before."""
    here = f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*CHROMIUM_SWITCHES, here]
        )
        yield browser
        browser.close()


def measure(browser: Browser, draft: DecisionDraftPage) -> list[Figure]:
    """The first round fills the caches of the server and doesn't count."""
    read, sent = [], []
    for number in range(ROUNDS + 1):
        with phone(browser) as page:
            read.append(until_readable(page, draft.url))
            sent.append(until_sent(page, draft.url, number))
        note(f"readable {read[-1]:.2f} s, sent {sent[-1]:.2f} s")
    return [
        figure("rural: a draft is readable after", median(read[1:]), READABLE, unit=" s"),
        figure("rural: an opinion is sent after", median(sent[1:]), SENT, unit=" s"),
    ]


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A browser with nothing in its cache, on the slow line."""
    context = browser.new_context(
        base_url=f"https://{HOST}",
        ignore_https_errors=True,
        locale="zh-CN",
        viewport={"width": 360, "height": 740},
    )
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", SLOW)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    yield page
    context.close()


def until_readable(page: Page, address: str) -> float:
    page.goto(address, wait_until="load")
    return float(page.evaluate(PAINTED)) / 1000


def until_sent(page: Page, address: str, number: int) -> float:
    """From pressing the button on a form that is filled in to the receipt being there."""
    page.goto(f"{address}opinion/", wait_until="networkidle")
    page.locator("[name=opinions-0-text]").fill("建议延长周六的开放时间。")
    page.get_by_label("联系电话").fill(f"1380000{number:04d}")
    page.locator('label[for="id_consent"]').click()
    began = page.evaluate(NOW)
    page.get_by_role("button", name="提交意见").last.click(no_wait_after=True)
    page.get_by_role("heading", name="已收到您的意见").wait_for()
    return float(page.evaluate(NOW) - began) / 1000
