"""Why a video or its captions are not taken; each carries its words for the editor, in Chinese."""


class VideoRefused(Exception):
    """The video ends in 失败 with this reason."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class LostJob(Exception):
    """The lease ran out and somebody else has the video: stop, and touch nothing any more."""


class PutBack(Exception):
    """The worker is asked to end: the video waits, and nothing is wrong with it."""


class Interrupted(Exception):
    """The program was ended from outside, say for want of memory: that says nothing of the film."""


class StepRefused(Exception):
    """Not possible now: another person or the clock was quicker, or the public sees it."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)
