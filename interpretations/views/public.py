"""The views that the pages of policies hand over to, by name."""

from interpretations.views.feed import policy_feed
from interpretations.views.policies import list_policies
from interpretations.views.policy import show_policy
from interpretations.views.versions import list_versions, show_version

__all__ = ["list_policies", "list_versions", "policy_feed", "show_policy", "show_version"]
