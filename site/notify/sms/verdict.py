"""What a gateway's answer means (docs/decisions/sms.md has the table)."""

import json
import logging
import re

from notify.refusals import Outage, Refused

logger = logging.getLogger(__name__)

_TAKEN = {"OK", "0", "DUPLICATE"}
_FOR_NOW = {"BUSY": "短信网关忙", "LIMIT": "这个号码的短信太密"}
_FOR_GOOD = {
    "NUMBER": "号码无效或已停用",
    "BLOCKED": "本人已退订或在黑名单中",
    "CONTENT": "内容未通过审查",
    "TEMPLATE": "模板不存在或变量不符",
}
_OURS = {
    "SIGN": "签名不符，请检查 SMS_SECRET",
    "ACCOUNT": "账号不可用，请检查 SMS_ACCOUNT",
    "CLOCK": "时间相差太多，请校准服务器时间",
    "SIGNATURE": "短信签名未报备，请检查 SMS_SIGNATURE",
    "BALANCE": "余额不足，请充值",
}
_NOT_NOW = {429, 503}
# Shown to staff; nothing that could be a person's number.
_HARMLESS = re.compile(r"[A-Za-z._-]{1,40}|[0-9]{1,6}")


def judge(status: int, body: bytes) -> None:
    """Returns if the gateway has taken the message.

    Raises:
        Outage: it takes nothing now, or what it says can't be understood.
        Refused: it doesn't take this message.
    """
    if status in _NOT_NOW:
        raise Outage(f"短信网关暂不接收（{status}）")
    if status >= 500:
        raise Outage(f"短信网关出错（{status}），不知是否发出", unsure=True)
    code = _code(body)
    if code in _OURS or status in {401, 403}:
        reason = _OURS.get(code, "请检查 SMS_ACCOUNT 和 SMS_SECRET")
        logger.error("The SMS gateway takes nothing from us: %s", reason)
        raise Outage(f"短信网关拒绝本平台：{reason}")
    if status >= 300 and not code:
        raise Outage(f"短信网关地址不对（{status}），请检查 SMS_GATEWAY_URL")
    if not code:
        raise Outage("短信网关的答复无法识别，不知是否发出", unsure=True)
    if status >= 300 or code not in _TAKEN:
        raise _refusal(code)


def _refusal(code: str) -> Refused:
    """Codes that we don't know are tried again, and counted: they may pass."""
    if code in _FOR_GOOD:
        return Refused(f"短信网关拒收：{_FOR_GOOD[code]}", for_good=True)
    shown = code if _HARMLESS.fullmatch(code) else "未知代码"
    return Refused(f"短信网关拒收：{_FOR_NOW.get(code, shown)}", for_good=False)


def _code(body: bytes) -> str:
    """The code of the answer; empty where it isn't the JSON that was agreed."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    code = answer.get("code") if isinstance(answer, dict) else None
    if isinstance(code, bool) or not isinstance(code, str | int):
        return ""
    return str(code).strip().upper()
