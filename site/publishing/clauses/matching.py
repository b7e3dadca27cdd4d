"""Gives the clauses of a new version the identities of the old ones (rule C1).

Opinions belong to an identity, so a wrong match puts words into a citizen's mouth and a missed one
orphans them. How it decides, and why the thresholds are what they are: docs/decisions/matching.md.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from publishing.clauses.clause import ClauseText, fresh_id
from publishing.clauses.similarity import Profile

SAME_LABEL_LIKENESS = 0.4
"""Two clauses under the same marker are one from this likeness on."""

OTHER_LABEL_LIKENESS = 0.6
"""Two clauses under different markers, or without one, are one from this likeness on."""

SAME_LABEL_HELD = 0.85
"""Under the same marker a clause that was cut or extended is the same one if the longer text holds
this share of the shorter ..."""

HELD_AT_LEAST = 12
"""... and the shorter has so many bigrams that this is no accident."""

LABEL_BONUS = 0.25
"""What the same marker counts when several clauses claim one identity."""

RARE_BIGRAMS = 24
"""So many of its rarest bigrams propose the old clauses that a new one is compared with, ..."""

COMMON_BIGRAM = 64
"""... but none that stands in more old clauses than this; ..."""

CANDIDATES = 6
"""... and so many of the proposed are compared, those that share the most."""

NEIGHBOURS = 4
"""Beside them: clauses at the expected place, and of the same marker near it, to either side."""

_MARKER_STOPS = str.maketrans({"、": ".", "．": ".", " ": None, "\u3000": None})


def match(
    old: Sequence[ClauseText],
    new: Sequence[ClauseText],
    *,
    new_id: Callable[[], str] = fresh_id,
) -> list[ClauseText]:
    """The new clauses, each with the identity of the old clause that it continues.

    One to one. Clauses that continue none keep their own identity, or get one from `new_id` if an
    old clause has theirs; so no identity stands twice and none is given to another clause.
    """
    pairs = _Matching(old, new).pairs()
    taken = {clause.id for clause in old}
    result = []
    for n, clause in enumerate(new):
        if n in pairs:
            clause = replace(clause, id=old[pairs[n]].id)
        elif clause.id in taken:
            clause = replace(clause, id=new_id())
        taken.add(clause.id)
        result.append(clause)
    return result


class _Matching:
    """The work of one `match`: places of new clauses → places of old ones."""

    def __init__(self, old: Sequence[ClauseText], new: Sequence[ClauseText]) -> None:
        self.old, self.new = old, new
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def pairs(self) -> dict[int, int]:
        """Surest first: words that are the same and stand once; their neighbours; likeness."""
        for key in (_same_place, _same_words):
            self._pair_unique(key)
        for step in (1, -1):
            self._pair_neighbours(step)
        self._pair_alike()
        for key in (_same_place, _same_words):
            self._pair_in_order(key)
        return self.found

    def _pair(self, i: int, j: int) -> None:
        self.found[j] = i
        self.taken.add(i)

    def free_old(self) -> Iterator[int]:
        return (i for i in range(len(self.old)) if i not in self.taken)

    def free_new(self) -> list[int]:
        return [j for j in range(len(self.new)) if j not in self.found]

    def _groups(
        self, key: Callable[[ClauseText], Hashable]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """The free places of old and new clauses with equal keys; a key of None has no equal."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in self.free_old():
            groups[key(self.old[i])][0].append(i)
        for j in self.free_new():
            groups[key(self.new[j])][1].append(j)
        groups.pop(None, None)
        return iter(groups.values())

    def _pair_unique(self, key: Callable[[ClauseText], Hashable]) -> None:
        for olds, news in self._groups(key):
            if len(olds) == len(news) == 1:
                self._pair(olds[0], news[0])

    def _pair_in_order(self, key: Callable[[ClauseText], Hashable]) -> None:
        for olds, news in self._groups(key):
            for i, j in zip(olds, news, strict=False):
                self._pair(i, j)

    def _pair_neighbours(self, step: int) -> None:
        """Clauses of the same words next to a pair, so that of two alike the right one is taken."""
        for j, i in sorted(self.found.items(), reverse=step < 0):
            i, j = i + step, j + step
            while (
                0 <= i < len(self.old)
                and 0 <= j < len(self.new)
                and i not in self.taken
                and j not in self.found
                and _same_words(self.old[i]) == _same_words(self.new[j]) is not None
            ):
                self._pair(i, j)
                i, j = i + step, j + step

    def _pair_alike(self) -> None:
        """Best first; of equally good ones those that moved the least."""
        claims = sorted(_Likeness(self).claims())
        for _score, _distance, i, j in claims:
            if i not in self.taken and j not in self.found:
                self._pair(i, j)


