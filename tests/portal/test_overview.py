import pytest
from django.test import Client

from consultation.enums import Outcome, Phase
from portal.overview import home_overview
from publishing.models import SiteProfile
from tests.factories.consultation import (
    make_draft,
    make_home,
    make_index,
    make_opinion,
    make_response,
    make_result,
)

pytestmark = pytest.mark.django_db


def test_what_closes_first_comes_first() -> None:
    later = make_draft(Phase.OPEN, closing_in=20)
    sooner = make_draft(Phase.OPEN, closing_in=2)
    make_draft(Phase.UPCOMING)
    found = home_overview(make_home(), SiteProfile())
    assert [draft.pk for draft in found["open_drafts"]] == [sooner.pk, later.pk]
    assert found["drafts_column"] == make_index()


def test_the_figures_count_drafts_opinions_answers() -> None:
    draft = make_draft(Phase.OPEN)
    make_opinion(draft)
    make_opinion(draft)
    make_draft(Phase.ANSWERED)
    assert home_overview(make_home(), SiteProfile())["figures"] == {
        "drafts": 2,
        "opinions": 2,
        "answered": 1,
    }


def test_the_front_page_says_so_when_nothing_is_open(client: Client) -> None:
    make_draft(Phase.ANSWERED)
    page = client.get(make_home().url).content.decode()
    assert "目前没有正在征求意见的草案" in page
    assert "看全部草案" in page


def test_the_front_page_counts_down_and_tells_what_came_of_it(client: Client) -> None:
    make_draft(Phase.OPEN, closing_in=4)
    make_draft(Phase.OPEN, closing_in=0)
    decided = make_draft(Phase.CLOSED)
    make_response([make_opinion(decided)], outcome=Outcome.ADOPTED)
    make_result(decided)
    page = client.get(make_home().url).content.decode()
    assert '还有<span class="countdown__number">4</span>天截止' in page
    assert "今天截止" in page
    assert "收到 1 条，采纳 1 条" in page
