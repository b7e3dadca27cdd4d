"""Every address of policies in the admin × every role × own or another unit's page."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from interpretations.models import PolicyTopic
from publishing.enums import Role
from publishing.models import Unit, User
from publishing.services import equip_unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NO, OK, answer, undone
from tests.factories.interpretations import fresh, make_policy, make_policy_index, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def equipped(name: str) -> Unit:
    unit = make_office(name)
    equip_unit(unit=unit, column=make_policy_index(unit))
    return unit


# Address, what is posted (None: GET), the answer to editor, reviewer, front desk of the unit, and
# to each of them of another unit.
PAGES: list[tuple[str, dict[str, str] | None, object, object, object, object, object, object]] = [
    ("wagtailadmin_pages:edit", None, OK, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:history", None, OK, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:unpublish", None, NO, OK, NO, NO, NO, NO),
    ("wagtailadmin_pages:delete", None, NO, OK, NO, NO, NO, NO),
    ("publishing_import", None, OK, OK, NO, NO, NO, NO),
    ("publishing_import", {"text": "第一条 试。", "confirm": "1"}, OK, OK, NO, NO, NO, NO),
]
# The scheme of topics is one for all units and kept by administrators.
TOPICS = ["index", "index_results", "add", "edit", "delete", "history", "history_results", "usage"]


def test_a_policy_is_for_its_unit() -> None:
    here, there = equipped("党政办"), equipped("农业办")
    policy = make_policy(unit=here)
    clients = [signed_in(make_officer(unit, role)) for unit in (here, there) for role in Role]
    wanted, got = {}, {}
    for name, data, *answers in PAGES:
        case = f"{name} {'GET' if data is None else 'POST'}"
        address = reverse(name, args=[policy.pk])
        wanted[case] = [*answers, AWAY]
        got[case] = [undone(client, address, data) for client in [*clients, Client()]]
    assert got == wanted


def test_only_administrators_keep_the_topics() -> None:
    unit, topic = equipped("党政办"), make_topic()
    clients = [signed_in(make_officer(unit, role)) for role in Role]
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    got = {}
    for name in TOPICS:
        one = name not in {"index", "index_results", "add"}
        address = reverse(f"policy_topic:{name}", args=[topic.pk] if one else [])
        got[name] = [answer(client, address) for client in [*clients, chief, Client()]]
    assert got == {name: [NO, NO, NO, OK, AWAY] for name in TOPICS}


def test_every_address_of_the_topics_stands_in_the_table() -> None:
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    spaces = [s for s in cms.url_patterns if getattr(s, "app_name", "") == "policy_topic"]
    assert {pattern.name for space in spaces for pattern in space.url_patterns} == set(TOPICS)


def test_a_topic_in_use_is_not_deleted() -> None:
    topic = make_policy().topic
    assert topic
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    chief.post(reverse("policy_topic:delete", args=[topic.pk]))
    assert PolicyTopic.objects.filter(pk=topic.pk).exists()


def test_the_migration_ships_the_scheme() -> None:
    names = list(PolicyTopic.objects.values_list("name", flat=True))
    assert (len(names), names[0], names[-1]) == (22, "国务院组织机构", "其他")


def test_an_editor_hands_in_and_a_reviewer_publishes() -> None:
    unit = equipped("党政办")
    policy = make_policy(unit=unit, live=False)
    editor, reviewer = make_officer(unit, Role.EDITOR), make_officer(unit, Role.REVIEWER)
    may = [policy.permissions_for_user(user).can_publish() for user in (editor, reviewer)]
    assert may == [False, True]
    workflow = policy.get_workflow()
    assert workflow
    state = workflow.start(policy, editor)
    state.current_task_state.approve(user=reviewer)
    assert fresh(policy).live
