"""Wagtail's forms for documents and images, which leave alone what is public (rule C2)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from people.uploads.images import reencode
from portal.published_files import IS_FIXED, is_fixed

_KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


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
    """Photos as their pixels alone: phones write into them where they were taken, and Wagtail's
    renditions would carry that along into public pages."""

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        kind = _KINDS.get(getattr(given, "content_type", None) or "")
        if "file" not in self.changed_data or kind is None:
            return given
        given.seek(0)
        bare = reencode(given.read(), kind)
        return SimpleUploadedFile(given.name, bare, given.content_type)
