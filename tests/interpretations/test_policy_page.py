"""The policy's page: its fields (S4), meta tags (S1), clauses with anchors, what replaced what."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction, ReferenceIndex

from interpretations.enums import Validity
from interpretations.models import PolicyPage, PolicyVersion, PolicyVersionFile
from interpretations.policy_facts import shown_facts
from publishing.clauses.blocks import raw_stream
from tests.factories.consultation import make_clauses
from tests.factories.interpretations import (
    WRITTEN,
    make_policy,
    make_policy_index,
    publish_policy_again,
)

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(days=30)


def shown(policy: PolicyPage) -> str:
    """As it is now: what is cached is another test's matter."""
    cache.clear()
    return Client().get(policy.url).content.decode()


def test_all_fields_of_an_official_document_are_shown() -> None:
    policy = make_policy(
        index_number="TEST-9", document_number="测府发〔2026〕9号", released_on=date(2026, 3, 5)
    )
    facts = shown_facts(policy)
    assert list(facts.items()) == [
        ("索引号", "TEST-9"),
        ("主题分类", "民政、扶贫、救灾"),
        ("发文机关", "测试镇人民政府"),
        ("成文日期", "2026年3月2日"),
        ("发文字号", "测府发〔2026〕9号"),
        ("发布日期", "2026年3月5日"),
        ("有效性", "有效"),
    ]
    html = shown(policy)
    for label, words in facts.items():
        assert f"<dt>{label}</dt><dd>{words}</dd>" in html


def test_without_a_day_of_release_it_is_the_first_publication() -> None:
    policy = make_policy()
    day = policy.release_day
    assert day
    assert f"<dt>发布日期</dt><dd>{day.year}年{day.month}月{day.day}日</dd>" in shown(policy)
    assert "发布日期" not in policy.versions.get().facts


def test_meta_tags_and_breadcrumb() -> None:
    policy = make_policy(title="测试停车办法", keywords="停车")
    html = shown(policy)
    tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))
    wanted = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url"}
    assert wanted | {"SiteName", "SiteDomain", "SiteIDCode"} <= tags.keys()
    assert (tags["ArticleTitle"], tags["Keywords"]) == ("测试停车办法", "停车")
    column = make_policy_index()
    assert f'<li><a href="{column.url}">{column.title}</a></li>' in html
    tags = dict(
        re.findall(
            r'<meta name="(\w+)" content="([^"]*)">', Client().get(column.url).content.decode()
        )
    )
    assert (tags["ColumnName"], tags["ColumnType"]) == ("政策文件", "文件资料")


def test_a_clauses_anchor_outlives_a_new_version() -> None:
    clauses = make_clauses(3)
    policy = make_policy(clauses=clauses)
    anchor = f'id="c-{clauses[2].id}"'
    assert anchor in shown(policy)
    publish_policy_again(policy, body=raw_stream([clauses[0], *clauses[2:]]))
    html = shown(policy)
    assert anchor in html
    assert clauses[1].id not in html


def test_nobody_is_asked_for_an_opinion_on_a_policy() -> None:
    html = shown(make_policy())
    assert ("提意见" in html, "clause__tools" in html) == (False, False)


@pytest.mark.parametrize(
    ("validity", "to_new", "to_old"),
    [
        (Validity.REPEALED, "现在执行的文件", "本文件替代了"),
        (Validity.AMENDED, "修改它的文件", "本文件修改了"),
    ],
)
def test_what_is_no_longer_in_force_says_so_and_both_lead_to_one_another(
    validity: Validity, to_new: str, to_old: str
) -> None:
    new = make_policy(title="新办法")
    old = make_policy(title="旧办法", validity=validity, validity_changed_on=LATER, successor=new)
    html = shown(old)
    assert f'status--{validity.value}">{validity.label}' in html
    assert f'{to_new}：<a href="{new.url}">新办法</a>' in html
    assert f"{validity.label}（2026年4月1日）" in html
    assert f'{to_old}：<a href="{old.url}">旧办法</a>' in shown(new)


def test_what_is_not_public_is_not_named() -> None:
    unit_policy = make_policy(title="还没公布的新办法", live=False)
    old = make_policy(
        unit=unit_policy.unit,
        validity=Validity.REPEALED,
        validity_changed_on=LATER,
        successor=unit_policy,
    )
    assert "还没公布的新办法" not in shown(old)
    unit_policy.save_revision().publish()
    assert "还没公布的新办法" in shown(old)
    password = PageViewRestriction.PASSWORD
    PageViewRestriction.objects.create(page=old, restriction_type=password, password="x")
    assert old.title not in shown(unit_policy)


def test_a_cached_policy_turns_when_its_successor_is_published(
    django_capture_on_commit_callbacks: Any,
) -> None:
    def cached() -> str:
        return Client().get(old.url).content.decode()

    new = make_policy(title="新办法", live=False)
    old = make_policy(
        unit=new.unit, validity=Validity.REPEALED, validity_changed_on=LATER, successor=new
    )
    assert "新办法" not in cached()
    new.save_revision().publish()
    assert "新办法" not in cached()
    with django_capture_on_commit_callbacks(execute=True):
        new.save_revision().publish()
    assert "新办法" in cached()


def test_the_preview_shows_what_is_not_published() -> None:
    policy = make_policy()
    policy.title, policy.document_number = "改过的标题", "测府发〔2026〕88号"
    response = policy.make_preview_request()
    html = response.content.decode()
    assert ("改过的标题" in html, "测府发〔2026〕88号" in html) == (True, True)
    assert policy.versions.count() == 1


def test_a_new_page_can_be_previewed() -> None:
    policy = make_policy(live=False)
    assert policy.make_preview_request().status_code == 200


def test_a_policy_is_found_by_its_words_number_and_office(client: Client) -> None:
    policy = make_policy(
        title="测试停车办法", document_number="测府发〔2026〕31号", issuer="测试镇停车办公室"
    )
    for words in ("停车办法", "测府发", "停车办公室", "便民服务中心每周六"):
        html = client.get("/search/", {"q": words}).content.decode()
        assert policy.url in html, words
    assert "政策文件" in html


def test_versions_cost_no_references() -> None:
    """Frozen rows are not indexed: they refer to nothing that could change."""
    for model in (PolicyVersion, PolicyVersionFile):
        assert ReferenceIndex.model_is_indexable(model) is False


def test_the_front_page_shows_the_latest(client: Client) -> None:
    policies = [
        make_policy(title=f"第{day}份文件", written_on=WRITTEN + timedelta(days=day))
        for day in range(4)
    ]
    make_policy(
        title="废止的文件",
        written_on=LATER,
        validity=Validity.REPEALED,
        validity_changed_on=LATER,
    )
    html = client.get("/").content.decode()
    assert "废止的文件" not in html
    assert [policy.url in html for policy in policies] == [False, True, True, True]
    assert make_policy_index().url in html
    assert policies[1].url in client.get("/sitemap.xml").content.decode()
