"""What is made to be slow, uploads and texts to compare, is over in seconds of processor time.

The files and texts are those of the tests, which assert what becomes of them.
"""

import contextlib
import sys
import time
from collections.abc import Callable

from people.uploads import check_file
from people.uploads.refusals import FileRefused
from publishing.clauses.redline import redline
from publishing.clauses.segments import segments
from tests.people.uploads.hostile import HOSTILE
from tests.publishing.clauses.worst import WORST, large_document

from .report import at_most, figure, tell

UPLOAD, PAIR, DOCUMENT = 2.0, 5.0, 10.0
ROUNDS = 2


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds, the best of a few rounds."""
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def judge(content: bytes) -> None:
    with contextlib.suppress(FileRefused):
        check_file("a", content)


def uploads() -> dict[str, float]:
    """Seconds of each file by its name; one file is in memory at a time."""
    found = {}
    for name, make in HOSTILE.items():
        content = make()
        found[name] = seconds(lambda content=content: judge(content))
    return found


def main() -> int:
    files = uploads()
    slowest = max(files, key=files.__getitem__)
    pairs = [seconds(lambda pair=pair: segments(*pair)) for pair in WORST]
    old, new = large_document()
    return tell(
        [
            figure(
                f"upload made to be slow, worst of {len(files)}",
                files[slowest],
                at_most(UPLOAD, " s"),
                unit=" s",
                detail=slowest,
            ),
            figure("worst texts to compare", max(pairs), at_most(PAIR, " s"), unit=" s"),
            figure(
                "redline of 3,000 clauses",
                seconds(lambda: redline(old, new)),
                at_most(DOCUMENT, " s"),
                unit=" s",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
