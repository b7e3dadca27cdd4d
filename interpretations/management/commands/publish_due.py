"""Publishes the joint releases whose time has come: what beat does each minute, by hand or cron."""

from typing import Any

from django.core.management.base import BaseCommand

from interpretations.models import ReleaseBundle
from interpretations.services.bundle_release import publish_due_bundles


class Command(BaseCommand):
    help = "发布到了时间的同步发布；Wagtail 的 publish_scheduled 只管单个页面。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = publish_due_bundles()
        self.stdout.write(f"已发布 {count} 项同步发布。")
        for bundle in ReleaseBundle.objects.failed().order_by("pk"):
            self.stderr.write(f"未成功：{bundle}：{bundle.failure}")
