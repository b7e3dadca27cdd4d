"""Wagtail's forms for documents and images, which leave alone what is public (rule C2)."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.published_files import IS_FIXED, is_fixed


class _KeepsPublished:
    """Refuses another file in the place of one that is public; its title and tags may change."""

    def clean(self: Any) -> Any:
        typed = super().clean()  # type: ignore[misc] # of the form that this is mixed into
        replaced = "file" in self.changed_data and self.instance.pk
        if replaced and is_fixed(self.instance):
            self.add_error("file", IS_FIXED % {"title": self.instance.title})
        return typed


class DocumentForm(_KeepsPublished, BaseDocumentForm):
    pass


class ImageForm(_KeepsPublished, BaseImageForm):
    pass
