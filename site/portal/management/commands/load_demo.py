from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from portal.demo.content import DemoRefused
from portal.demo.loading import load, look_ups


class Command(BaseCommand):
    help = "载入演示内容；再次运行时只把演示的日期移到今天。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("这不是演示环境（settings.DEMO），不载入演示内容。")
        try:
            is_new = load()
        except DemoRefused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write("演示内容已载入。" if is_new else "演示内容已经在，日期已移到今天。")
        for row in look_ups():
            self.stdout.write(f"  查询示例  {row.number}  {row.code}  {row.draft}")
