from consultation.models.columns import DecisionIndexPage
from consultation.models.draft_page import DecisionDraftPage
from consultation.models.draft_parts import (
    DraftAttachment,
    DraftBasis,
    DraftContact,
    DraftInterpretation,
    DraftWay,
)
from consultation.models.opinion import Opinion, OpinionQuerySet
from consultation.models.response import ReasonTemplate, Response
from consultation.models.result_page import AdoptionResultPage
from consultation.models.submission import Submission, SubmissionAttachment
from consultation.models.version_files import VersionFile
from consultation.models.versions import Clause, DraftVersion, PeriodChange, ResultVersion

__all__ = [
    "AdoptionResultPage",
    "Clause",
    "DecisionDraftPage",
    "DecisionIndexPage",
    "DraftAttachment",
    "DraftBasis",
    "DraftContact",
    "DraftInterpretation",
    "DraftVersion",
    "DraftWay",
    "Opinion",
    "OpinionQuerySet",
    "PeriodChange",
    "ReasonTemplate",
    "Response",
    "ResultVersion",
    "Submission",
    "SubmissionAttachment",
    "VersionFile",
]
