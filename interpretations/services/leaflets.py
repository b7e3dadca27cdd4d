"""Making a leaflet, and which of them still say what the page says."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from interpretations.leaflet.content import content_digest, leaflet_content, pictures_of
from interpretations.leaflet.printing import LeafletRefused, print_leaflet
from interpretations.models import InterpretationPage, Leaflet

NOT_PUBLIC = "解读还没有公布，或者已经撤下：先公布，再做宣传单页。"
NOT_KEPT = "服务器上放不下这份文件（磁盘已满或没有权限）。请联系管理员，处理后再试。"


def make_leaflet(*, page: InterpretationPage, user: Any) -> tuple[Leaflet, bool]:
    """The leaflet of what is public now, and whether it was made for this; one that says the same
    is there already or not at all.

    Raises:
        LeafletRefused: the page isn't public, or the sheet can't be made or kept.
    """
    if not page.live or page.get_view_restrictions():
        raise LeafletRefused(NOT_PUBLIC)
    shown = leaflet_content(page)
    digest = content_digest(shown)
    last = page.leaflets.first()
    if last and last.digest == digest:
        return last, False
    number = last.number + 1 if last else 1
    now = timezone.now()
    day = timezone.localdate(now)
    printed = print_leaflet(shown, pictures_of(page), number=number, made_on=day)
    leaflet = Leaflet(page=page, number=number, digest=digest, made_by=user, made_at=now)
    leaflet.size, leaflet.pages = len(printed.pdf), printed.pages
    return _keep(leaflet, printed.pdf)


@transaction.atomic
def _keep(leaflet: Leaflet, pdf: bytes) -> tuple[Leaflet, bool]:
    """The page's row is locked: of two that were made at once the second finds the first."""
    InterpretationPage.objects.select_for_update(of=("self",)).get(pk=leaflet.page_id)
    twin = Leaflet.objects.filter(page=leaflet.page_id, number=leaflet.number).first()
    if twin:
        return twin, False
    try:
        leaflet.file.save("leaflet.pdf", ContentFile(pdf), save=False)
    except OSError as error:
        raise LeafletRefused(NOT_KEPT) from error
    leaflet.save()
    data = {"number": leaflet.number, "pages": leaflet.pages}
    log(
        instance=leaflet.page,
        action="interpretations.leaflet_made",
        user=leaflet.made_by,
        data=data,
    )
    return leaflet, True


def current_digest(page: InterpretationPage) -> str:
    """What a leaflet must bear to say what the page says; empty where nothing is public."""
    if not page.live or page.get_view_restrictions():
        return ""
    return content_digest(leaflet_content(page))
