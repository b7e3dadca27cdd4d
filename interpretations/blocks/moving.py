from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from interpretations.blocks.clause_choice import clauses_block
from interpretations.blocks.lacking import AskedBlock
from interpretations.film.block import ShortVideoBlock
from interpretations.film.enums import VideoState


class FilmBlock(AskedBlock):
    """短视频, and the clauses that it explains."""

    video = ShortVideoBlock(label=_("视频"), required=False)
    clauses = clauses_block()

    class Meta:
        icon = "wagtailmedia-video"
        label = _("短视频")
        template = "interpretations/blocks/video.html"
        description = _("“视频”中上传的短视频，带封面、字幕和文字稿。")

    def get_preview_value(self) -> Any:
        """The newest film that can be played, if there is one."""
        ready = self.child_blocks["video"].model_class.objects.filter(state=VideoState.READY)
        return self.normalize({"video": ready.order_by("pk").last(), "clauses": []})

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if not value["video"]:
            yield f"{name}没有选视频。"
        else:
            yield from value["video"].publish_blockers()
