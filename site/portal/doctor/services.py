import shutil
import smtplib
import ssl
from contextlib import closing
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from interpretations.leaflet.printing import why_impossible
from interpretations.models import Video
from notify.email import why_away
from notify.models import Message
from notify.refusals import Outage
from notify.sms.posting import knock
from portal.celery import app
from portal.doctor.finding import Finding, fine, missing, note
from portal.probes import (
    Unreachable,
    check_broker,
    check_cache,
    check_database,
    pending_migrations,
)

_LATE = timedelta(minutes=3)
_PATIENCE = 2.0


def examine_database() -> list[Finding]:
    """The engine and its state: two findings, or one where it can't be reached."""
    try:
        check_database()
        pending = pending_migrations()
    except (DatabaseError, Unreachable) as error:
        kind = type(error).__name__
        return [missing("数据库", f"连接不上（{kind}）。请检查 DATABASE_URL，并确认数据库已启动。")]
    if connection.vendor == "postgresql":
        version = getattr(connection, "pg_version", 0) // 10_000
        engine = fine("数据库", f"PostgreSQL {version}，可以连接。")
    else:
        engine = note("数据库", "SQLite：只适合试用。正式使用请改用 PostgreSQL。")
    if pending:
        todo = f"有 {len(pending)} 项没有执行，请运行 manage.py migrate。"
        return [engine, missing("数据库结构", todo)]
    return [engine, fine("数据库结构", "已是最新。")]


def examine_services() -> list[Finding]:
    """Cache, broker, worker, mail server and SMS gateway: tried, not only read."""
    return [_cache(), *_broker(), *_films(), _leaflets(), *_mail_server(), *_sms_gateway()]


def _cache() -> Finding:
    try:
        check_cache()
    except Unreachable:
        return note("缓存", "没有应答：页面仍可访问，但每次都要重新生成，会慢。请检查 REDIS_URL。")
    return fine("缓存", "可用。")


def _broker() -> list[Finding]:
    """The broker, and whether a worker hears what it is told."""
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        return [fine("后台任务", "在网页进程内处理。")]
    try:
        check_broker()
        heard = app.control.ping(timeout=_PATIENCE)
    except (RedisError, OperationalError, OSError):
        return [
            missing(
                "后台任务", "消息队列连接不上：通知不会发出，定时发布不会执行。请检查 REDIS_URL。"
            )
        ]
    if not heard:
        return [
            missing("后台任务", "没有运行中的 worker：通知不会发出。请启动 celery worker 和 beat。")
        ]
    return [fine("后台任务", f"{len(heard)} 个 worker 有应答。"), *_waiting()]


def _waiting() -> list[Finding]:
    """Messages that should have gone: a worker may run without a beat."""
    try:
        late = Message.objects.due().filter(next_try_at__lt=timezone.now() - _LATE).count()
    except DatabaseError:
        return []
    if late:
        return [note("通知", f"{late} 条已过发送时间仍未发出。请确认 celery beat 在运行。")]
    return [fine("通知", "没有积压。")]


def _films() -> list[Finding]:
    """What films need, and whether somebody works on them."""
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        return [
            note("视频", "没有安装 ffmpeg：上传的视频不能处理。请安装：apt-get install ffmpeg。")
        ]
    try:
        late = Video.objects.due().filter(created_at__lt=timezone.now() - _LATE).exists()
        at_work = Video.objects.filter(lease_until__gt=timezone.now()).exists()
    except DatabaseError:
        return []
    if late and not at_work:
        told = "有视频等待处理，但没有进程在做。请确认 portal-media（media 队列）和 beat 在运行。"
        return [note("视频", told)]
    return [fine("视频", "可以处理。")]


def _leaflets() -> Finding:
    """Laid out once, a single character: the library and a Chinese font are there, or are named."""
    obstacle = why_impossible()
    return note("宣传单页", obstacle) if obstacle else fine("宣传单页", "可以制作。")


def _mail_server() -> list[Finding]:
    if not settings.NOTIFY_EMAIL or settings.DEMO:
        return []
    try:
        with closing(get_connection(timeout=5)) as server:
            server.open()
    except (OSError, ValueError) as error:
        told = f"连接或登录失败（{why_away(error)}）：通知会留待重发。{_mend(error)}"
        return [note("邮件服务器", told)]
    return [fine("邮件服务器", "可以连接和登录。")]


def _sms_gateway() -> list[Finding]:
    """Connected to and no more: whether it takes our signature, only a message would tell."""
    if not settings.SMS_GATEWAY_URL:
        return []
    try:
        knock(settings.SMS_GATEWAY_URL)
    except Outage as outage:
        return [note("短信网关", f"{outage}：短信会留待重发。请检查 SMS_GATEWAY_URL 和网络。")]
    return [fine("短信网关", "可以连接；账号和密钥对不对，要发出一条才知道。")]


def _mend(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError | UnicodeError):
        return "请检查 SMTP_USER 和 SMTP_PASSWORD。"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "SMTP_HOST 须是证书上的名字；自建机构签发的证书，用 SSL_CERT_FILE 指出该机构的证书。"
    return "请检查 SMTP_ 开头的设置。"
