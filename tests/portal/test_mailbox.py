"""The demo shows the mails that it would have sent, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.utils import timezone

from portal.mailbox import find_mail, read_mails

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def send(folder: Path, *subjects: str) -> None:
    """Through Django's own backend, all over one connection: one file."""
    messages = [
        EmailMultiAlternatives(
            subject, f"正文：{subject}\n第二行", "a@example.org", ["b@example.org"]
        )
        for subject in subjects
    ]
    get_connection(BACKEND, file_path=str(folder)).send_messages(messages)


def test_mails_are_read_back(tmp_path: Path) -> None:
    send(tmp_path, "您的意见已收到", "采纳情况已公布" * 20)
    mails = {mail.subject: mail for mail in read_mails(tmp_path)}
    assert set(mails) == {"您的意见已收到", "采纳情况已公布" * 20}
    mail = mails["您的意见已收到"]
    assert (mail.sender, mail.recipients) == ("a@example.org", "b@example.org")
    assert mail.text.splitlines() == ["正文：您的意见已收到", "第二行"]
    assert find_mail(tmp_path, mail.name) == mail


def test_the_time_of_a_mail_is_a_moment(tmp_path: Path, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 07:29+08:00", tick=False)
    send(tmp_path, "甲")
    (mail,) = read_mails(tmp_path)
    assert mail.sent_at == timezone.now()
    assert f"{timezone.localtime(mail.sent_at):%Y-%m-%d %H:%M}" == "2026-03-02 07:29"


def test_a_folder_that_is_not_there_is_an_empty_mailbox(tmp_path: Path) -> None:
    assert read_mails(tmp_path / "none") == []


@pytest.mark.parametrize("name", ["..", "../secret", "/etc/passwd", "", "20260101"])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    send(tmp_path, "甲")
    assert find_mail(tmp_path, name) is None


@pytest.mark.django_db
def test_outside_of_the_demo_there_is_no_mailbox(client: Client, settings: Any) -> None:
    assert settings.DEMO is False
    assert client.get("/mailbox/x/").status_code == 404
