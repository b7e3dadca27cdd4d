#!/usr/bin/env python
"""Run a management command from a checkout: both source roots go on the path first."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from portal.cli import main  # noqa: E402 - the path must be set before

if __name__ == "__main__":
    main()
