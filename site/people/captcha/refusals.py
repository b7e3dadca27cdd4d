from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class CaptchaRefused(ValidationError):
    """The captcha was not passed; its message says what to do."""


class CaptchaMissing(CaptchaRefused):
    """Neither a solution nor an answer came with the form."""

    def __init__(self) -> None:
        super().__init__(_("请完成验证后再提交。"), code="captcha_missing")


class CaptchaWrong(CaptchaRefused):
    """The solution or answer is wrong or was tampered with."""

    def __init__(self) -> None:
        super().__init__(_("验证没有通过，请重新验证后再提交。"), code="captcha_wrong")


class CaptchaExpired(CaptchaRefused):
    """The challenge is too old."""

    def __init__(self) -> None:
        super().__init__(_("验证已过期，请重新验证后再提交。"), code="captcha_expired")


class CaptchaUsed(CaptchaRefused):
    """The challenge was used before."""

    def __init__(self) -> None:
        super().__init__(_("这次验证已经用过，请重新验证后再提交。"), code="captcha_used")


class CaptchaUnavailable(CaptchaRefused):
    """The service that checks the captcha can't be reached; nothing passes meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("验证服务暂时无法连接，您填写的内容已保留，请稍后再提交。"),
            code="captcha_unavailable",
        )
