"""Policies for the site of ``public_site``: one that came of a draft, what it replaced, a list."""

from dataclasses import replace
from datetime import timedelta

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from consultation.models import AdoptionResultPage
from interpretations.enums import Validity
from interpretations.models import PolicyAttachment, PolicyPage
from publishing.clauses.blocks import raw_stream
from tests.factories.interpretations import (
    WRITTEN,
    make_policy,
    make_policy_index,
    publish_policy_again,
)


def make_public_policies(result: AdoptionResultPage) -> PolicyPage:
    """The policy that came of the result's draft, in its second version, with a file; an older one
    that it replaced, and so many that the list has two pages."""
    draft = result.draft
    clauses = draft.clauses
    changed = [replace(clauses[1], text="镇便民服务中心每天开放。"), *clauses[2:]]
    policy = make_policy(draft=draft.page_ptr, clauses=[clauses[0], *changed])
    document = Document.objects.create(title="表", file=ContentFile(b"form", name="form.txt"))
    policy.attachments.add(PolicyAttachment(title="申请表", document=document))
    policy.save_revision().publish()
    for _number in range(12):
        make_policy(unit=policy.unit)
    make_policy(
        unit=policy.unit,
        title="测试便民服务暂行办法",
        validity=Validity.REPEALED,
        validity_changed_on=WRITTEN + timedelta(days=1),
        successor=policy,
    )
    body = raw_stream([clauses[0], *changed[:2]])
    return publish_policy_again(policy, body=body, document_number="测府发〔2026〕100号")


def policy_addresses(policy: PolicyPage) -> dict[str, str]:
    """What is reached by its address alone."""
    column, own = make_policy_index().url, policy.url
    redline = reverse("policy_redline", args=[policy.pk])
    return {
        "policies": column,
        "policies, second page": f"{column}?page=2",
        "policies, narrowed": f"{column}?year=2026&unit={policy.unit_id}",
        "policies of a unit": policy.get_parent().url,
        "policy": own,
        "policy, repealed": policy.replaced.get().url,
        "policy, versions": f"{own}versions/",
        "policy, first version": f"{own}versions/1/",
        "policy, redline": f"{own}versions/3/",
        "policy, from its draft": redline,
        "policy, all from its draft": f"{redline}?all=1",
    }
