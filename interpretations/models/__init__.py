from interpretations.models.bundle import BundleMember, ReleaseBundle
from interpretations.models.exemption import InterpretationExemption
from interpretations.models.interpretation_columns import InterpretationIndexPage
from interpretations.models.interpretation_page import InterpretationPage
from interpretations.models.interpretation_parts import (
    InterpretationChange,
    InterpretationSubject,
)
from interpretations.models.leaflet import Leaflet
from interpretations.models.policy_columns import PolicyIndexPage
from interpretations.models.policy_page import PolicyPage
from interpretations.models.policy_parts import PolicyAttachment
from interpretations.models.policy_versions import PolicyVersion, PolicyVersionFile
from interpretations.models.public_question import AnswerRating, PublicQuestion
from interpretations.models.stale import StaleItem
from interpretations.models.topic import PolicyTopic
from interpretations.models.video import CaptionTrack, Rendition, Video

__all__ = [
    "AnswerRating",
    "BundleMember",
    "CaptionTrack",
    "InterpretationChange",
    "InterpretationExemption",
    "InterpretationIndexPage",
    "InterpretationPage",
    "InterpretationSubject",
    "Leaflet",
    "PolicyAttachment",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyTopic",
    "PolicyVersion",
    "PolicyVersionFile",
    "PublicQuestion",
    "ReleaseBundle",
    "Rendition",
    "StaleItem",
    "Video",
]
