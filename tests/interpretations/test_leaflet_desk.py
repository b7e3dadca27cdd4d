"""Leaflets in the admin: who may make and have them, and a machine that can't."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from interpretations.leaflet import printing
from interpretations.models import Leaflet
from publishing.enums import Role
from publishing.models import User
from publishing.services import equip_unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.desk_answers import AWAY, NONE, OK, answer
from tests.factories.explaining import (
    make_interpretation_index,
)
from tests.interpretations.leaflet_pages import full_page, made

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("chief", "chief@example.com", "x")


def alone(program: str, **environment: str) -> str:
    """What a process of its own prints, with that environment."""
    code = "import django; django.setup(); from interpretations.leaflet import printing\n" + program
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        env={
            **os.environ,
            "PYTHONPATH": "site:.",
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            **environment,
        },
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_a_machine_without_a_chinese_font_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        none = Path(folder, "fonts.conf")
        none.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
            f"<fontconfig><dir>/usr/share/fonts/truetype</dir><cachedir>{folder}</cachedir>"
            "<selectfont><rejectfont><glob>*CJK*</glob></rejectfont></selectfont></fontconfig>",
            encoding="utf-8",
        )
        said = alone("print(printing.why_impossible())", FONTCONFIG_FILE=str(none))
    assert said == printing.NO_FONT.format("字")


def test_a_machine_without_pango_says_so() -> None:
    """As cffi fails where the library isn't there; once it is there, all is well."""
    gone = (
        "import sys\n"
        "class Away:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint': raise OSError('cannot load library libpango')\n"
        "sys.meta_path.insert(0, Away())\n"
        "print(printing.why_impossible())\n"
        "del sys.meta_path[0]\n"
        "print(printing.why_impossible() or 'well')"
    )
    assert alone(gone).splitlines() == [printing.NO_LIBRARY, "well"]


class Desk:
    def __init__(self) -> None:
        self.page = full_page()
        self.unit: Any = self.page.unit
        equip_unit(unit=self.unit, column=make_interpretation_index(self.unit))
        there = make_office("农业办")
        equip_unit(unit=there, column=make_interpretation_index(there))
        units = (self.unit, there)
        self.clients = [signed_in(make_officer(unit, role)) for unit in units for role in Role]
        self.clients.append(Client())


def test_every_address_for_every_role(user: User) -> None:
    """Editor, reviewer, front desk of the unit; then of another unit; then nobody."""
    desk = Desk()
    leaflet = made(desk.page, user)
    table = {"list": desk.page.pk, "make": desk.page.pk, "download": leaflet.pk}
    got = {
        name: [
            answer(client, reverse(f"leaflets:{name}", args=[pk]), {} if name == "make" else None)
            for client in desk.clients
        ]
        for name, pk in table.items()
    }
    wanted = [OK, OK, NONE, NONE, NONE, NONE, AWAY]
    assert got == dict.fromkeys(table, wanted)
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    spaces = [s for s in cms.url_patterns if getattr(s, "app_name", "") == "leaflets"]
    assert {pattern.name for space in spaces for pattern in space.url_patterns} == set(table)


def test_looking_makes_nothing_and_one_click_makes_one() -> None:
    desk = Desk()
    editor = desk.clients[0]
    address = reverse("leaflets:make", args=[desk.page.pk])
    assert (editor.get(address).status_code, Leaflet.objects.count()) == (405, 0)
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[desk.page.pk])).content.decode()
    assert f'<form id="leaflet-make" method="post" action="{address}">' in edit
    assert 'form="leaflet-make"' in edit
    assert editor.post(address)["Location"] == reverse("leaflets:list", args=[desk.page.pk])
    assert Leaflet.objects.get().pages >= 1


def test_the_file_comes_as_an_attachment_that_no_cache_keeps(user: User) -> None:
    leaflet = made(full_page(), user)
    reply = signed_in(user).get(reverse("leaflets:download", args=[leaflet.pk]))
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert reply.headers["Cache-Control"].startswith("private, no-store")
    leaflet.file.delete(save=False)
    lost = signed_in(user).get(reverse("leaflets:download", args=[leaflet.pk]))
    assert lost.status_code == 404


def test_broken_uploads_are_refused_afterwards_as_before() -> None:
    """WeasyPrint tells Pillow to be content with half a picture."""
    program = (
        "from PIL import ImageFile\n"
        "print(printing.why_impossible(), ImageFile.LOAD_TRUNCATED_IMAGES)"
    )
    assert alone(program) == "False"
