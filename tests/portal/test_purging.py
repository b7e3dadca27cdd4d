"""Nobody waits for the old page after a publication."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.consultation import make_draft, publish_again

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["publish", "unpublish"])
def test_a_changed_page_is_not_answered_from_the_cache(
    client: Client, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft()
    cache.clear()
    first = client.get(draft.url)
    assert "便民服务" in first.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        publish_again(
            draft, summary="改过的内容提要。"
        ) if change == "publish" else draft.unpublish()
    again = client.get(draft.url)
    seen = (again.status_code, "改过的内容提要。" in again.content.decode())
    assert seen == ((200, True) if change == "publish" else (404, False))
