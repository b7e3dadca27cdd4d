"""How alike two texts are, cheaply: the share of character pairs that they have in common.

Dice's coefficient over multisets of bigrams (L. R. Dice, "Measures of the Amount of Ecologic
Association Between Species", Ecology 26, 1945). Pairs of neighbouring characters stand for words,
which Chinese doesn't mark; unlike an edit distance it takes linear time and forgives sentences that
changed places.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass

START, END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Profile:
    """The bigrams of a text and how many there are, with its two ends as characters of their own.

    Spaces, punctuation, and the width of a character say nothing about identity and don't count.
    """

    bigrams: Counter[str]
    size: int

    @classmethod
    def of(cls, text: str) -> "Profile":
        """The profile of a text; one without letters, digits, or Han is empty."""
        bare = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()
        if not bare:
            return cls(Counter(), 0)
        framed = f"{START}{bare}{END}"
        bigrams = Counter(map(str.__add__, framed, framed[1:]))
        return cls(bigrams, len(framed) - 1)

    def shared(self, other: "Profile") -> int:
        """How many bigrams both have, counted with repetition."""
        few, many = sorted((self.bigrams, other.bigrams), key=len)
        return sum(min(count, many[pair]) for pair, count in few.items() if pair in many)

    def likeness(self, other: "Profile") -> float:
        """0 (nothing in common) to 1 (the same bigrams); two empty texts have nothing in common."""
        total = self.size + other.size
        return 2 * self.shared(other) / total if total else 0.0

    def containment(self, other: "Profile") -> float:
        """The share of the shorter text that the longer one holds, 0 to 1."""
        least = min(self.size, other.size)
        return self.shared(other) / least if least else 0.0
