"""make run: from a fresh clone to the running demo. PORT and HOST are read from the environment."""

import os
import sys

from machine import PYTHON, ROOT, TO_RUN, require_environment, require_packages, require_python


def main() -> None:
    """Prepare, then become the demo process, so that signals reach it directly."""
    require_python()
    require_packages(TO_RUN)
    require_environment("base")
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit()):
        sys.exit(f"PORT= 须是数字，现在是“{port}”。")
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not listened on
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "BASE_URL": os.environ.get("BASE_URL") or f"http://{shown}:{port}",
    }
    command = [str(PYTHON), str(ROOT / "manage.py"), "demo", f"--host={host}", f"--port={port}"]
    os.execve(PYTHON, command, environment)  # noqa: S606 - no shell, and no word of it is typed


if __name__ == "__main__":
    main()
