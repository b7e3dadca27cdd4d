import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from openday.draw import verify


class Command(BaseCommand):
    """Checks the published record of a draw of lots against itself; needs no database."""

    help = "核对公布的抽签记录（活动页面“抽签”中下载的 JSON 文件），可以一次核对多个。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="文件", help="抽签记录文件")

    def handle(self, *args: Any, **options: Any) -> None:
        results = [self._check(Path(name)) for name in options["files"]]
        if not all(results):
            raise CommandError("有记录核对不符。", returncode=1)
        self.stdout.write("全部核对无误。")

    def _check(self, path: Path) -> bool:
        self.stdout.write(f"{path.name}：")
        try:
            findings = verify(json.loads(path.read_text(encoding="utf-8")))
        except OSError:
            self.stdout.write("  不符　文件打不开，请核对文件名。")
            return False
        except (json.JSONDecodeError, UnicodeDecodeError):
            self.stdout.write("  不符　这不是抽签记录文件。")
            return False
        except ValueError as error:
            self.stdout.write(f"  不符　{error}")
            return False
        for finding in findings:
            self.stdout.write(f"  {'相符' if finding.right else '不符'}　{finding.what}")
        return all(finding.right for finding in findings)
