from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models

from people.encrypted import Model, encrypted_fields, tokens
from people.encryption import Unreadable, rotate


class Command(BaseCommand):
    """Brings every encrypted value under the first of PEOPLE_KEYS, so that the others can go.

    Safe beside a running site: a value that changed meanwhile is left, since it was encrypted
    with the first key anyway. Can be run again at any time.
    """

    help = "用 PEOPLE_KEYS 中的第一个密钥重新加密所有个人信息；完成后即可移除其余密钥。"

    def handle(self, *args: Any, **options: Any) -> None:
        changed = unreadable = 0
        for model, name in encrypted_fields():
            done, failed = _rotate_field(model, name)
            changed, unreadable = changed + done, unreadable + failed
        self.stdout.write(f"已重新加密 {changed} 项。")
        if unreadable:
            raise CommandError(
                f"有 {unreadable} 项数据用现有密钥无法解密，保持原样。"
                "请把加密它们的密钥加入 PEOPLE_KEYS 后重新运行，在此之前不要移除任何密钥。"
            )


def _rotate_field(model: Model, name: str) -> tuple[int, int]:
    """How many values were encrypted anew, and how many can't be read."""
    changed = unreadable = 0
    rows = tokens(model, name)
    for pk, token in rows.order_by("pk").values_list("pk", "token").iterator(chunk_size=500):
        try:
            newer = rotate(token or "")
        except Unreadable:
            unreadable += 1
            continue
        if newer != (token or ""):
            value = models.Value(newer, output_field=models.TextField())
            changed += rows.filter(pk=pk, token=token).update(**{name: value})
    return changed, unreadable
