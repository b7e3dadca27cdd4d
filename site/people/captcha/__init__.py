"""One captcha for any form: proof of work, reCAPTCHA, or a question in words."""

from people.captcha.form import CaptchaForm
from people.captcha.refusals import CaptchaRefused

__all__ = ["CaptchaForm", "CaptchaRefused"]
