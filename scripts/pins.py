"""make pins: requirements/*.txt anew from pyproject.toml, with hashes and without addresses."""

import subprocess
import tempfile
import venv
from pathlib import Path

from machine import ROOT

COMPILE = [
    "pip",
    "compile",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
    "pyproject.toml",
]


def main() -> None:
    """Resolve with a throw-away uv, so that the platform's own environment stays as pinned."""
    with tempfile.TemporaryDirectory(prefix="portal-pins-") as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        subprocess.run([programs / "pip", "install", "-q", "uv"], check=True)
        for name, group in (("base", []), ("dev", ["--group", "dev"])):
            target = ["-o", f"requirements/{name}.txt"]
            subprocess.run([programs / "uv", *COMPILE, *group, *target], check=True, cwd=ROOT)
            print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
