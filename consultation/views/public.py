"""The views that a draft's page hands over to, by name."""

from consultation.views.draft import show_draft
from consultation.views.poster import show_poster
from consultation.views.speak import speak
from consultation.views.versions import list_versions, show_version

__all__ = ["list_versions", "show_draft", "show_poster", "show_version", "speak"]
