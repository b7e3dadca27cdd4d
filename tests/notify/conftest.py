import pytest

from notify import email
from notify.sms import posting
from people.services import create_contact

from .mailserver import MailServer
from .smsserver import SmsServer


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
def smsserver(settings, monkeypatch):
    """A gateway, and no mail."""
    server = SmsServer(secret="made-up-sms-secret")
    settings.NOTIFY_EMAIL = False
    settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{server.port}/send"
    settings.SMS_ACCOUNT, settings.SMS_SECRET = "town", "made-up-sms-secret"
    settings.SMS_SIGNATURE, settings.SMS_TEMPLATES = "社溪镇", {}
    monkeypatch.setattr(posting, "STEP_SECONDS", 0.5)
    monkeypatch.setattr(posting, "TOTAL_SECONDS", 1.0)
    yield server
    server.stop()


@pytest.fixture
def contact(db):
    return create_contact(name="测试人", phone="13800001234", email="reader@example.com")
