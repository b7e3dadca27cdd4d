"""``doctor`` names what is missing and what follows, tries what it can, and tells no secret."""

import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from wagtail.models import Site

from interpretations.leaflet.printing import NO_LIBRARY
from interpretations.models import Video
from people.models import Contact, PrivacyNotice
from portal.doctor import Finding, Level, examine
from portal.doctor.configuration import examine_configuration
from portal.doctor.content import examine_content
from portal.doctor.services import examine_services
from portal.doctor.storage import examine_storage
from publishing.models import HolidayDay, SiteProfile, Unit, User
from tests.factories.consultation import make_home, make_unit
from tests.interpretations.films import make_video

STRONG = [f"0123456789abcdefghijklmnopqrst-{number}" for number in range(5)]


@pytest.fixture
def complete(settings: Any) -> Any:
    """Settings, site and content as a deployment should have them."""
    settings.ALLOWED_HOSTS = ["minyi.example.org"]
    settings.WAGTAILADMIN_BASE_URL = "https://minyi.example.org"
    settings.SECRET_KEY, settings.PERSON_KEY, settings.ALTCHA_HMAC_KEY, key, _ = STRONG
    settings.PEOPLE_KEYS = [key]
    settings.CELERY_BROKER_URL = "memory://"
    settings.NOTIFY_EMAIL = False
    make_home()
    Site.objects.update(hostname="minyi.example.org", port=443)
    make_unit()
    User.objects.create_superuser("admin")
    PrivacyNotice.objects.get_or_create(version=1, defaults={"body": "告知"})
    return settings


def level(findings: list[Finding], subject: str) -> Level:
    """The worst level of a subject."""
    order = [Level.MISSING, Level.NOTE, Level.FINE]
    return next(
        mark for mark in order if mark in [f.level for f in findings if f.subject == subject]
    )


@pytest.mark.django_db
def test_a_complete_deployment_lacks_nothing(complete: Any, capsys: Any) -> None:
    call_command("doctor")
    assert "必要的配置齐全" in capsys.readouterr().out
    assert [found for found in examine() if found.level is Level.MISSING] == []


@pytest.mark.django_db
def test_what_is_necessary_and_missing_makes_it_fail(complete: Any, capsys: Any) -> None:
    PrivacyNotice.objects.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert (ended.value.code, "[缺失] 隐私声明" in capsys.readouterr().out) == (1, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value", "subject", "expected"),
    [
        ("DEBUG", True, "运行方式", Level.MISSING),
        ("DEMO", True, "运行方式", Level.NOTE),
        ("ALLOWED_HOSTS", ["*"], "域名", Level.NOTE),
        ("TIME_ZONE", "UTC", "时区", Level.MISSING),
        ("SECRET_KEY", "short", "密钥", Level.MISSING),
        ("PERSON_KEY", "a" * 64, "密钥", Level.MISSING),
        ("PEOPLE_KEYS", [], "密钥", Level.MISSING),
        ("PEOPLE_KEYS", STRONG[3:5], "密钥", Level.NOTE),
        ("PEOPLE_KEYS", [STRONG[0]], "密钥", Level.MISSING),
        ("NOTIFY_EMAIL", False, "邮件", Level.NOTE),
        ("NOTIFY_EMAIL", True, "邮件", Level.FINE),
        ("SMS_GATEWAY_URL", "", "短信", Level.NOTE),
        ("SMS_GATEWAY_URL", "https://sms.example.org/send", "短信", Level.FINE),
        ("CAPTCHA", "recaptcha", "验证码", Level.NOTE),
        ("CAPTCHA", "altcha", "验证码", Level.FINE),
    ],
)
def test_settings(complete: Any, setting: str, value: Any, subject: str, expected: Level) -> None:
    setattr(complete, setting, value)
    assert level(examine_configuration(), subject) == expected


