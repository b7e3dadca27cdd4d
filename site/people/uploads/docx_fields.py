"""What the fields of a Word file say, read as Word reads it."""

from typing import Any
from xml.parsers import expat

from people.uploads.deadline import Deadline
from people.uploads.refusals import Active, Broken, TooComplex


class Instructions:
    """Gathers them: the texts of w:instrText, and the attribute w:instr of simple fields."""

    def __init__(self, deadline: Deadline, *, most: int) -> None:
        self._deadline = deadline
        self._left = most
        self._found: list[str] = []
        self._inside = 0

    def read(self, part: bytes) -> str:
        """All that the part says, joined.

        Raises:
            Active: it declares a document type, which Word never does.
            TooComplex, Broken
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise Broken from None
        return "".join(self._found)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._deadline.check()
        self._inside += _local(name) == "instrText"
        for key, value in attributes.items():
            if _local(key) == "instr":
                self._keep(value)

    def _end(self, name: str) -> None:
        self._inside -= _local(name) == "instrText"

    def _say(self, text: str) -> None:
        if self._inside:
            self._keep(text)

    def _keep(self, text: str) -> None:
        self._left -= len(text) + 1
        if self._left < 0:
            raise TooComplex
        self._found.append(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declared: Any) -> None:
    raise Active