class _Likeness:
    """Compares the clauses that are still free, each with few others."""

    def __init__(self, matching: _Matching) -> None:
        self.matching = matching
        self.old = {i: _profile(matching.old[i]) for i in matching.free_old()}
        self.new = {j: _profile(matching.new[j]) for j in matching.free_new()}
        self.places = list(self.old)
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.marked: dict[Hashable, list[int]] = defaultdict(list)
        for i, profile in self.old.items():
            self.marked[_marker(matching.old[i])].append(i)
            for bigram in profile.bigrams:
                self.holders[bigram].append(i)

    def claims(self) -> Iterator[tuple[float, int, int, int]]:
        """(−score, distance from the expected place, old place, new place) of all likely pairs."""
        expected = self._expected()
        for j in self.new:
            for i in self._candidates(j, expected[j]):
                score = self._score(i, j)
                if score:
                    yield -score, abs(i - expected[j]), i, j

    def _expected(self) -> list[int]:
        """Where each new clause would stand in the old version, counted from the pair before it."""
        expected, shift = [], 0
        for j in range(len(self.matching.new)):
            if j in self.matching.found:
                shift = self.matching.found[j] - j
            expected.append(j + shift)
        return expected

    def _candidates(self, j: int, expected: int) -> set[int]:
        near = _nearest(self.places, expected)
        marker = _marker(self.matching.new[j])
        marked = _nearest(self.marked.get(marker, []), expected) if marker else []
        return {*near, *marked, *self._proposed(j)}

    def _proposed(self, j: int) -> list[int]:
        """The old clauses that hold most of the new one's rarest bigrams."""
        known = [
            b for b in self.new[j].bigrams if 0 < len(self.holders.get(b, ())) <= COMMON_BIGRAM
        ]
        rarest = sorted(known, key=lambda bigram: (len(self.holders[bigram]), bigram))
        votes = Counter(i for bigram in rarest[:RARE_BIGRAMS] for i in self.holders[bigram])
        return sorted(votes, key=lambda i: (-votes[i], i))[:CANDIDATES]

    def _score(self, i: int, j: int) -> float:
        """How good a pair is, 0.0 if it is none."""
        old, new = self.matching.old[i], self.matching.new[j]
        if (old.kind == "table") != (new.kind == "table"):
            return 0.0
        likeness = self.old[i].likeness(self.new[j])
        if not _marker(old) or _marker(old) != _marker(new):
            return likeness if likeness >= OTHER_LABEL_LIKENESS else 0.0
        long_enough = min(self.old[i].size, self.new[j].size) >= HELD_AT_LEAST
        held = long_enough and self.old[i].containment(self.new[j]) >= SAME_LABEL_HELD
        return likeness + LABEL_BONUS if held or likeness >= SAME_LABEL_LIKENESS else 0.0


def _nearest(places: list[int], expected: int) -> list[int]:
    """The places next to an expected one, of an ascending list."""
    n = bisect_left(places, expected)
    return places[max(0, n - NEIGHBOURS) : n + NEIGHBOURS]


def _words(clause: ClauseText) -> str:
    """All that a clause says, without its marker."""
    return replace(clause, label="").full_text


def _profile(clause: ClauseText) -> Profile:
    return Profile.of(_words(clause))


def _marker(clause: ClauseText) -> tuple[str, str] | None:
    """Kind and marker, however its brackets and dots are written; None without a marker."""
    label = unicodedata.normalize("NFKC", clause.label).translate(_MARKER_STOPS)
    return (clause.kind, label) if label else None


def _same_words(clause: ClauseText) -> Hashable:
    """Equal for clauses of one kind that say the same, word by word; None if there are no words."""
    words = "".join(_words(clause).split())
    return (clause.kind, words) if words else None


def _same_place(clause: ClauseText) -> Hashable:
    """Equal for clauses of one kind with the same marker that say the same."""
    return (clause.kind, _marker(clause), "".join(_words(clause).split()))
