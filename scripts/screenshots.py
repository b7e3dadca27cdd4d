"""make screenshots: prepares as make test does, then hands over to camera.py in the environment."""

import os
from pathlib import Path

from machine import PYTHON, TO_TEST, require_environment, require_packages, require_python

BROWSER = ("chromium", "fontconfig", "fonts-noto-cjk")


def main() -> None:
    """Everything that the camera needs is there when it starts."""
    require_python()
    require_packages({name: TO_TEST[name] for name in BROWSER})
    require_environment("dev")
    camera = Path(__file__).with_name("camera.py")
    os.execv(PYTHON, [str(PYTHON), str(camera)])  # noqa: S606 - no shell, and no word of it is typed


if __name__ == "__main__":
    main()
