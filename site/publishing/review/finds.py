"""What was found in a page: in its texts, and in the files that are published with it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from wagtail import hooks
from wagtail.documents import get_document_model

from publishing.review.content import FileReference, Place, read_page
from publishing.review.file_text import BY_HAND, text_of_file
from publishing.review.finder import Found, find

_GONE = f"文件找不到。{BY_HAND}"
_SPACES = re.compile(r"\s+")
UNREADABLE = "附件不能识别"
_IN_FILE = "在附件里，程序不能改：请换一份遮盖过的文件，或写明保留的理由。"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that goes public with a page without being a field of it. ``field``: a name of it that
    stays, ``remedy``: what to do about a find, because nothing is put in its place here."""

    field: str
    label: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PageFind:
    """One find of a page. ``place`` is None where nothing can be put in its place, and ``remedy``
    says what to do; ``field`` and ``found.key`` together are what a decision to keep is about."""

    field: str
    label: str
    found: Found
    place: Place | None = None
    problem: str = ""
    remedy: str = _IN_FILE

    @property
    def can_be_masked(self) -> bool:
        return self.place is not None

    @property
    def before(self) -> str:
        """The words in the same paragraph: empty lines part the paragraphs, and the readings, of a
        file."""
        return _SPACES.sub(" ", self.found.before.rpartition("\n\n")[2]).lstrip()

    @property
    def after(self) -> str:
        return _SPACES.sub(" ", self.found.after.partition("\n\n")[0]).rstrip()

    @property
    def name(self) -> str:
        """Where in this content it stands, for the form that masks it."""
        steps = ".".join(map(str, self.place.path)) if self.place else self.field
        return f"{steps}:{self.found.start}:{self.found.key[:16]}"


def finds_of(page: Any) -> list[PageFind]:
    """All finds of the page as it is in memory, in the order of its content, files last.

    Features name further texts by the hook ``register_reviewed_texts``: a function of the page that
    returns passages.
    """
    content = read_page(page)
    found = [
        PageFind(place.field, place.label, one, place)
        for place in content.places
        for one in find(place.text)
    ]
    further = [
        PageFind(said.field, said.label, one, remedy=said.remedy)
        for ask in hooks.get_hooks("register_reviewed_texts")
        for said in ask(page)
        for one in find(said.text)
    ]
    documents = [file for file in content.files if file.model == get_document_model()._meta.label]
    return [*found, *further, *(one for file in documents for one in _in_file(file))]


def _in_file(reference: FileReference) -> Iterator[PageFind]:
    rows: Any = apps.get_model(reference.model)._default_manager
    document = rows.filter(pk=reference.pk).first()
    if document is None:
        return
    digest = document.get_file_hash()
    field, label = f"file:{digest}"[:80], f"{reference.label}《{document.title}》"
    found, problem = _search_file(document.file.storage, document.file.name, digest)
    for one in found:
        yield PageFind(field, label, one)
    if problem:
        key = hashlib.sha256(f"unreadable:{digest}".encode()).hexdigest()
        unread = Found(UNREADABLE, key, 0, 0, "", "", "", "")
        yield PageFind(field, label, unread, problem=problem)


@lru_cache(maxsize=64)
def _search_file(storage: Storage, name: str, digest: str) -> tuple[tuple[Found, ...], str]:
    """What stands in a file, and why not all of it could be read; kept in the process alone."""
    try:
        with storage.open(name) as file:
            read = text_of_file(file.read(), name)
    except OSError:
        return (), _GONE
    # A file says the same several times (a text box and its copy for older programs); one row.
    once = {one.key: one for one in reversed(find(read.text))}
    return tuple(reversed(once.values())), read.problem
