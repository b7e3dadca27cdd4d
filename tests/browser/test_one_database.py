"""The tests before a browser's and those with it work on one database."""

import asyncio

from django.db import connections
from playwright.sync_api import Browser


def test_the_connections_are_the_same_beside_the_browsers_loop(browser: Browser) -> None:
    beside = connections.all()
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        without = connections.all()
    finally:
        asyncio._set_running_loop(loop)
    assert [id(each) for each in beside] == [id(each) for each in without]
