"""The views that the pages of policies and interpretations hand over to, by name."""

from interpretations.views.feed import interpretation_feed, policy_feed
from interpretations.views.filtered_list import list_interpretations, list_policies
from interpretations.views.interpretation import show_interpretation
from interpretations.views.policy import show_policy
from interpretations.views.questions import list_questions
from interpretations.views.versions import list_versions, show_version

__all__ = [
    "interpretation_feed",
    "list_interpretations",
    "list_policies",
    "list_questions",
    "list_versions",
    "policy_feed",
    "show_interpretation",
    "show_policy",
    "show_version",
]
