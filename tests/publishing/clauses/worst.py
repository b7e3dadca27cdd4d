"""Texts that are hard to compare, and a large document: what a comparison must still get through.

tests/benchmarks/bench_hostile.py measures them.
"""

import random
from dataclasses import replace

from publishing.clauses.clause import ClauseText


def _long(alphabet: str, length: int = 40_000) -> str:
    return "".join(random.Random(alphabet).choices(alphabet, k=length))


WORST = [
    (_long("甲乙"), _long("乙甲")),
    (_long("甲乙，"), _long("乙，甲")),
    ("中" * 40_000, "中国" * 20_000),
    ("，" * 40_000, "，。" * 20_000),
    ("甲乙丙丁" * 10_000, "丁丙乙甲" * 10_000),
    (_long("甲乙丙丁戊己庚辛壬癸，。"), _long("一二三四五六七八九十，。")),
]


def large_document() -> tuple[list[ClauseText], list[ClauseText]]:
    """3,000 clauses; then 2,900 of them in another order, each changed."""
    rng = random.Random(5)
    han = [chr(0x4E00 + n) for n in range(600)]
    old = [
        ClauseText(str(n), "clause", f"第{n}条", text="".join(rng.choices(han, k=120)))
        for n in range(3_000)
    ]
    return old, [
        replace(c, text=c.text[:50] + "增" + c.text[50:-3]) for c in rng.sample(old, 2_900)
    ]
