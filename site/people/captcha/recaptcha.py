"""reCAPTCHA v2, for operators who choose it (CAPTCHA=recaptcha), by way of recaptcha.net."""

import logging
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django_recaptcha.client import submit

from people.captcha.refusals import CaptchaUnavailable, CaptchaWrong

logger = logging.getLogger(__name__)


def check_recaptcha(response: str) -> None:
    """Asks the service whether the response is good; raises a CaptchaRefused, also on silence.

    The person's address is not sent along. The wait is RECAPTCHA_VERIFY_REQUEST_TIMEOUT seconds.
    """
    try:
        verdict: Any = submit(response, settings.RECAPTCHA_PRIVATE_KEY, "")
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError) as error:
        # Unreachable, too slow, an HTTP error, or an answer that isn't siteverify's JSON object.
        logger.warning("reCAPTCHA could not be checked: %s", type(error).__name__)
        raise CaptchaUnavailable from None
    if verdict.is_valid is not True:
        if {"invalid-input-secret", "missing-input-secret"} & set(verdict.error_codes):
            logger.error("reCAPTCHA refuses RECAPTCHA_PRIVATE_KEY")
            raise CaptchaUnavailable
        raise CaptchaWrong
