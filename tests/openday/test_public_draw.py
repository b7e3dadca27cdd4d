"""The draw of lots before the public, and ``manage.py verify_draw``."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from openday.draw import verify
from openday.models import DrawRun, Registration, SeatGroup, Session
from openday.services.drawing import freeze_list, run_draw
from tests.factories.openday import (
    make_drawn_group,
    make_officer_of,
    make_registration,
    publish,
)
from tests.factories.speaking import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(session: Session) -> SeatGroup:
    """Four people for two seats."""
    group = make_drawn_group(session, quota=2, waiting_limit=1)
    publish(session.event)
    for _person in range(4):
        make_registration(group, name="<b>李")
    return group


def address_of(group: SeatGroup, ending: str = "/") -> str:
    return f"{group.session.event.url}draws/{group.pk}{ending}"


def frozen(group: SeatGroup) -> None:
    freeze_list(group=group, user=make_officer_of(group.session.event))


def done(group: SeatGroup) -> dict[str, Any]:
    """Frozen and drawn; the record."""
    officer = make_officer_of(group.session.event)
    with time_machine.travel(group.session.registration_closes_at + timedelta(hours=1)):
        frozen(group)
        run_draw(group=group, user=officer, digits="135246", witness="测试镇纪委 李某")
    record = DrawRun.objects.get(group=group).record
    assert record
    return record


def test_before_only_the_commitment_is_shown(client: Client, drawn: SeatGroup) -> None:
    response = client.get(address_of(drawn))
    page, data = html_of(response), client.get(address_of(drawn, "/record/")).json()
    run = DrawRun.objects.get(group=drawn)
    assert response["Cache-Control"] == "public, max-age=30"
    assert data["commitment"] == run.commitment
    assert run.commitment in page
    assert run.seed not in page + json.dumps(data)
    assert Registration.objects.values_list("receipt__number", flat=True)[0] not in page


def test_the_frozen_list_is_masked(client: Client, drawn: SeatGroup) -> None:
    with time_machine.travel(drawn.session.registration_closes_at + timedelta(hours=1)):
        frozen(drawn)
        page = html_of(client.get(address_of(drawn)))
        data = client.get(address_of(drawn, "/record/")).json()
    numbers = set(Registration.objects.values_list("receipt__number", flat=True))
    assert {entry["number"] for entry in data["list"]} == numbers
    assert [number in page for number in sorted(numbers)] == [True] * 4
    assert ["<b>李" in page, "&lt;**" in page] == [False, True]
    assert DrawRun.objects.get(group=drawn).seed not in page + json.dumps(data)


def test_after_the_draw_all_is_shown_and_checked(client: Client, drawn: SeatGroup) -> None:
    record = done(drawn)
    page = html_of(client.get(address_of(drawn)))
    assert client.get(address_of(drawn, "/record/")).json() == record
    assert all(finding.right for finding in verify(record))
    for words in ("全部相符", "135246", "测试镇纪委 李某", record["seed"], "候补第1位", "未抽中"):
        assert words in page
    assert page.count("<td>抽中</td>") == 2


def test_a_record_that_was_changed_says_so_on_the_page(client: Client, drawn: SeatGroup) -> None:
    record = done(drawn)
    changed = {**record, "selected": record["waiting"], "waiting": record["selected"]}
    DrawRun.objects.filter(group=drawn).update(record=changed)
    cache.clear()
    page = html_of(client.get(address_of(drawn)))
    assert "核对不符" in page
    assert "<strong>不符</strong>：名额按顺序分配" in page


def test_other_groups_have_no_draw(client: Client, drawn: SeatGroup, group: SeatGroup) -> None:
    assert client.get(address_of(group)).status_code == 404
    for number in ("999", "9" * 25):
        address = f"{drawn.session.event.url}draws/{number}/record/"
        assert client.get(address).status_code == 404


def test_the_command_checks_the_published_file(
    client: Client, drawn: SeatGroup, tmp_path: Path, capsys: Any
) -> None:
    done(drawn)
    file = tmp_path / "draw.json"
    file.write_bytes(client.get(address_of(drawn, "/record/")).content)
    call_command("verify_draw", str(file))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("　")[0].strip() for line in lines[1:-1]] == ["相符"] * 5
    assert lines[-1] == "全部核对无误。"


@pytest.mark.parametrize("kind", ["changed", "early", "text", "binary", "none"])
def test_the_command_fails_for_what_is_wrong(
    drawn: SeatGroup, client: Client, tmp_path: Path, capsys: Any, kind: str
) -> None:
    early = client.get(address_of(drawn, "/record/")).content
    record = done(drawn)
    contents = {
        "changed": json.dumps({**record, "digits": "999999"}).encode(),
        "early": early,
        "text": "名单".encode(),
        "binary": b"\xff\xfe\x00",
    }
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(record))
    if kind in contents:
        bad.write_bytes(contents[kind])
    with pytest.raises(CommandError) as failure:
        call_command("verify_draw", str(bad), str(good))
    assert failure.value.returncode == 1
    assert "不符　" in capsys.readouterr().out
