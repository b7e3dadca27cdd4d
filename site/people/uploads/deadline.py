import time

from people.uploads.refusals import TooComplex


class Deadline:
    """What a file may cost to be read, in seconds of this thread's processor time: on a busy server
    an honest file takes longer by the clock and no more of this. Checked between the steps."""

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raises TooComplex once it is used up."""
        if time.thread_time() > self._end:
            raise TooComplex
