import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from people.enums import ContactKind
from people.models import Contact
from people.phones import PhoneRefused, person_key
from people.services import RevealRefused, create_contact, reveal_contact

pytestmark = pytest.mark.django_db


def test_contact_details_are_kept_in_one_form():
    contact = create_contact(
        kind="individual",
        name=" 测试人 ",
        phone="138 0000 1234",
        email=" a@example.com ",
        address="",
    )
    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.name, kept.phone, kept.email) == ("测试人", "+8613800001234", "a@example.com")
    assert kept.person_key == person_key("+8613800001234")
    assert (kept.masked_name, kept.masked_phone) == ("测**", "138****1234")
    assert kept.masked_email == "a***@example.com"


def test_nothing_need_be_given():
    contact = create_contact(kind=ContactKind.ORGANISATION)
    assert (contact.masked_name, contact.masked_phone, contact.person_key) == ("匿名", "", "")
    assert contact.can_be_reached is False


@pytest.mark.parametrize(
    ("details", "reachable"),
    [({"phone": "13800001234"}, True), ({"email": "a@example.com"}, True), ({"name": "某"}, False)],
)
def test_who_can_be_reached(details, reachable):
    assert create_contact(**details).can_be_reached is reachable


def test_a_wrong_phone_keeps_nothing():
    with pytest.raises(PhoneRefused):
        create_contact(phone="123")
    assert Contact.objects.count() == 0


def test_a_purged_contact_cannot_keep_a_person_key():
    with pytest.raises(IntegrityError):
        Contact.objects.create(person_key="a" * 64, purged_at=timezone.now())


def test_the_name_for_logs_bears_no_personal_data():
    contact = create_contact(name="测试人", phone="13800001234")
    assert str(contact) == f"联系方式 {contact.pk}"


def test_a_right_that_is_held_elsewhere_reveals_nothing(django_user_model):
    user = django_user_model.objects.create_user("clerk")
    user.user_permissions.add(Permission.objects.get(codename="reveal_contact"))
    contact = create_contact(name="测试人", phone="13800001234")
    with pytest.raises(RevealRefused):
        reveal_contact(contact=contact, user=user, about="意见 12", allowed=False)
    assert ModelLogEntry.objects.count() == 0


def test_a_reveal_needs_the_permission_and_is_logged(django_user_model):
    contact = create_contact(name="测试人", phone="13800001234")
    user = django_user_model.objects.create_user("clerk")
    with pytest.raises(RevealRefused, match="权限"):
        reveal_contact(contact=contact, user=user, about="意见 12", allowed=False)
    assert ModelLogEntry.objects.count() == 0
    shown = reveal_contact(contact=contact, user=user, about="意见 12", allowed=True)
    assert shown.name == "测试人"
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("people.reveal", user, str(contact.pk))
    assert (entry.data, entry.label) == ({"about": "意见 12"}, f"联系方式 {contact.pk}")
