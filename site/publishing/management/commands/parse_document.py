from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from publishing.clauses.document import DocumentError
from publishing.clauses.outline_text import outline_text
from publishing.clauses.reader import read_document

# Characters inside of texts that some programs take for the end of the line.
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


class Command(BaseCommand):
    """Shows what the parser makes of files; the shapes are in `publishing.clauses.document`."""

    help = "识别公文或法规的结构：Word 文件（.docx）、文本文件（.txt），“-”表示标准输入。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="文件，“-”表示标准输入")
        parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        shown = [self._one(name, as_json=options["json"]) for name in files]
        if not all(shown):
            sys.exit(1)

    def _one(self, name: str, *, as_json: bool) -> bool:
        """Print what one file holds; False if it can't be read."""
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            document = read_document(data, name)
        except DocumentError as refusal:
            return self._refuse(name, str(refusal), as_json=as_json)
        except OSError as error:
            return self._refuse(name, _reason(error), as_json=as_json)
        if as_json:
            self._write_json({"file": name, **document.to_json()})
        else:
            self.stdout.write(f"文件：{name}\n{outline_text(document)}\n")
        return True

    def _refuse(self, name: str, reason: str, *, as_json: bool) -> bool:
        if as_json:
            self._write_json({"file": name, "error": reason})
        else:
            self.stderr.write(f"文件：{name}\n  不能读取：{reason}")
        return False

    def _write_json(self, shown: dict[str, Any]) -> None:
        line = json.dumps(shown, ensure_ascii=False)
        self.stdout.write(line.translate(_LINE_ENDS))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到文件，请检查路径。"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，请指定其中的文件。"
    if isinstance(error, PermissionError):
        return "没有读取文件的权限。"
    return f"文件读取失败：{error.strerror or error}。"
