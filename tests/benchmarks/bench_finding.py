"""The search for personal data: how much it finds, how often it is wrong, how fast, how linear.

``make bench ONLY=finding``. Recall is counted over invented numbers in every usual writing; false
alarms over the real documents, where they are at hand.
"""

import gc
import sys
import time
from random import Random

from people.finding import Kind, find_personal_data
from tests.benchmarks.bench_parser import REAL, filled, notice_and_plan, statute
from tests.benchmarks.report import Figure, at_least, at_most, figure, tell
from tests.factories.personal import WRITTEN, in_text

EACH = 2_000
ROUNDS = 3
MEGABYTES = 2.0
# One kind of line over and over: where a search that looks back or ahead would grow quadratically.
MONOTONOUS = [
    "1 ",
    "1380000",
    "1-1-",
    "1\n",
    "6222021000",
    "110199199",
    "青石镇白云村",
    "3组",
    "青石镇白云村3组",
    "住",
    "(((((",
    "一二三",
]


def recalls() -> list[Figure]:
    """The worst writing of each kind of number, and all of them together."""
    found = []
    for name, kind, make, writings in WRITTEN:
        rates = []
        for writing in writings:
            random = Random(f"{name} {writing.__name__}")
            hits = 0
            for _ in range(EACH):
                number = make(random)
                text = in_text(writing(number, random), random)
                hits += any(_is(find, kind, number) for find in find_personal_data(text))
            rates.append(100 * hits / EACH)
        detail = f"all {len(writings)} writings {sum(rates) / len(rates):.2f} %"
        worst, goal = f"recall, {name}, worst writing", at_least(99, " %")
        found.append(figure(worst, min(rates), goal, unit=" %", detail=detail))
    return found


def _is(find, kind: str, number: str) -> bool:
    return find.kind == kind and find.value.endswith(number)


def false_alarms() -> list[Figure]:
    texts = [path.read_text("utf-8") for path in sorted(REAL.glob("*.txt"))]
    finds = [find for text in texts for find in find_personal_data(text)]
    return [
        figure(
            f"false alarms, {kind}, real documents",
            sum(find.kind == kind for find in finds),
            at_most(0, ""),
            unit="",
            detail=f"{len(texts)} documents",
        )
        for kind in Kind
    ]


def seconds(text: str) -> float:
    """Processor seconds, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        began = time.process_time()
        find_personal_data(text)
        best = min(best, time.process_time() - began)
    return best


def speeds() -> list[Figure]:
    corpora = {
        "generated": filled([notice_and_plan(1), statute(1)], MEGABYTES),
        "one number a line": filled(
            ["某某，电话138-0000-1234，住青石镇白云村3组12号。"], MEGABYTES
        ),
    }
    if REAL.is_dir():
        real = [path.read_text("utf-8") for path in sorted(REAL.glob("*.txt"))]
        corpora["real documents"] = filled(real, MEGABYTES)
    found = [
        figure(f"finding, {name}", len(text.encode()) / 1e6 / seconds(text), None, unit=" MB/s")
        for name, text in corpora.items()
    ]
    growth = {line: seconds(line * 80_000) / seconds(line * 10_000) for line in MONOTONOUS}
    steepest = max(growth, key=lambda line: growth[line])
    goal = at_most(16)
    name = "finding, monotonous texts, 8 × as long"
    return [*found, figure(name, growth[steepest], goal, detail=repr(steepest))]


def main() -> int:
    return tell([*recalls(), *false_alarms(), *speeds()])


if __name__ == "__main__":
    sys.exit(main())
