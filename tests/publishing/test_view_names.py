from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from publishing import view_names

WHOLE = {
    "PAGE": view_names.PAGE,
    "DOCUMENT": view_names.DOCUMENT,
    "BULK": view_names.BULK,
    "MOVE": view_names.MOVE,
    "CONFIRM_MOVE": view_names.CONFIRM_MOVE,
    "EDIT": view_names.EDIT,
    "WORKFLOW_ACTION": view_names.WORKFLOW_ACTION,
    "SET_POSITION": view_names.SET_POSITION,
    "SET_PRIVACY": view_names.SET_PRIVACY,
    "SITE_SETTINGS": view_names.SITE_SETTINGS,
    "CHOSEN_PAGES": view_names.CHOSEN_PAGES,
    "CHOOSES_IMAGES": view_names.CHOOSES_IMAGES,
    "CHOSEN_ROW": view_names.CHOSEN_ROW,
    "CHOSEN_ROWS": view_names.CHOSEN_ROWS,
    "EXTERNAL_LINK": view_names.EXTERNAL_LINK,
    "REPORTS": view_names.REPORTS,
    "ERROR_TEST": view_names.ERROR_TEST,
    "SIGN_IN": view_names.SIGN_IN,
}
BEGINNINGS = {
    "DELETES_FILE": view_names.DELETES_FILE,
    "NAMES_PAGES": view_names.NAMES_PAGES,
    "ADMIN": view_names.ADMIN,
    "ADMIN_API": view_names.ADMIN_API,
}


def names(resolver: Any, space: str = "") -> Iterator[str]:
    """The names of all addresses below, with their spaces."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, space + (f"{pattern.namespace}:" * bool(pattern.namespace)))
        elif pattern.name:
            yield space + pattern.name


def listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@pytest.mark.parametrize("constant", WHOLE)
def test_each_name_is_one_of_wagtails(constant: str) -> None:
    assert set(listed(WHOLE[constant])) <= set(names(get_resolver()))


@pytest.mark.parametrize("constant", BEGINNINGS)
def test_each_beginning_begins_a_name_of_wagtails(constant: str) -> None:
    known = set(names(get_resolver()))
    unused = [
        start
        for start in listed(BEGINNINGS[constant])
        if not any(name.startswith(start) for name in known)
    ]
    assert unused == []


def test_the_two_tables_name_all_constants() -> None:
    constants = {name for name in vars(view_names) if name.isupper()}
    assert constants == {*WHOLE, *BEGINNINGS}
