"""What the event's editor refuses beside the field, also where only a draft is saved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from openday.models import EventPage, SeatGroup
from publishing.gates import PublishBlocked
from publishing.models import Unit, User
from tests.factories.consultation import make_unit
from tests.factories.openday import make_registration, publish

pytestmark = pytest.mark.django_db
PARTS = ("programme", "subjects", "materials", "conditions")


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    return client


@pytest.fixture
def other(db: None) -> Unit:
    return make_unit("另一单位")


def typed(event: EventPage, **changes: Any) -> dict[str, Any]:
    """The editor's form as it stands, with changes."""
    plain = ("title", "slug", "kind", "theme", "summary", "place", "matters", "collected")
    [contact] = event.contacts.all()
    contacts = [{"id": contact.pk, "office": contact.office, "phone": contact.phone, "email": ""}]
    return nested_form_data(
        {
            **{name: getattr(event, name) for name in plain},
            "unit": event.unit_id,
            "contacts": inline_formset(contacts, initial=1),
            "comments": inline_formset([]),
            **{name: inline_formset([]) for name in PARTS},
            **changes,
        }
    )


def save(client: Client, event: EventPage, **changes: Any) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[event.pk])
    return client.post(address, typed(event, **changes), follow=True).content.decode()


def test_who_registered_does_not_go_over_to_another_unit(
    group: SeatGroup, chief: Client, other: Unit
) -> None:
    event, own = group.session.event, group.session.event.unit
    make_registration(group)
    assert "不能换主办单位" in save(chief, event, unit=other.pk)
    event.unit = other
    with pytest.raises(PublishBlocked, match="不能换主办单位"):
        publish(event)
    assert EventPage.objects.get().unit == own


def test_before_that_the_unit_is_free(group: SeatGroup, chief: Client, other: Unit) -> None:
    assert "不能换主办单位" not in save(chief, group.session.event, unit=other.pk)
    assert EventPage.objects.get().unit == other
