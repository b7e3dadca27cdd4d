import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.doctor import Level, examine


class Command(BaseCommand):
    help = "检查部署：已配置什么、缺什么、后果是什么。缺少必要的东西时退出码为 1。"
    # The settings' own checks would stop before anything is told.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        styles = {
            Level.FINE: self.style.SUCCESS,
            Level.NOTE: self.style.WARNING,
            Level.MISSING: self.style.ERROR,
        }
        findings = examine()
        for finding in findings:
            mark = styles[finding.level](f"[{finding.level}]")
            self.stdout.write(f"{mark} {finding.subject}：{finding.message}")
        lacking = sum(finding.level is Level.MISSING for finding in findings)
        if lacking:
            self.stdout.write(self.style.ERROR(f"缺少 {lacking} 项必要的配置。"))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("必要的配置齐全。"))
