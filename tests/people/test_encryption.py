import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from people import encryption
from people.models import Contact, Receipt

OLD, NEW = "old-key-" + "a" * 32, "new-key-" + "b" * 32


def _raw(table, column, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608 - constants
        return cursor.fetchone()[0]


def test_a_text_comes_back_and_two_tokens_of_it_differ():
    first, second = encryption.encrypt("朱𬱖 13800001234"), encryption.encrypt("朱𬱖 13800001234")
    assert encryption.decrypt(first) == "朱𬱖 13800001234"
    assert first != second


def test_an_empty_text_stays_empty():
    assert (encryption.encrypt(""), encryption.decrypt(""), encryption.rotate("")) == ("", "", "")


def test_an_older_key_still_opens_and_the_first_one_encrypts(settings):
    settings.PEOPLE_KEYS = [OLD]
    token = encryption.encrypt("甲")
    settings.PEOPLE_KEYS = [NEW, OLD]
    assert encryption.decrypt(token) == "甲"
    newer = encryption.encrypt("甲")
    settings.PEOPLE_KEYS = [NEW]
    assert encryption.decrypt(newer) == "甲"


def test_a_value_that_no_key_opens_is_an_error_in_words(settings):
    settings.PEOPLE_KEYS = [OLD]
    token = encryption.encrypt("甲")
    settings.PEOPLE_KEYS = [NEW]
    with pytest.raises(encryption.Unreadable, match="PEOPLE_KEYS"):
        encryption.decrypt(token)


def test_a_changed_token_is_refused():
    token = encryption.encrypt("甲")
    changed = token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]
    with pytest.raises(encryption.Unreadable):
        encryption.decrypt(changed)


def test_without_keys_nothing_is_kept(settings):
    settings.PEOPLE_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        encryption.encrypt("甲")


@pytest.mark.django_db
def test_the_database_holds_no_plain_text():
    contact = Contact.objects.create(name="测试人", phone="+8613800001234", email="", address="村")
    stored = [_raw("people_contact", name, contact.pk) for name in ("name", "phone", "address")]
    assert all(value.startswith("gAAAAA") for value in stored)
    assert _raw("people_contact", "email", contact.pk) == ""
    fresh = Contact.objects.get(pk=contact.pk)
    assert (fresh.name, fresh.phone, fresh.email) == ("测试人", "+8613800001234", "")


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["exact", "icontains", "in", "gt"])
def test_an_encrypted_field_cannot_be_searched(lookup):
    with pytest.raises(FieldError):
        Contact.objects.filter(**{f"name__{lookup}": "测试人"}).exists()


@pytest.mark.django_db
def test_dumpdata_does_not_write_the_plain_text(capsys):
    Contact.objects.create(name="测试人")
    with pytest.raises(Exception, match="dumpdata"):
        call_command("dumpdata", "people.Contact")
    assert "测试人" not in capsys.readouterr().out


@pytest.mark.django_db
def test_rotate_keys_reencrypts_every_field_of_every_model_once(settings, capsys):
    settings.PEOPLE_KEYS = [OLD]
    contact = Contact.objects.create(name="测试人", phone="+8613800001234")
    receipt = Receipt.objects.create(number="20261122-000001", code="ABCDEFGH")
    settings.PEOPLE_KEYS = [NEW, OLD]
    call_command("rotate_keys")
    assert "3" in capsys.readouterr().out
    before = _raw("people_contact", "name", contact.pk)
    call_command("rotate_keys")
    assert _raw("people_contact", "name", contact.pk) == before
    settings.PEOPLE_KEYS = [NEW]
    contact.refresh_from_db()
    receipt.refresh_from_db()
    assert (contact.name, contact.phone, receipt.code) == ("测试人", "+8613800001234", "ABCDEFGH")


@pytest.mark.django_db
def test_rotate_keys_goes_on_past_an_unreadable_value_and_fails_at_the_end(settings):
    settings.PEOPLE_KEYS = ["lost-key-" + "c" * 32]
    Contact.objects.create(name="丢失")
    settings.PEOPLE_KEYS = [OLD]
    kept = Contact.objects.create(name="保留")
    settings.PEOPLE_KEYS = [NEW, OLD]
    with pytest.raises(Exception, match="1"):
        call_command("rotate_keys")
    settings.PEOPLE_KEYS = [NEW]
    assert Contact.objects.get(pk=kept.pk).name == "保留"
