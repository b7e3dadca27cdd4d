"""How fast the parser is: MB of UTF-8 text a second on one core, and whether that is linear.

Run: `PYTHONPATH=site python tests/benchmarks/bench_parser.py`. The goal is 5 MB/s up to 5 MB.
Generated text looks like a notice with its plan, its statute and its table; where the real
documents are at hand they are repeated to the same sizes.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from publishing.clauses.parser import parse_text

GOAL = 5.0
SIZES = (0.5, 1.0, 2.0, 5.0)
ROUNDS = 3
STEEPEST = 16.0
# One kind of line over and over: where a parser that looks back or ahead would grow quadratically.
MONOTONOUS = [
    ("一、某事", "（一）某事。"),
    ("目录", "第一章 总则"),
    ("青石镇人民政府",),
    ("2024年3月1日",),
    ("\t某", ""),
    ("某\t事",),
    ("附件1 某名单",),
    ("《某某工作办法》现予印发。", "某某"),
    ("1.1 某", "1.1.1 某"),
    ("青府发〔2024〕3号", "关于某事的通知"),
]
REAL = Path(__file__).resolve().parents[3] / "shared" / "documents"
NUMBERS = "一二三四五六七八九"

_SENTENCE = "各村要把这件事办好，按时报送进展，听取群众意见，并把结果向群众说明。"


def notice_and_plan(seed: int) -> str:
    """A notice that issues a plan: 一、（一） 1., attachments, a table."""
    lines = [
        f"青石镇人民政府关于印发《青石镇便民服务方案（{seed}）》的通知",
        f"青府发〔2024〕{seed % 97 + 1}号",
        "各村（居）委会，镇直各单位：",
        f"现将《青石镇便民服务方案（{seed}）》印发给你们，请认真贯彻落实。",
        "青石镇人民政府",
        "2024年3月1日",
        f"青石镇便民服务方案（{seed}）",
        _SENTENCE * 3,
    ]
    for first in NUMBERS[:4]:
        lines.append(f"{first}、重点工作{seed}")
        for second in NUMBERS[:5]:
            lines.append(f"（{second}）完善服务机制。{_SENTENCE * 4}")
            lines += [f"{number}.{_SENTENCE}" for number in range(1, 4)]
            lines.append(_SENTENCE * 2)
    lines += ["附件1", "青石镇责任分工表", ""]
    for row in range(30):
        cells = ("", _SENTENCE, "5月底前", "张某") if row else ("任务", "内容", "时限", "责任人")
        lines += [f"\t{cell}" for cell in cells] + [""]
    return "\n".join(lines) + "\n"


def statute(seed: int) -> str:
    """A statute of chapters, articles, paragraphs and items."""
    lines = [f"青石镇档案管理规定（{seed}）", ""]
    for chapter in NUMBERS:
        lines += [f"第{chapter}章　一般规定", ""]
        for article in NUMBERS:
            lines += [f"第{article}条　{_SENTENCE * 2}", "", _SENTENCE, ""]
            lines += [f"（{item}）有下列情形之一的；\n" for item in NUMBERS[:3]]
    return "\n".join(lines) + "\n"


def filled(pieces: list[str], megabytes: float) -> str:
    """The pieces one after the other, again and again, up to a size in MB of UTF-8."""
    wanted, size, taken = int(megabytes * 1_000_000), 0, []
    while size < wanted:
        piece = pieces[len(taken) % len(pieces)]
        taken.append(piece)
        size += len(piece.encode())
    return "\n".join(taken)


def speed(text: str) -> float:
    """MB/s, the best of a few rounds."""
    return len(text.encode()) / 1_000_000 / seconds(text)


def seconds(text: str) -> float:
    """Processor seconds, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        began = time.process_time()
        parse_text(text)
        best = min(best, time.process_time() - began)
    return best


def growth(pattern: tuple[str, ...]) -> float:
    """How much longer eight times as many lines take: 8 is linear, 64 quadratic."""
    few, many = ("\n".join(pattern * (lines // len(pattern))) for lines in (10_000, 80_000))
    return seconds(many) / seconds(few)


def corpora() -> dict[str, list[str]]:
    found = {
        "notice and plan": [notice_and_plan(seed) for seed in range(20)],
        "statute": [statute(seed) for seed in range(20)],
    }
    for path in sorted(REAL.glob("*.txt")):
        found[path.stem] = [path.read_text(encoding="utf-8")]
    if REAL.is_dir():
        found["all real ones"] = [path.read_text("utf-8") for path in sorted(REAL.glob("*.txt"))]
    return found


def main() -> int:
    slowest = float("inf")
    print(f"{'MB/s of UTF-8, at':32}" + "".join(f"{size:>8} MB" for size in SIZES))
    for name, pieces in corpora().items():
        speeds = [speed(filled(pieces, size)) for size in SIZES]
        slowest = min(slowest, *speeds)
        print(f"{name:32}" + "".join(f"{value:>11.1f}" for value in speeds))
    print(f"slowest: {slowest:.1f} MB/s, goal: {GOAL:.0f} MB/s")
    steepest = max(map(growth, MONOTONOUS))
    print(f"monotonous texts, 80,000 lines / 10,000: ≤ {steepest:.1f}×, goal: {STEEPEST:.0f}×")
    return 0 if slowest >= GOAL and steepest <= STEEPEST else 1


if __name__ == "__main__":
    sys.exit(main())
