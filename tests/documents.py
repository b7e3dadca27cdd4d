"""The real documents to test with; tests that read them skip where the folder is absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "documents"
REAL = sorted(path.name for path in FOLDER.glob("*.txt")) or [
    pytest.param("none", marks=pytest.mark.skip(reason="the real documents are not here"))
]


def read_real(name: str) -> str:
    """The text of one real document."""
    return (FOLDER / name).read_text(encoding="utf-8")
