"""What publishing a policy leaves behind."""

from django.db import transaction

from interpretations.models import PolicyPage, PolicyVersion
from interpretations.policy_facts import facts_of
from publishing.services.freezing import freeze


@transaction.atomic
def record_publication(*, policy: PolicyPage) -> PolicyVersion:
    """Freeze what is now public (C2): a new version where text, files or fields changed."""
    version, _is_new = freeze(page=policy, facts=facts_of(policy))
    frozen: PolicyVersion = version
    return frozen
