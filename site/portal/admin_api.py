"""Wagtail's admin API, by which its editor asks for files: only those of the user's own units."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from portal.admin_scope import visible_files


class OwnDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible_files(super().get_queryset(), self.request.user)


class OwnImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible_files(super().get_queryset(), self.request.user)
