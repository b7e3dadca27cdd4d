import time

from people.uploads.refusals import TooComplex


class Deadline:
    """A time by which a file must have been read; checked between the steps of reading it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises TooComplex once the time is over."""
        if time.monotonic() > self._end:
            raise TooComplex
