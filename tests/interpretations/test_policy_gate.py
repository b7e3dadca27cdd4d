"""What a policy lacks is named before it is public (rules S4, D11)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultation.enums import Phase
from interpretations.enums import Validity
from interpretations.models import PolicyPage
from publishing.gates import PublishBlocked
from tests.factories.consultation import make_draft, make_home, make_unit
from tests.factories.interpretations import WRITTEN, fresh, make_policy

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(days=30)


def fields_of(policy: PolicyPage) -> list[str]:
    return [blocker.field for blocker in policy.publish_blockers()]


def test_a_complete_policy_lacks_nothing() -> None:
    assert make_policy(live=False).publish_blockers() == []


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("unit", None),
        ("body", []),
        ("topic", None),
        ("index_number", "\u200b "),
        ("issuer", ""),
        ("document_number", " "),
        ("written_on", None),
    ],
)
def test_each_field_that_is_missing_is_named(field: str, empty: Any) -> None:
    policy = make_policy(live=False)
    setattr(policy, field, empty)
    policy.__dict__.pop("clauses", None)
    assert fields_of(policy) == [field]


def test_days_come_in_their_order() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert fields_of(make_policy(live=False, written_on=tomorrow)) == ["written_on"]
    early = WRITTEN - timedelta(days=1)
    for day, wanted in ((early, ["released_on"]), (tomorrow, ["released_on"]), (WRITTEN, [])):
        assert fields_of(make_policy(live=False, released_on=day)) == wanted


def test_an_index_number_stands_on_one_public_document() -> None:
    draft = make_policy(live=False, index_number="TEST-1")
    assert fields_of(draft) == []
    make_policy(live=False, index_number="TEST-1")
    assert fields_of(draft) == []
    make_policy(index_number="TEST-1")
    assert fields_of(draft) == ["index_number"]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"validity": Validity.VALID, "validity_changed_on": LATER}, ["validity"]),
        ({"validity": Validity.REPEALED}, ["validity_changed_on"]),
        ({"validity": Validity.REPEALED, "validity_changed_on": LATER}, []),
        (
            {"validity": Validity.REPEALED, "validity_changed_on": date(2020, 1, 1)},
            ["validity_changed_on"],
        ),
        ({"validity": Validity.AMENDED, "validity_changed_on": LATER}, ["successor"]),
    ],
)
def test_validity_goes_with_its_day_and_its_successor(
    fields: dict[str, Any], wanted: list[str]
) -> None:
    assert fields_of(make_policy(live=False, **fields)) == wanted


def test_a_valid_document_has_no_successor() -> None:
    assert fields_of(make_policy(live=False, successor=make_policy())) == ["validity"]


def test_a_successor_does_not_lead_back() -> None:
    unit = make_unit()
    gone: dict[str, Any] = {"validity": Validity.REPEALED, "validity_changed_on": LATER}
    first, second = make_policy(unit=unit), make_policy(unit=unit)
    PolicyPage.objects.filter(pk=second.pk).update(successor=first, **gone)
    for name, value in {**gone, "successor": fresh(second)}.items():
        setattr(first, name, value)
    assert fields_of(first) == ["successor"]


def test_another_units_unpublished_page_is_not_named() -> None:
    unit = make_unit()
    gone: dict[str, Any] = {"validity": Validity.REPEALED, "validity_changed_on": LATER}
    wanted = []
    for successor in (make_policy(live=False), make_policy(), make_policy(unit=unit, live=False)):
        policy = make_policy(unit=unit, live=False, successor=successor, **gone)
        wanted.append(fields_of(policy))
    assert wanted == [["successor"], [], []]
    hidden, public = make_draft(live=False), make_draft()
    found = [
        fields_of(make_policy(unit=unit, live=False, draft=page.page_ptr))
        for page in (hidden, public)
    ]
    assert found == [["draft"], []]


def test_links_lead_to_pages_of_the_right_kind() -> None:
    draft, other = make_draft(Phase.ANSWERED), make_draft()
    links = [
        {"draft": draft.page_ptr, "result": draft.result.page_ptr},
        {"draft": make_home().page_ptr},
        {"result": draft.page_ptr},
        {"draft": other.page_ptr, "result": draft.result.page_ptr},
    ]
    found = [fields_of(make_policy(live=False, **pages)) for pages in links]
    assert found == [[], ["draft"], ["result"], ["result"]]


def test_a_public_policy_does_not_change_past_the_gate() -> None:
    policy = make_policy()
    policy.document_number = ""
    with pytest.raises(PublishBlocked, match="缺少发文字号"):
        policy.save()
    assert fresh(policy).document_number != ""
