"""Chinese search on 5,000 pages: a rare word, one that stands on every page, all of them found.

What is timed is what the search page asks for: the number of pages found and the first ten, ordered
with the words in the title first.
"""

import random
import re
import statistics
import time

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from portal.models import HomePage, InformationPage
from portal.search import PAGE_SIZE, find_pages
from tests.benchmarks.report import Figure, at_most, figure, note, tell
from tests.factories.consultation import make_home

PAGES = 5_000
BATCH = 500
LENGTH = 300
TIMES = 21
RARE, RARE_EVERY = "医疗保险", 100
EVERYWHERE = "居民"
# The rare word is made of characters and pairs that stand on many pages: 医疗, 疗保, 保险 apart.
_WORDS = re.split(
    r"\s+",
    """镇政府 办理 事项 服务 中心 群众 道路 建设 环境 卫生 管理 办法 工作 方案 公开 征求 意见
    时限 窗口 材料 申请 审核 医疗 保险 制度 疗养 证明 险情 农村 社区 垃圾 分类 停车 水利 灌溉
    学校 食堂 养老 补贴 标准 组织 实施 检查 监督 年度 计划 完成 负责 单位 部门""",
)


def text_of(number: int, draw: random.Random) -> str:
    """Running text without spaces; the common word in all, the rare one in every hundredth."""
    found = draw.choices(_WORDS, k=LENGTH)
    # Neighbours drawn by chance must not spell the rare word.
    found = [
        "，" if pair == ("医疗", "保险") else pair[1]
        for pair in zip(["", *found], found, strict=False)
    ]
    found[draw.randrange(LENGTH)] = EVERYWHERE
    if number % RARE_EVERY == 0:
        found[draw.randrange(LENGTH)] = f"完善城乡{RARE}待遇"
    return "".join(found)


@transaction.atomic
def make_pages(home: HomePage) -> None:
    """The rows as Wagtail would write them, but many at once: by ``add_child`` it takes minutes."""
    draw = random.Random(5)
    kind = ContentType.objects.get_for_model(InformationPage)
    rows = Page.objects.bulk_create(
        Page(
            title=f"公开事项{number}",
            draft_title=f"公开事项{number}",
            slug=f"page-{number}",
            url_path=f"{home.url_path}page-{number}/",
            path=Page._get_path(home.path, home.depth + 1, number + 1),
            depth=home.depth + 1,
            content_type=kind,
            locale=home.locale,
            first_published_at=timezone.now(),
        )
        for number in range(PAGES)
    )
    Page.objects.filter(pk=home.pk).update(numchild=PAGES)
    pages = []
    for number, row in enumerate(rows):
        page = InformationPage(page_ptr=row, body=f"<p>{text_of(number, draw)}</p>")
        page.save_base(raw=True)
        pages.append(page)
    index = get_search_backend()
    for start in range(0, PAGES, BATCH):
        keys = [page.pk for page in pages[start : start + BATCH]]
        index.add_bulk(InformationPage, InformationPage.objects.filter(pk__in=keys))


def first_ten(query: str) -> tuple[int, list[Page]]:
    """What the search page shows of the query: how many, and the first of them."""
    page = Paginator(find_pages(RequestFactory().get("/search/"), query), PAGE_SIZE).get_page(1)
    return page.paginator.count, list(page)


def timed(query: str, expected: int) -> tuple[float, str]:
    """The median in milliseconds, and how many of those that hold it were found."""
    first_ten(query)
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        count, _pages = first_ten(query)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), f"{count:,} of {expected:,}"


def main() -> int:
    began = time.monotonic()
    make_pages(make_home())
    with connection.cursor() as cursor:
        # As autovacuum does soon after: it empties the pending lists of the GIN indexes too.
        cursor.execute("VACUUM ANALYZE")
    note(f"{PAGES:,} pages in {time.monotonic() - began:.0f} s")
    figures: list[Figure] = []
    for name, query, expected, bound in (
        ("rare word", RARE, PAGES // RARE_EVERY, 10),
        ("word on every page", EVERYWHERE, PAGES, 80),
    ):
        taken, found = timed(query, expected)
        figures.append(figure(f"search, {name}", taken, at_most(bound, " ms"), unit=" ms"))
        whole = found == f"{expected:,} of {expected:,}"
        figures.append(Figure(f"search, {name}, found", found, "all", whole))
    return tell(figures)
