from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtailmedia.blocks import VideoChooserBlock


class ShortVideoBlock(VideoChooserBlock):
    """短视频: shown with poster, captions, transcript, and what it costs to load.

    ``Video.publish_blockers`` says what the page's gate must still ask for.
    """

    class Meta:
        label = _("短视频")
        icon = "wagtailmedia-video"
        template = "components/video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"video": value}

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Also where two versions of a page are compared."""
        if not value:
            return ""
        return str(render_to_string("components/video.html", {"video": value}))
