"""Each block of an interpretation has a preview in the editor and a sample in the style guide."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.documents.models import Document

from interpretations.models import InterpretationPage
from publishing.models import User
from tests.factories.explaining import make_picture
from tests.interpretations.films import described_video

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BLOCKS = InterpretationPage._meta.get_field("body").stream_block.child_blocks
# What can be read of each.
SAMPLES = {
    "comic": "停车新规，看图就懂",
    "questions": "集市日停车怎么收费？",
    "story": "周师傅赶集",
    "video": "停车新规三分钟看懂",
    "infographic": "新增多少车位",
    "words": "新规从下个月一日起执行。",
    "quote": "停车不难，赶集才旺。",
    "table": "办理时限",
    "document": "申请表",
}


@pytest.fixture
def uploads() -> None:
    make_picture()
    described_video()
    Document.objects.create(title="表", file=ContentFile(b"form", name="form.txt"))


def preview(client: Client, block: Any) -> str:
    reply = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert reply.status_code == 200
    return reply.content.decode()


def test_every_block_is_sampled() -> None:
    assert set(SAMPLES) == set(BLOCKS)
    assert [name for name, block in BLOCKS.items() if not block.is_previewable] == []
    assert [name for name, block in BLOCKS.items() if not block.get_description()] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_editor_sees_what_a_block_looks_like(
    name: str, uploads: None, admin_client: Client
) -> None:
    html = preview(admin_client, BLOCKS[name])
    assert SAMPLES[name] in html
    assert "portal/css/interpretations.css" in html
    assert ("<picture>" in html) == (name == "comic")


@pytest.mark.parametrize("name", SAMPLES)
def test_before_anything_is_uploaded_it_is_shown_too(name: str, admin_client: Client) -> None:
    preview(admin_client, BLOCKS[name])


@override_settings(DEMO=True)
def test_the_style_guide_shows_them_all(uploads: None) -> None:
    html = Client().get("/styleguide/").content.decode()
    assert [name for name, words in SAMPLES.items() if words not in html] == []


def test_the_style_guide_is_for_staff(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get("/styleguide/").status_code == 200
