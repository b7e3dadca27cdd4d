"""Mail by the production settings, to a server that asks for TLS and a login."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from notify.models import Message
from notify.services import deliver, sweep
from people.models import Contact
from portal.doctor.finding import Level
from portal.doctor.services import examine_services
from tests.portal.test_settings import COMPLETE
from tests.servers.certificates import Certificate
from tests.servers.mail import PASSWORD, USER, SecureMail

from .making import message

pytestmark = pytest.mark.django_db
NAMES = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
STARTTLS, IMPLICIT = {"SMTP_STARTTLS": "1"}, {}
Told = Callable[..., SecureMail]


@pytest.fixture
def told(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """Starts a server, and gives the settings of a production that was told of it."""
    started: list[SecureMail] = []

    def start(how: dict[str, str], *, host: str = "localhost", **changes: str) -> SecureMail:
        certificate = Certificate(tmp_path, host)
        server = SecureMail(certificate, starttls=how == STARTTLS)
        started.append(server)
        account = {"SMTP_USER": USER, "SMTP_PASSWORD": PASSWORD, "MAIL_FROM": USER}
        place = {"SMTP_HOST": "localhost", "SMTP_PORT": str(server.port)}
        trusted = {"SSL_CERT_FILE": str(certificate.authority)}
        for name, value in {**COMPLETE, **account, **place, **trusted, **how, **changes}.items():
            monkeypatch.setenv(name, value)
        production = runpy.run_module("portal.settings.production")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        for name in NAMES:
            setattr(settings, f"EMAIL_{name}", production[f"EMAIL_{name}"])
        return server

    yield start
    for server in started:
        server.stop()


def doctor() -> tuple[str, str]:
    """What is said of the mail server."""
    found = [finding for finding in examine_services() if finding.subject == "邮件服务器"]
    return found[0].level, found[0].message


def kept(row: Message) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.attempts, row.error


@pytest.mark.parametrize("how", [IMPLICIT, STARTTLS], ids=["implicit", "starttls"])
def test_mail_goes_out_by_tls_with_a_login(told: Told, contact: Contact, how: Any) -> None:
    server = told(how)
    row = message(contact, subject="意见采纳情况")
    assert deliver(message_id=row.pk) is True
    [(version, mail)] = server.mails
    assert (version, mail["Subject"], mail["To"]) == ("TLSv1.3", "意见采纳情况", contact.email)
    assert (server.logins, kept(row)) == ([True], ("sent", 1, ""))
    assert doctor() == (Level.FINE, "可以连接和登录。")


@pytest.mark.parametrize("how", [IMPLICIT, STARTTLS], ids=["implicit", "starttls"])
def test_a_wrong_password_is_told_and_the_mail_waits(
    told: Told, contact: Contact, how: Any, settings: Any
) -> None:
    server = told(how, SMTP_PASSWORD="another")
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    assert kept(row) == ("queued", 0, "邮件服务器不可用（登录被拒，535）")
    level, words = doctor()
    assert (level, "登录被拒" in words, "SMTP_PASSWORD" in words) == (Level.NOTE, True, True)
    settings.EMAIL_HOST_PASSWORD = PASSWORD
    Message.objects.update(next_try_at=timezone.now())
    assert (sweep(), len(server.mails), kept(row)[0]) == (1, 1, "sent")


@pytest.mark.parametrize("how", [IMPLICIT, STARTTLS], ids=["implicit", "starttls"])
@pytest.mark.parametrize("wrong", ["another host", "unknown authority"])
def test_a_wrong_certificate_hears_neither_login_nor_mail(
    told: Told, contact: Contact, how: Any, wrong: str, tmp_path: Path
) -> None:
    if wrong == "another host":
        server = told(how, host="mail.example")
    else:
        (tmp_path / "other").mkdir()
        stranger = Certificate(tmp_path / "other")
        server = told(how, SSL_CERT_FILE=str(stranger.authority))
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    assert kept(row) == ("queued", 0, "邮件服务器不可用（证书不可信）")
    level, words = doctor()
    assert (level, "证书不可信" in words, "SSL_CERT_FILE" in words) == (Level.NOTE, True, True)
    assert (server.logins, server.mails) == ([], [])


def test_a_password_that_no_server_takes_is_no_fault_of_the_message(
    told: Told, contact: Contact
) -> None:
    server = told(IMPLICIT, SMTP_PASSWORD="口令")
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    assert kept(row) == ("queued", 0, "邮件服务器不可用（用户名或密码中有不能使用的字符）")
    assert (doctor()[0], server.mails) == (Level.NOTE, [])


def test_plain_words_to_a_server_that_wants_tls_are_an_outage(
    told: Told, contact: Contact, settings: Any
) -> None:
    server = told(STARTTLS)
    settings.EMAIL_USE_TLS = False
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    assert (kept(row)[0], server.logins) == ("queued", [])
