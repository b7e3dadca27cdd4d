from interpretations.models.video import CaptionTrack, Rendition, Video

__all__ = ["CaptionTrack", "Rendition", "Video"]
