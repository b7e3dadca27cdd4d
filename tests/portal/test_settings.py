"""The production settings start with nothing missing and nothing insecure, or say so in a line."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "a-made-up-secret-for-this-test-only-0123456789-abcdef",
    "PEOPLE_KEYS": "made-up-key-number-one-0123456789abcdef",
    "PERSON_KEY": "made-up-person-key-0123456789abcdef-xyz",
    "ALTCHA_HMAC_KEY": "made-up-altcha-key-0123456789abcdef-xyz",
    "ALLOWED_HOSTS": "minyi.example.org",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "MEDIA_ROOT": "/srv/portal/media",
    "PRIVATE_ROOT": "/srv/portal/private",
}
S3 = {
    "MEDIA_ROOT": "",
    "S3_BUCKET": "public",
    "S3_PRIVATE_BUCKET": "private",
    "S3_ACCESS_KEY": "made-up",
    "S3_SECRET_KEY": "made-up",
    "S3_ENDPOINT": "https://s3.example.org",
}


def started(command: list[str] | None = None, **changes: str) -> subprocess.CompletedProcess[str]:
    """A fresh process with the complete environment, but for changes."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "site:."} | COMPLETE | changes
    command = command or [sys.executable, "manage.py", "diffsettings", "--output=unified"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


RELAY = {"SMTP_HOST": "127.0.0.1", "SMTP_SSL": "0", "MAIL_FROM": "民意 <minyi@example.org>"}
SMS = {
    "SMS_GATEWAY_URL": "https://sms.example.org/send",
    "SMS_ACCOUNT": "town",
    "SMS_SECRET": "made-up",
    "SMS_SIGNATURE": "【社溪镇】",
    "SMS_TEMPLATES": '{"reminder": {"id": "T-1", "values": ["day"]}}',
}
NO_SIGNATURE, NO_TEMPLATES = "SMS_SIGNATURE 应是已报备的短信签名", "SMS_TEMPLATES 无法识别"


@pytest.mark.slow
@pytest.mark.parametrize("changes", [{}, S3 | SMS | RELAY, {"CAPTCHA": "altcha", "SMTP_HOST": ""}])
def test_a_complete_environment_starts(changes: dict[str, str]) -> None:
    done = started(**changes)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "缺少环境变量 SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY 太短"),
        ({"PEOPLE_KEYS": ""}, "缺少环境变量 PEOPLE_KEYS"),
        ({"PEOPLE_KEYS": COMPLETE["PEOPLE_KEYS"] + ",short"}, "PEOPLE_KEYS 太短"),
        ({"PERSON_KEY": ""}, "缺少环境变量 PERSON_KEY"),
        ({"ALTCHA_HMAC_KEY": ""}, "缺少环境变量 ALTCHA_HMAC_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"BASE_URL": "http://minyi.example.org"}, "BASE_URL 必须以 https:// 开头"),
        ({"URL_PREFIX": "minyi"}, "URL_PREFIX 须以 / 开头"),
        ({"URL_PREFIX": "/minyi/"}, "URL_PREFIX 须以 / 开头"),
        ({"DATABASE_URL": ""}, "缺少环境变量 DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///portal.sqlite3"}, "DATABASE_URL 必须是 PostgreSQL 地址"),
        ({"REDIS_URL": ""}, "缺少环境变量 REDIS_URL"),
        ({"MEDIA_ROOT": ""}, "MEDIA_ROOT"),
        ({"MEDIA_ROOT": "/srv/media", "S3_BUCKET": "public"}, "S3_BUCKET"),
        ({"PRIVATE_ROOT": ""}, "缺少环境变量 PRIVATE_ROOT"),
        ({"PRIVATE_ROOT": "/srv/portal/media/private"}, "PRIVATE_ROOT 不能在 MEDIA_ROOT 之内"),
        (S3 | {"S3_PRIVATE_BUCKET": ""}, "缺少环境变量 S3_PRIVATE_BUCKET"),
        (S3 | {"S3_PRIVATE_BUCKET": "public"}, "S3_PRIVATE_BUCKET 不能与 S3_BUCKET 相同"),
        (S3 | {"S3_SECRET_KEY": ""}, "缺少环境变量 S3_SECRET_KEY"),
        ({"SECRET_KEY": "ab" * 30}, "SECRET_KEY 不是随机生成的"),
        ({"SECRET_KEY": "django-insecure-" + COMPLETE["SECRET_KEY"]}, "SECRET_KEY 不是随机生成的"),
        ({"PERSON_KEY": COMPLETE["SECRET_KEY"]}, "PERSON_KEY 与 SECRET_KEY 相同"),
        ({"ALLOWED_HOSTS": "."}, "不是域名"),
        ({"ALLOWED_HOSTS": ".cn"}, "不是域名"),
        ({"ALLOWED_HOSTS": "https://minyi.example.org"}, "不带 https://"),
        ({"BASE_URL": "https://elsewhere.example.org"}, "不在 ALLOWED_HOSTS 之中"),
        ({"DATABASE_URL": "postgres://u:p@h:abc/portal"}, "DATABASE_URL 无法识别"),
        ({"DATABASE_URL": "postgres://u:p[@h/portal"}, "DATABASE_URL 无法识别"),
        ({"DATABASE_URL": "postgres://u:p@h/"}, "没有写库名"),
        ({"DATABASE_POOL": "0"}, "DATABASE_POOL 必须是 1 到"),
        ({"REDIS_URL": "http://127.0.0.1"}, "REDIS_URL 应以 redis:// 开头"),
        ({"MEDIA_ROOT": "media"}, "MEDIA_ROOT 须是绝对路径"),
        ({"MEDIA_ROOT": "/srv/portal/private/media"}, "MEDIA_ROOT 不能在 PRIVATE_ROOT 之内"),
        ({"STATIC_ROOT": "/srv", "PRIVATE_ROOT": "/srv/p"}, "之内"),
        (S3 | {"S3_ENDPOINT": "http://s3.example.org"}, "S3_ENDPOINT 必须以 https:// 开头"),
        ({"SMTP_HOST": "mail.example.org", "MAIL_FROM": "nobody"}, "MAIL_FROM 不是邮箱地址"),
        ({"SMTP_HOST": "mail.example.org", "MAIL_FROM": "a@b.cn", "SMTP_SSL": "0"}, "须加密"),
        ({"SMTP_PORT": "99999999"}, "SMTP_PORT 必须是 1 到 65535"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL 只能是"),
        ({"DEBUG": "1"}, "不能打开 DEBUG"),
        ({"DEBUG": "maybe"}, "DEBUG 只能是 1 或 0"),
        ({"CAPTCHA": "none"}, "CAPTCHA 只能是"),
        ({"CAPTCHA": "recaptcha"}, "缺少环境变量 RECAPTCHA_PUBLIC_KEY"),
        ({"SMTP_HOST": "mail.example.org"}, "缺少环境变量 MAIL_FROM"),
        ({"SMTP_SSL": "1", "SMTP_STARTTLS": "1"}, "SMTP_SSL 与 SMTP_STARTTLS"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT 必须是 1 到"),
        ({"DATABASE_POOL": "many"}, "DATABASE_POOL 必须是 1 到"),
        (SMS | {"SMS_GATEWAY_URL": ""}, "设置了 SMS_ACCOUNT 而没有 SMS_GATEWAY_URL"),
        ({"SMS_SECRET": "x"}, "设置了 SMS_SECRET 而没有 SMS_GATEWAY_URL：请填写短信网关的地址"),
        ({"SMS_TEMPLATES": "{}"}, "设置了 SMS_TEMPLATES 而没有 SMS_GATEWAY_URL"),
        (SMS | {"SMS_ACCOUNT": ""}, "缺少环境变量 SMS_ACCOUNT。短信平台提供"),
        (SMS | {"SMS_SECRET": ""}, "缺少环境变量 SMS_SECRET"),
        (SMS | {"SMS_SIGNATURE": ""}, "缺少环境变量 SMS_SIGNATURE"),
        (SMS | {"SMS_GATEWAY_URL": "http://sms.example.org"}, "必须以 https:// 开头（本机"),
        (SMS | {"SMS_GATEWAY_URL": "ftp://127.0.0.1"}, "必须以 https:// 开头（本机"),
        (SMS | {"SMS_GATEWAY_URL": "https://"}, "应类似 https://短信网关/send"),
        (SMS | {"SMS_GATEWAY_URL": "https://u:p@sms.example.org"}, "不带账号"),
        (SMS | {"SMS_GATEWAY_URL": "https://sms.example.org/?a=1"}, "不带账号"),
        (SMS | {"SMS_GATEWAY_URL": "https://sms.example.org:x/"}, "SMS_GATEWAY_URL 不是网址"),
        (SMS | {"SMS_SIGNATURE": "【】"}, NO_SIGNATURE),
        (SMS | {"SMS_SIGNATURE": "长" * 21}, NO_SIGNATURE),
        (SMS | {"SMS_SIGNATURE": "甲】【乙"}, NO_SIGNATURE),
        (SMS | {"SMS_TEMPLATES": "T-1"}, NO_TEMPLATES),
        (SMS | {"SMS_TEMPLATES": '["T-1"]'}, NO_TEMPLATES),
        (SMS | {"SMS_TEMPLATES": '{"reminder": "T-1"}'}, NO_TEMPLATES),
        (SMS | {"SMS_TEMPLATES": '{"reminder": {"id": 1, "values": []}}'}, "“reminder”的 id"),
    ],
)
def test_what_is_missing_or_insecure_is_refused(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], named: str
) -> None:
    for name, value in (COMPLETE | changes).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        runpy.run_module("portal.settings.production")
    assert named in str(refusal.value)


