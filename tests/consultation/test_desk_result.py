"""One click from the decisions to the result's page, by who may, and when."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from consultation.enums import Phase
from consultation.models import AdoptionResultPage, DecisionDraftPage
from consultation.services.results import ResultRefused, create_result
from publishing.enums import Role
from tests.consultation.desk import make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response

pytestmark = pytest.mark.django_db


def address(draft: DecisionDraftPage) -> str:
    return reverse("desk:result", args=[draft.pk])


def test_the_page_is_made_once_and_opened(desk, unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    make_opinion(draft)
    answers = [desk.post(address(draft)) for _ in range(2)]
    told = [len(list(get_messages(answer.wsgi_request))) for answer in answers]
    replies = {answer["Location"] for answer in answers}
    result = AdoptionResultPage.objects.get()
    assert replies == {reverse("wagtailadmin_pages:edit", args=[result.pk])}
    assert (result.live, result.get_parent().pk) == (False, draft.pk)
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[result.pk])).content.decode()
    preview = reverse("wagtailadmin_pages:view_draft", args=[result.pk])
    assert (f'href="{preview}"' in page, "已生成采纳情况反馈的草稿" in page) == (True, True)
    assert told == [1, 1]
    assert "共收到意见" in desk.get(preview).content.decode()


def test_looking_changes_nothing_and_shows_the_figures(desk, unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    make_response([make_opinion(draft)])
    make_opinion(draft)
    page = desk.get(address(draft))
    figures = page.context["figures"]
    assert (figures["received"], figures["adopted"], figures["open"]) == (2, 1, 1)
    assert "生成采纳情况反馈" in page.content.decode()
    assert AdoptionResultPage.objects.count() == 0


def test_before_closing_it_is_refused(desk, unit) -> None:
    draft = make_draft(Phase.OPEN, unit=unit)
    assert "生成采纳情况反馈</button>" not in desk.get(address(draft)).content.decode()
    told = desk.post(address(draft)).content.decode()
    assert ("征求意见尚未结束" in told, AdoptionResultPage.objects.count()) == (True, 0)
    with pytest.raises(ResultRefused, match="尚未结束"):
        create_result(draft=draft, user=None)


def test_who_may_not_add_pages_is_told(unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    editor = make_officer(unit, Role.EDITOR)
    editor.groups.get().page_permissions.all().delete()
    reply = signed_in(editor).post(address(draft))
    assert "没有在该草案下新建页面的权限" in reply.content.decode()
    assert AdoptionResultPage.objects.count() == 0


def test_the_drafts_page_in_the_admin_leads_to_the_desk(desk, unit) -> None:
    draft = make_draft(Phase.CLOSED, unit=unit)
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert (address(draft) in page, f"{reverse('opinion:index')}?draft={draft.pk}" in page) == (
        True,
        True,
    )
    opened = make_draft(Phase.OPEN, unit=unit)
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[opened.pk])).content.decode()
    assert address(opened) not in page
    listing = desk.get(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))
    assert address(draft) in listing.content.decode()
