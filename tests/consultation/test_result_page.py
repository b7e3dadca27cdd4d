"""What the published result shows (rules D7, D8, D11, and rule 5: zero opinions too)."""

import re
from typing import Any

import pytest
from django.test import Client

from consultation.enums import Outcome, Phase
from tests.factories.consultation import make_draft, make_opinion, make_response, make_result
from tests.factories.interpretations import make_policy

pytestmark = pytest.mark.django_db


def shown(client: Client, url: str) -> str:
    """The page's text as a reader has it: no tags, no runs of space."""
    main = client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_figures_and_table_are_those_of_the_rows(client: Client) -> None:
    draft = make_draft(Phase.CLOSED)
    alike = [make_opinion(draft, "建议周日也开放。", name="赵明") for _ in range(2)]
    make_response(alike, outcome=Outcome.ADOPTED, reason="已写入第一条。")
    refused = make_opinion(draft, "建议全天开放。", name="")
    make_response([refused], outcome=Outcome.NOT_ADOPTED, reason="夜间没有人值班。")
    page = shown(client, make_result(draft).url)
    assert "共收到意见 3 条：采纳 2 条，部分采纳 0 条，未采纳 1 条" in page
    assert "采纳 2 66.7%" in page
    assert "1 赵** 、 赵** 建议周日也开放。 针对：第1条 归纳了 2 条意见，看原文" in page
    assert "2 匿名 建议全天开放。 针对：第1条 未采纳 夜间没有人值班。" in page
    assert "赵明" not in page


def test_zero_opinions_are_said_in_a_sentence(client: Client) -> None:
    result = make_draft(Phase.ANSWERED).result
    page = shown(client, result.url)
    assert "公开征求意见期间，共收到意见 0 条。" in page
    assert "张贴公告" in page
    assert "汇总表" not in page


def test_the_result_leads_to_the_draft_and_its_versions(client: Client) -> None:
    draft = make_draft(Phase.ANSWERED)
    page = client.get(draft.result.url).content.decode()
    assert f'href="{draft.url}"' in page
    assert f'href="{draft.url}versions/"' in page


def test_the_final_document_is_linked_once_it_is_public(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft(Phase.ANSWERED)
    final = make_policy(title="正式印发的办法")
    result = draft.result
    result.final_page = final
    result.save_revision().publish()
    assert f'href="{final.url}"' in client.get(result.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        final.unpublish()
    assert "正式印发的办法" not in client.get(result.url).content.decode()
