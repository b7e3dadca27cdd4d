from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from portal.doctor.finding import Finding, fine, missing, note

_CALLED = "记为“未发送”，进入各单位的电话告知名单"
_ENOUGH = 32
_DIFFERENT_CHARACTERS = 10


def examine_configuration() -> list[Finding]:
    """What the settings say, without asking anything else."""
    return [_mode(), _hosts(), _time(), *_secrets(), _mail(), _sms(), _captcha()]


def _mode() -> Finding:
    if settings.DEBUG:
        return missing("运行方式", "DEBUG 打开：出错时会向公众显示内部信息。请关闭。")
    if settings.DEMO:
        return note("运行方式", "演示设置：数据在一个 SQLite 文件中，账号密码公开，不能对外服务。")
    return fine("运行方式", "正式设置，DEBUG 已关闭。")


def _hosts() -> Finding:
    if "*" in settings.ALLOWED_HOSTS:
        return note("域名", "ALLOWED_HOSTS 为 *，任何域名都能访问，只适合演示。")
    return fine(
        "域名", f"{'、'.join(settings.ALLOWED_HOSTS)}；对外网址 {settings.WAGTAILADMIN_BASE_URL}"
    )


def _time() -> Finding:
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        return missing("时区", "须为 Asia/Shanghai，否则征集的开始和截止时间会错。")
    return fine("时区", f"{ZoneInfo(settings.TIME_ZONE).key}，与服务器系统时区无关。")


def _secrets() -> list[Finding]:
    """Keys by number and strength; never by content."""
    named = {
        "SECRET_KEY": settings.SECRET_KEY,
        "PERSON_KEY": settings.PERSON_KEY,
        "ALTCHA_HMAC_KEY": settings.ALTCHA_HMAC_KEY,
    }
    keys = {f"PEOPLE_KEYS 第 {place} 个": key for place, key in enumerate(settings.PEOPLE_KEYS, 1)}
    weak = [name for name, value in (named | keys).items() if not _is_strong(value)]
    values = list((named | keys).values())
    found = []
    if not settings.PEOPLE_KEYS:
        found.append(missing("密钥", "PEOPLE_KEYS 为空，不能保存联系方式。"))
    if weak:
        found.append(missing("密钥", f"{'、'.join(weak)} 太短或太简单，请换成随机生成的密钥。"))
    if len(set(values)) < len(values):
        found.append(missing("密钥", "有两个密钥相同。请各用各的：泄露一个，不应连累其他。"))
    if len(settings.PEOPLE_KEYS) > 1:
        rotating = "有旧密钥尚未撤下：运行 manage.py rotate_keys 之后即可删去第二个及以后的。"
        found.append(note("密钥", rotating))
    kept = "请确认 PEOPLE_KEYS 和 PERSON_KEY 另有备份：丢失后联系方式无法恢复。"
    return found or [fine("密钥", f"联系方式加密密钥 {len(settings.PEOPLE_KEYS)} 个。{kept}")]


def _is_strong(value: str) -> bool:
    """Long and varied enough to have been made at random."""
    return len(value) >= _ENOUGH and len(set(value)) >= _DIFFERENT_CHARACTERS


def _mail() -> Finding:
    if settings.DEMO:
        return fine("邮件", "写入文件夹，可在“邮件箱”页面查看。")
    if not settings.NOTIFY_EMAIL:
        otherwise = "能发短信的改发短信，其余" if settings.SMS_GATEWAY_URL else "通知"
        return note("邮件", f"未配置（SMTP_HOST 为空）：{otherwise}{_CALLED}。")
    return fine("邮件", f"经 {settings.EMAIL_HOST}:{settings.EMAIL_PORT} 发出。")


def _sms() -> Finding:
    if not settings.SMS_GATEWAY_URL:
        who = "没有邮箱的人的通知" if settings.NOTIFY_EMAIL else "通知"
        return note("短信", f"未配置（SMS_GATEWAY_URL 为空）：{who}{_CALLED}。")
    host, kinds = urlsplit(settings.SMS_GATEWAY_URL).hostname, "、".join(settings.SMS_TEMPLATES)
    words = f"只发有模板的通知（{kinds}）" if kinds else "发自由文字，不用模板"
    whom = "没有邮箱、留了手机号的人"
    rest = f"固定电话和没有短信内容的通知{_CALLED}"
    return fine(
        "短信", f"经 {host} 发给{whom}，签名【{settings.SMS_SIGNATURE}】，{words}；{rest}。"
    )


def _captcha() -> Finding:
    if settings.CAPTCHA == "recaptcha":
        return note("验证码", "reCAPTCHA：公众的浏览器会连接境外公司的服务，请确认合规。")
    return fine("验证码", "ALTCHA，自带，不连接外部服务。")
