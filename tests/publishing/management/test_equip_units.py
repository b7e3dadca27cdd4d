"""After an upgrade the groups that exist get what new features need."""

from typing import Any

import pytest
from django.core.management import call_command

from openday.access import CHECK_IN
from publishing.enums import Role
from publishing.models import Unit
from tests.consultation.desk import make_office, make_officer

pytestmark = pytest.mark.django_db


def test_old_groups_get_new_rights_and_keep_what_they_have(capsys: Any) -> None:
    office = make_office("党政办")
    officer = make_officer(office, Role.FRONT_DESK)
    group = office.groups.get(name__endswith=f"·{Role.FRONT_DESK.label}")
    rights = set(group.permissions.values_list("codename", flat=True))
    app_label, codename = CHECK_IN.split(".")
    group.permissions.remove(
        group.permissions.get(codename=codename, content_type__app_label=app_label)
    )
    call_command("equip_units")
    assert set(group.permissions.values_list("codename", flat=True)) == rights
    assert Unit.objects.where_may(officer, CHECK_IN).get() == office
    assert f"{Unit.objects.count()}个单位" in capsys.readouterr().out
