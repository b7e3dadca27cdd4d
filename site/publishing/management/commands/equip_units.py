from typing import Any

from django.core.management.base import BaseCommand

from publishing.models import Unit
from publishing.services import equip_unit


class Command(BaseCommand):
    help = "给每个单位的工作组补上新功能的权限；只增加，不收回。升级后运行一次。"

    def handle(self, *args: Any, **options: Any) -> None:
        units = Unit.objects.select_related("site").order_by("pk")
        for unit in units:
            equip_unit(unit=unit)
        self.stdout.write(f"已核对{len(units)}个单位的权限。")
