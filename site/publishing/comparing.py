"""Two versions of a text compared, for the page that shows what publishing changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.clauses.redline import ClauseChange, redline, summary
from publishing.models import FrozenText

OP_NAMES = {
    "changed": _("有修改"),
    "added": _("新增"),
    "removed": _("删去"),
    "moved": _("移动"),
    "renumbered": _("只改序号"),
    "same": _("未变"),
}


def compared(version: Any, before: FrozenText | None) -> dict[str, Any]:
    """The context of the redline from the version before; the first is compared with itself."""
    old = before or version
    changes = redline(old.clause_texts, version.clause_texts)
    files, old_files = _files(version), _files(old)
    return {
        "version": version,
        "files": list(version.files.select_related("document")),
        "before": before,
        "changes": named(changes),
        "counts": counted(changes),
        "title_changed": old.title != version.title,
        "files_added": [title for key, title in files.items() if key not in old_files],
        "files_removed": [title for key, title in old_files.items() if key not in files],
    }


def named(changes: list[ClauseChange]) -> list[tuple[Any, ClauseChange]]:
    """Each change that has words, with what became of the clause in a reader's words."""
    return [(OP_NAMES[change.op], change) for change in changes if _has_words(change)]


def counted(changes: list[ClauseChange]) -> list[tuple[Any, int]]:
    """How many clauses fared how; what happened to none is left out."""
    counts = summary(changes)
    return [(name, counts[op]) for op, name in OP_NAMES.items() if counts[op]]  # type: ignore[index] # the names are the ops


def _files(version: FrozenText) -> dict[tuple[str, str], str]:
    """The attachments by title and content: a new file under an old title is a change."""
    return {(row["title"], row["sha256"]): row["title"] for row in version.attachments}


def _has_words(change: ClauseChange) -> bool:
    return bool(change.label or change.heading or change.text or change.rows)
