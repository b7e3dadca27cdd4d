"""Columns with filters, read as a visitor without scripts sees them."""

import re
from typing import Any
from urllib.parse import urlencode

from django.test import Client


def read_list(address: str, **chosen: Any) -> str:
    return Client().get(f"{address}?{urlencode(chosen)}").content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="card__link" href="[^"]*">([^<]*)</a>', html)


def choices(html: str, name: str) -> list[str]:
    """The words of one filter."""
    found = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    assert found
    return re.findall(r"<option[^>]*>([^<]*)</option>", found.group())
