"""What changed between two texts, character by character, in pieces that people can read.

The longest common piece is found first, then the same to its left and right (Ratcliff and
Obershelp, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal, July 1988), because it
follows what a writer did better than the shortest edit script. Its worst case is cubic; here a
budget of comparisons bounds it, and what is left when it is spent is shown as replaced. The budget
is counted, not timed: the same two texts give the same redline on every machine.
"""

import itertools
import re
from collections import Counter, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple, TypeVar

Op = Literal["same", "insert", "delete"]
T = TypeVar("T", bound=Hashable)

BUDGET = 6_000_000
"""Comparisons for one pair of texts: less than a second at worst."""

PHRASES_FROM = 300_000
"""Equal pairs of characters from which texts are first compared phrase by phrase."""

TINY_ISLAND = 2
"""An island of so many letters between two replacements is replaced with them."""

# Numbers and Latin words change as wholes; a character keeps its marks, an emoji its parts.
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[.．,][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|[\U0001f1e6-\U0001f1ff]{2}"
    r"|(?s:.)[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]*"
    r"(?:\u200d(?s:.)[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_PHRASE_ENDS = frozenset("，、。；：！？,;:!?\n")
_SENTENCE_ENDS = frozenset("。；！？;!?\n")
_OPENINGS = frozenset("（(《〈“‘「『〔[【\n")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that stayed, came, or went."""

    op: Op
    text: str


class Block(NamedTuple):
    """A common piece: `old[i:i+n] == new[j:j+n]`."""

    i: int
    j: int
    n: int


class Hunk(NamedTuple):
    """A replacement and the unchanged text after it."""

    delete: str
    insert: str
    same: str


class Budget:
    """Comparisons that may still be made."""

    __slots__ = ("left",)

    def __init__(self, comparisons: int = BUDGET) -> None:
        self.left = comparisons

    def affords(self, cost: int) -> bool:
        """Spend the cost if there is enough, else nothing."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """The way from the old text to the new.

    The pieces that stayed and came are the new text, those that stayed and went the old one. What
    went stands before what came in its place; no two neighbours have the same op, none is empty.
    """
    if old == new:
        return (Segment("same", old),) if old else ()
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    return _segments(_settled(_hunks(a, b, _text_blocks(a, b))))


def replaced(old: str, new: str) -> tuple[Segment, ...]:
    """The old text as gone and the new as come, each as a whole: for markers, and lone cells."""
    return segments(old, new) if old == new else _segments([Hunk(old, new, "")])


def common_blocks(a: Sequence[T], b: Sequence[T], budget: Budget) -> list[Block]:
    """Common pieces of two sequences, in order and without overlap, longest found first.

    Where the budget gives out pieces are missing; those that are given are right.
    """
    found: list[Block] = []
    regions = deque([(0, len(a), 0, len(b))])
    while regions:
        i, i_end, j, j_end = regions.popleft()
        start, end = _common_ends(a, b, (i, i_end, j, j_end))
        found += [Block(i, j, start), Block(i_end - end, j_end - end, end)]
        i, j, i_end, j_end = i + start, j + start, i_end - end, j_end - end
        if i == i_end or j == j_end:
            continue
        left, right = a[i:i_end], b[j:j_end]
        if not budget.affords(equal_pairs(left, right) + len(left) + len(right)):
            continue
        match = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
        if match.size:
            x, y = i + match.a, j + match.b
            found.append(Block(x, y, match.size))
            regions += [(i, x, j, y), (x + match.size, i_end, y + match.size, j_end)]
    return sorted(block for block in found if block.n)


def equal_pairs(a: Sequence[T], b: Sequence[T]) -> int:
    """How many pairs of equal items there are: the work of finding one longest common piece."""
    counts = Counter(b)
    return sum(count * counts[item] for item, count in Counter(a).items())


def _common_ends(
    a: Sequence[T], b: Sequence[T], region: tuple[int, int, int, int]
) -> tuple[int, int]:
    """How many items the two sides of a region share at its start and at its end."""
    i, i_end, j, j_end = region
    most = min(i_end - i, j_end - j)
    start = 0
    while start < most and a[i + start] == b[j + start]:
        start += 1
    end = 0
    while end < most - start and a[i_end - end - 1] == b[j_end - end - 1]:
        end += 1
    return start, end


def _text_blocks(a: list[str], b: list[str]) -> list[Block]:
    """Common pieces of two texts in tokens; of long ones by phrases first, then inside the gaps."""
    budget = Budget()
    if equal_pairs(a, b) < PHRASES_FROM:
        return common_blocks(a, b, budget)
    (phrases_a, at_a), (phrases_b, at_b) = _phrases(a), _phrases(b)
    blocks: list[Block] = []
    i = j = 0
    for x, y, n in [
        *common_blocks(phrases_a, phrases_b, budget),
        Block(len(phrases_a), len(phrases_b), 0),
    ]:
        anchor = Block(at_a[x], at_b[y], at_a[x + n] - at_a[x])
        gap = common_blocks(a[i : anchor.i], b[j : anchor.j], budget)
        blocks += [Block(i + block.i, j + block.j, block.n) for block in gap]
        blocks.append(anchor)
        i, j = anchor.i + anchor.n, anchor.j + anchor.n
    return blocks


def _phrases(tokens: list[str]) -> tuple[list[tuple[str, ...]], list[int]]:
    """The tokens cut after each punctuation mark, and where each phrase begins (and the end)."""
    cuts = [n + 1 for n, token in enumerate(tokens) if token in _PHRASE_ENDS]
    at = sorted({0, *cuts, len(tokens)})
    return [tuple(tokens[x:y]) for x, y in itertools.pairwise(at)], at


def _hunks(a: list[str], b: list[str], blocks: list[Block]) -> list[Hunk]:
    """What lies between the common pieces, each with the piece after it."""
    hunks: list[Hunk] = []
    i = j = 0
    for x, y, n in [*blocks, Block(len(a), len(b), 0)]:
        hunk = Hunk("".join(a[i:x]), "".join(b[j:y]), "".join(a[x : x + n]))
        if hunks and not hunk.delete and not hunk.insert:
            last = hunks.pop()
            hunk = last._replace(same=last.same + hunk.same)
        hunks.append(hunk)
        i, j = x + n, y + n
    return hunks


def _settled(hunks: list[Hunk]) -> list[Hunk]:
    """The hunks without confetti, their edges at punctuation where that says the same."""
    merged: list[Hunk] = []
    for hunk in hunks:
        merged.append(hunk)
        while len(merged) > 1 and _is_confetti(*merged[-2:]):
            right, left = merged.pop(), merged.pop()
            merged.append(
                Hunk(
                    left.delete + left.same + right.delete,
                    left.insert + left.same + right.insert,
                    right.same,
                )
            )
    for n in range(1, len(merged)):
        merged[n - 1], merged[n] = _aligned(merged[n - 1], merged[n])
    return merged


def _is_confetti(left: Hunk, right: Hunk) -> bool:
    """Whether the unchanged text between two changes is too little to help a reader."""
    sizes = [max(len(hunk.delete), len(hunk.insert)) for hunk in (left, right)]
    letters = sum(map(str.isalnum, left.same))
    if 2 * letters <= min(sizes) and letters > 0:
        return True
    a_replacement = any(hunk.delete and hunk.insert for hunk in (left, right))
    return letters <= TINY_ISLAND and a_replacement and min(sizes) > 0


def _aligned(before: Hunk, hunk: Hunk) -> tuple[Hunk, Hunk]:
    """A pure insertion or deletion, moved over text that repeats it, to the best place to cut.

    "甲，[乙，]丙" reads better than "甲[，乙]，丙", and both say the same.
    """
    edit = hunk.delete or hunk.insert
    if not edit or (hunk.delete and hunk.insert):
        return before, hunk
    text, n, start = before.same + edit + hunk.same, len(edit), len(before.same)
    low = high = start
    while low and text[low - 1] == text[low + n - 1]:
        low -= 1
    while high + n < len(text) and text[high] == text[high + n]:
        high += 1
    if low == high:
        return before, hunk
    edges = {match.start() for match in _TOKEN.finditer(text)} | {len(text)}
    whole = [p for p in range(low, high + 1) if p in edges and p + n in edges] or [start]
    at = max(whole, key=lambda p: (_cut(text, p) + _cut(text, p + n), -abs(p - start)))
    moved = text[at : at + n]
    aligned = Hunk(moved if hunk.delete else "", moved if hunk.insert else "", text[at + n :])
    return before._replace(same=text[:at]), aligned


def _cut(text: str, at: int) -> int:
    """How good a place is to cut a text: after a sentence, after a phrase, before a bracket."""
    if at == 0 or text[at - 1] in _SENTENCE_ENDS:
        return 3
    if text[at - 1] in _PHRASE_ENDS:
        return 2
    return 1 if at == len(text) or text[at] in _OPENINGS else 0


def _segments(hunks: list[Hunk]) -> tuple[Segment, ...]:
    """The hunks as a flat list; changes with nothing left between them become one."""
    joined: list[Hunk] = []
    for hunk in hunks:
        if joined and not joined[-1].same:
            last = joined.pop()
            hunk = Hunk(last.delete + hunk.delete, last.insert + hunk.insert, hunk.same)
        joined.append(hunk)
    pieces = [
        piece
        for hunk in joined
        for piece in (
            Segment("delete", hunk.delete),
            Segment("insert", hunk.insert),
            Segment("same", hunk.same),
        )
    ]
    return tuple(piece for piece in pieces if piece.text)
