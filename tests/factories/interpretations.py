"""Policies for tests, published by the route that editors take. Names and texts are invented."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from interpretations.models import PolicyIndexPage, PolicyPage, PolicyTopic
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText
from publishing.models import Unit
from tests.factories.consultation import make_clauses, make_home, make_unit
from tests.factories.pages import put

_numbers = count(1)
WRITTEN = date(2026, 3, 2)


def make_policy_index(unit: Unit | None = None) -> PolicyIndexPage:
    """The site's column of policies, or the unit's column below it; the same one each time."""
    home = make_home()
    site_column = PolicyIndexPage.objects.child_of(home).first() or home.add_child(
        instance=PolicyIndexPage(title="政策文件", slug="policies", show_in_menus=True)
    )
    if unit is None:
        return site_column
    own = PolicyIndexPage.objects.child_of(site_column).filter(unit=unit).first()
    return own or site_column.add_child(
        instance=PolicyIndexPage(title=unit.name, slug=f"unit-{unit.pk}", unit=unit)
    )


def make_topic(name: str = "民政、扶贫、救灾") -> PolicyTopic:
    """One of the topics that the migration ships, or another one."""
    return PolicyTopic.objects.get_or_create(name=name)[0]


def make_policy(
    *,
    unit: Unit | None = None,
    clauses: Sequence[ClauseText] | None = None,
    live: bool = True,
    **fields: Any,
) -> PolicyPage:
    """A complete policy, published by its revision; ``live=False`` leaves it unpublished."""
    unit, number = unit or make_unit(), next(_numbers)
    defaults = {
        "title": f"测试便民服务办法{number}",
        "slug": f"policy-{number}",
        "summary": "便民服务中心的开放时间和办理时限。",
        "index_number": f"TEST-2026-{number:05d}",
        "topic": make_topic(),
        "issuer": "测试镇人民政府",
        "document_number": f"测府发〔2026〕{number}号",
        "written_on": WRITTEN,
        "body": raw_stream(make_clauses() if clauses is None else clauses),
    }
    policy = PolicyPage(unit=unit, live=False, **{**defaults, **fields})
    stored: PolicyPage = put(policy, make_policy_index(unit), live=live)
    return stored


def publish_policy_again(policy: PolicyPage, **fields: Any) -> PolicyPage:
    """Publish once more with changed fields."""
    latest = fresh(policy)
    for name, value in fields.items():
        setattr(latest, name, value)
    latest.save_revision().publish()
    return fresh(policy)


def fresh(policy: PolicyPage) -> PolicyPage:
    found: PolicyPage = PolicyPage.objects.get(pk=policy.pk)
    return found