@pytest.mark.django_db
def test_a_database_that_is_down_is_told(complete: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise DatabaseError("password=secret")

    monkeypatch.setattr("portal.doctor.services.check_database", down)
    findings = examine()
    assert level(findings, "数据库") == Level.MISSING
    assert "secret" not in str(findings)


@pytest.mark.django_db
def test_a_migration_that_waits_is_told(complete: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert level(examine(), "数据库结构") == Level.MISSING


@pytest.mark.django_db
def test_a_broker_that_is_down_is_told(complete: Any) -> None:
    complete.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert level(examine_services(), "后台任务") == Level.MISSING


@pytest.mark.django_db
def test_a_mail_server_that_is_down_is_told(complete: Any) -> None:
    complete.NOTIFY_EMAIL = True
    complete.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    complete.EMAIL_HOST, complete.EMAIL_PORT = "127.0.0.1", 1
    assert level(examine_services(), "邮件服务器") == Level.NOTE


@pytest.mark.django_db
def test_what_follows_from_each_channel_is_told(complete: Any) -> None:
    def said(subject: str) -> str:
        return next(f.message for f in examine_configuration() if f.subject == subject)

    assert said("短信").startswith("未配置（SMS_GATEWAY_URL 为空）：通知记为“未发送”")
    complete.NOTIFY_EMAIL = True
    assert "没有邮箱的人的通知记为“未发送”" in said("短信")
    complete.NOTIFY_EMAIL, complete.SMS_SECRET = False, STRONG[4]
    complete.SMS_GATEWAY_URL, complete.SMS_SIGNATURE = "https://sms.example.org/send", "社溪镇"
    assert "能发短信的改发短信，其余记为“未发送”" in said("邮件")
    assert ("sms.example.org" in said("短信"), "自由文字" in said("短信")) == (True, True)
    complete.SMS_TEMPLATES = {"reminder": {"id": "T-1", "values": []}}
    assert "只发有模板的通知（reminder）" in said("短信")


@pytest.mark.django_db
def test_films_that_nobody_works_on_are_told(
    complete: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = "portal.doctor.services.shutil.which"
    monkeypatch.setattr(which, lambda name: f"/usr/bin/{name}")
    assert level(examine_services(), "视频") == Level.FINE
    make_video()
    assert level(examine_services(), "视频") == Level.FINE
    Video.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert level(examine_services(), "视频") == Level.NOTE
    monkeypatch.setattr(which, lambda name: None)
    [told] = [found.message for found in examine_services() if found.subject == "视频"]
    assert told.startswith("没有安装 ffmpeg")


@pytest.mark.django_db
def test_what_leaflets_lack_is_told(complete: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert level(examine_services(), "宣传单页") == Level.FINE
    monkeypatch.setattr("portal.doctor.services.why_impossible", lambda: NO_LIBRARY)
    [told] = [found for found in examine_services() if found.subject == "宣传单页"]
    assert (told.level, told.message) == (Level.NOTE, NO_LIBRARY)


@pytest.mark.django_db
def test_an_sms_gateway_is_knocked_at(complete: Any) -> None:
    assert "短信网关" not in [found.subject for found in examine_services()]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        complete.SMS_GATEWAY_URL = f"http://127.0.0.1:{listening.getsockname()[1]}/send"
        assert level(examine_services(), "短信网关") == Level.FINE
    assert level(examine_services(), "短信网关") == Level.NOTE


@pytest.mark.django_db
def test_private_files_inside_the_public_folder_are_told(complete: Any, tmp_path: Path) -> None:
    assert level(examine_storage(), "公众上传的材料") == Level.FINE
    complete.MEDIA_ROOT = tmp_path
    complete.STORAGES = complete.STORAGES | {
        "private": {
            "BACKEND": "people.storage.PrivateFileStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        }
    }
    assert level(examine_storage(), "公众上传的材料") == Level.MISSING


@pytest.mark.django_db
def test_a_folder_that_can_not_be_written_is_told(complete: Any, tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("a file, where a folder should be")
    complete.STORAGES = complete.STORAGES | {
        "private": {
            "BACKEND": "people.storage.PrivateFileStorage",
            "OPTIONS": {"location": str(taken)},
        }
    }
    assert level(examine_storage(), "公众上传的材料") == Level.MISSING


@pytest.mark.django_db
def test_what_the_footer_lacks_is_named(complete: Any) -> None:
    site = make_home().sites_rooted_here.get()
    SiteProfile.objects.update_or_create(site=site, defaults={"icp_number": ""})
    message = next(f.message for f in examine_content() if f.subject == f"站点 {site.hostname}")
    assert "ICP备案号" in message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "subject"), [(Unit, "单位"), (User, "管理员"), (PrivacyNotice, "隐私声明")]
)
def test_content_that_must_be_there(complete: Any, model: Any, subject: str) -> None:
    assert level(examine_content(), subject) == Level.FINE
    model.objects.all().delete()
    assert level(examine_content(), subject) == Level.MISSING


@pytest.mark.django_db
def test_a_year_without_holidays_is_told(complete: Any, time_machine: Any) -> None:
    HolidayDay.objects.filter(date__year__gt=2025).delete()
    months = ["2025-06-01 09:00+08:00", "2025-12-01 09:00+08:00", "2026-02-01 09:00+08:00"]
    levels = []
    for month in months:
        time_machine.move_to(month)
        levels.append(level(examine_content(), "节假日"))
    assert levels == [Level.FINE, Level.NOTE, Level.NOTE]


@pytest.mark.django_db
def test_no_secret_is_told(complete: Any) -> None:
    said = str(examine())
    assert [secret for secret in STRONG if secret in said] == []


@pytest.mark.django_db
def test_keys_that_do_not_open_what_is_stored_are_told(complete: Any) -> None:
    first, second = complete.PEOPLE_KEYS[0], STRONG[4]
    assert level(examine_content(), "已存数据") == Level.FINE
    Contact.objects.create(name="测试人")
    complete.PEOPLE_KEYS = [second]
    Contact.objects.create(name="后来的人")
    told = next(f for f in examine_content() if f.subject == "已存数据")
    assert (told.level, "联系方式" in told.message) == (Level.MISSING, True)
    complete.PEOPLE_KEYS = [second, first]
    assert level(examine_content(), "已存数据") == Level.FINE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hostname", "port", "base", "expected"),
    [
        ("minyi.example.org", 443, "https://minyi.example.org", []),
        ("minyi.example.org", 80, "https://minyi.example.org", ["端口须为 443"]),
        ("localhost", 443, "https://minyi.example.org", ["不在 ALLOWED_HOSTS 之中"]),
        ("www.example.org", 443, "https://minyi.example.org", ["与 BASE_URL"]),
        ("localhost", 80, "http://127.0.0.1:8000", []),
    ],
)
def test_an_address_that_would_lead_elsewhere_is_told(
    complete: Any, hostname: str, port: int, base: str, expected: list[str]
) -> None:
    complete.ALLOWED_HOSTS = ["minyi.example.org", "www.example.org"]
    complete.WAGTAILADMIN_BASE_URL = base
    Site.objects.update(hostname=hostname, port=port)
    told = [f.message for f in examine_content() if f.level is Level.MISSING]
    assert [phrase for phrase in expected if phrase in "".join(told)] == expected
    assert len(told) == len(expected)
