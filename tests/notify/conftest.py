import pytest

from notify import email
from people.services import create_contact

from .mailserver import MailServer


@pytest.fixture
def mailserver(settings, monkeypatch):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.DEFAULT_FROM_EMAIL = "测试乡政民互动平台 <noreply@town.example>"
    settings.NOTIFY_EMAIL = True
    monkeypatch.setattr(email, "SOCKET_SECONDS", 0.5)
    yield server
    server.stop()


@pytest.fixture
def contact(db):
    return create_contact(name="测试人", phone="13800001234", email="reader@example.com")
