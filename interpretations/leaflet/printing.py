"""From a leaflet's content to its PDF, by WeasyPrint. Nothing is fetched from anywhere: the sheet
names its pictures by a scheme of its own, and whatever else a text brings along is not loaded."""

import importlib
import threading
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from PIL import ImageFile
from wagtail.images.models import SourceImageIOError

from interpretations.charting import bars_of
from interpretations.leaflet.content import Shown
from interpretations.policy_facts import in_words

PICTURE = "format-jpeg|width-960"
"""One of the sizes that the public page has: nothing is made for the paper alone."""
STYLE = "interpretations/leaflet.css"
PATIENCE = 20.0
"""Seconds for which one waits for another's leaflet: pages are laid out one at a time."""

NO_LIBRARY = (
    "服务器上缺少排版用的程序库，做不了宣传单页。请联系管理员安装："
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
NO_FONT = "服务器上缺少中文字体，印不出“{}”。请联系管理员安装：apt-get install fonts-noto-cjk"
NO_PICTURE = "有一张图片的文件找不到了，做不了宣传单页。请在解读中换一张图片，发布后再做。"
BUSY = "正在做另一份宣传单页，请过一会儿再试。"

_one_at_a_time = threading.BoundedSemaphore(1)


class LeafletRefused(Exception):
    """It can't be made; ``message`` says why and what to do, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Printed(NamedTuple):
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


def print_leaflet(
    shown: Shown, pictures: Mapping[str, Any], *, number: int, made_on: date
) -> Printed:
    """The sheet as A4. ``pictures``: images by their address in ``shown``.

    Raises:
        LeafletRefused: a library, a font or a picture is missing, or another one is being made.
    """
    program = _program()
    stamp = {"number": number, "made_on": in_words(made_on), "qr": _qr(shown["address"])}
    html = render_to_string("interpretations/leaflet/sheet.html", {"shown": _drawn(shown), **stamp})
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise LeafletRefused(BUSY)
    try:
        fetcher = _own_files(program, pictures)
        sheet = program.HTML(string=html, url_fetcher=fetcher, base_url="portal:")
        style = program.CSS(string=_style(), url_fetcher=fetcher)
        document = sheet.render(stylesheets=[style])
        pdf: bytes = document.write_pdf()
    except program.urls.FatalURLFetchingError as error:
        raise LeafletRefused(NO_PICTURE) from error
    finally:
        _one_at_a_time.release()
    _require_fonts(document)
    return Printed(pdf, len(document.pages))


def why_impossible() -> str:
    """What the machine lacks for any leaflet, in Chinese; empty where nothing does."""
    try:
        program = _program()
        document = program.HTML(string="<p lang=zh-CN>字", url_fetcher=_own_files(program, {}))
        drawn = document.render()
        drawn.write_pdf()
        _require_fonts(drawn)
    except LeafletRefused as refusal:
        return refusal.message
    return ""


def _program() -> Any:
    """WeasyPrint, asked for when it is needed: it can't be imported where Pango is missing.

    It has Pillow take broken pictures for whole ones, in all of the process: uploads would no
    longer be refused.
    """
    try:
        program = importlib.import_module("weasyprint")
    except OSError:
        raise LeafletRefused(NO_LIBRARY) from None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return program


def _own_files(program: Any, pictures: Mapping[str, Any]) -> Any:
    """Knows the leaflet's pictures and nothing else."""

    class OwnFiles(program.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in pictures:
                raise ValueError("not one of the leaflet's own files")
            try:
                rendition = pictures[url].get_rendition(PICTURE)
                body = rendition.file.open("rb").read()
            except (SourceImageIOError, OSError) as error:
                raise program.urls.FatalURLFetchingError(url) from error
            return program.urls.URLFetcherResponse(url, body, {"Content-Type": "image/jpeg"})

    return OwnFiles(allowed_protocols=())


def _require_fonts(document: Any) -> None:
    """Boxes in the place of characters would be seen on the wall first."""
    lost = {chr(code) for font in document.fonts.values() for code in font.missing}
    letters = sorted(char for char in lost if unicodedata.category(char) == "Lo")
    if letters:
        raise LeafletRefused(NO_FONT.format("".join(letters[:10])))


def _drawn(shown: Shown) -> Shown:
    """With the charts of the infographics, which follow from their tables."""
    blocks = [
        {**block, "chart": bars_of(block["table"])} if block.get("with_chart") else block
        for block in shown["blocks"]
    ]
    return {**shown, "blocks": blocks}


def _style() -> str:
    found = finders.find(STYLE)
    if not isinstance(found, str):
        raise LookupError(f"{STYLE} is not among the static files")
    return Path(found).read_text(encoding="utf-8")


def _qr(address: str) -> SafeString:
    """The code as inline SVG, at a quarter's error correction: paper on a wall gets dirty."""
    svg = segno.make(address, error="q", micro=False).svg_inline(
        border=0, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - markup of our own making, without anybody's text
