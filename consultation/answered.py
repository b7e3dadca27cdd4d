from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from consultation.models import AdoptionResultPage


def without_result(drafts: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the drafts whose adoption result is not public, in one query for all of them."""
    results = AdoptionResultPage.objects.filter(
        live=True, path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1
    )
    return drafts.annotate(is_answered=Exists(results)).filter(is_answered=False)
