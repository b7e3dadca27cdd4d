"""The pictures of an interpretation in the sizes that pages use: asked at once, made ahead."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

SIZES = ("format-{avif,webp,jpeg}", "width-{480,960}")
"""As the templates ask for them by Wagtail's picture tag."""


def pictures_in(body: Any) -> Iterator[Any]:
    """The images of a body, in its order."""
    for child in body:
        value = child.value
        if child.block_type == "comic":
            yield from (panel["image"] for panel in value["panels"] if panel["image"])
        elif child.block_type == "infographic" and value["image"]:
            yield value["image"]


def load_sizes(body: Any) -> None:
    """Reads what is made of all pictures at once; the templates ask no more."""
    rows = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs())
    made = Prefetch("renditions", rows, to_attr="prefetched_renditions")
    prefetch_related_objects(list(pictures_in(body)), made)


def make_sizes(body: Any) -> None:
    """Makes what is not there yet. A picture whose file is gone is left to the page."""
    for image in pictures_in(body):
        try:
            image.get_renditions(*specs())
        except SourceImageIOError:
            continue


def specs() -> list[str]:
    return list(Filter.expand_spec(list(SIZES)))
