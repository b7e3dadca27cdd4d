from django.db import models
from modelcluster.fields import ParentalKey

from publishing.models import PublishedFile


class PolicyAttachment(PublishedFile):
    """A file published with the policy."""

    page = ParentalKey(
        "interpretations.PolicyPage", on_delete=models.CASCADE, related_name="attachments"
    )
