class BundleRefused(Exception):
    """The step can't be taken with this joint release; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class StateChanged(BundleRefused):
    """It stands elsewhere than the one who asked believed: somebody, or the clock, was quicker."""
