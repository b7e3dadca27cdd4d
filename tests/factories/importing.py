"""An import as an editor makes it: look at the preview, then confirm what it showed."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def import_text(client: Client, page: Any, text: str, **chosen: str) -> HttpResponse:
    """Preview and confirm the text; returns the answer to the confirmation."""
    address = reverse("publishing_import", args=[page.pk])
    shown: Any = client.post(address, {"text": text, "preview": "1", **chosen})
    mark = shown.context["proposal"].mark
    return client.post(address, {"text": text, "confirm": "1", "shown": mark, **chosen})