def test_a_command_refuses_in_one_line() -> None:
    done = started(SECRET_KEY="")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("配置有误：缺少环境变量 SECRET_KEY")


def test_a_web_server_refuses_in_one_line() -> None:
    command = [sys.executable, "-c", "import portal.wsgi"]
    done = started(command, SECRET_KEY="")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith("配置有误：缺少环境变量 SECRET_KEY")


def test_refusing_gives_no_secret_away() -> None:
    done = started(PEOPLE_KEYS=COMPLETE["PEOPLE_KEYS"] + ",short-and-secret")
    assert (done.returncode, "short-and-secret" in done.stdout + done.stderr) == (1, False)


def test_every_variable_stands_in_the_operators_guide() -> None:
    source = (ROOT / "site/portal/settings/production.py").read_text()
    source += (ROOT / "deploy/gunicorn.conf.py").read_text()
    readers = "gateway_url|templates|required|optional|flag|listed|number|_secret|environ.get"
    read = set(re.findall(rf'(?:{readers})\("([A-Z0-9_]+)"', source))
    guide = (ROOT / "docs/operating.md").read_text()
    assert sorted(name for name in read | set(SMS) if f"`{name}`" not in guide) == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://sms.example.org:8443/v1/send", "【社溪镇】"),
        ("http://127.0.0.1:9000/send", "社溪镇"),
        ("http://[::1]/", "社溪镇"),
        ("http://localhost", "社溪镇"),
    ],
)
def test_a_whole_gateway_is_taken_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, url: str, name: str
) -> None:
    for variable, value in (
        COMPLETE | SMS | {"SMS_GATEWAY_URL": url, "SMS_SIGNATURE": name}
    ).items():
        monkeypatch.setenv(variable, value)
    read = runpy.run_module("portal.settings.production")
    assert {key: read[key] for key in SMS} == SMS | {
        "SMS_GATEWAY_URL": url,
        "SMS_SIGNATURE": "社溪镇",
        "SMS_TEMPLATES": {"reminder": {"id": "T-1", "values": ["day"]}},
    }


def test_pictures_from_the_object_store_pass_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (COMPLETE | S3).items():
        monkeypatch.setenv(name, value)
    policy = runpy.run_module("portal.settings.production")["CONTENT_SECURITY_POLICY"]
    allowed = policy["DIRECTIVES"]["img-src"]
    assert {"https://s3.example.org", "https://public.s3.example.org"} <= set(allowed)
