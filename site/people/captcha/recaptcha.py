"""reCAPTCHA v2, for operators who choose it (CAPTCHA=recaptcha), by way of recaptcha.net."""

import logging
from datetime import timedelta
from http.client import HTTPException

from django.conf import settings
from django.utils import timezone
from django_recaptcha.client import RecaptchaResponse, submit

from people.captcha.burning import burn, was_burnt_by
from people.captcha.refusals import CaptchaUnavailable, CaptchaWrong

logger = logging.getLogger(__name__)

# The service itself takes a response once and for two minutes.
LIFETIME = timedelta(minutes=10)
_OUR_FAULT = {"invalid-input-secret", "missing-input-secret"}


def check_recaptcha(response: str, *, owner: str) -> bool:
    """Asks the service whether the response is good; raises a CaptchaRefused, also on silence.

    The service refuses a response that it has seen. A retry by the same ``owner`` (see
    people.captcha.burning) passes all the same, because we remember that it was good: False.
    """
    if was_burnt_by(challenge=response, owner=owner):
        return False
    verdict = _ask(response)
    if verdict.is_valid is not True:
        if _OUR_FAULT & set(verdict.error_codes):
            logger.error("reCAPTCHA refuses RECAPTCHA_PRIVATE_KEY")
            raise CaptchaUnavailable
        # Of two retries at once, the service answers one; the other finds it burnt by now.
        if was_burnt_by(challenge=response, owner=owner):
            return False
        raise CaptchaWrong
    return burn(challenge=response, owner=owner, expires_at=timezone.now() + LIFETIME)


def _ask(response: str) -> RecaptchaResponse:
    """The service's verdict; no answer in time, or one that isn't its JSON, is no pass.

    The person's address is not sent along. The wait is RECAPTCHA_VERIFY_REQUEST_TIMEOUT seconds.
    """
    try:
        return submit(response, settings.RECAPTCHA_PRIVATE_KEY, "")
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("reCAPTCHA could not be checked: %s", type(error).__name__)
        raise CaptchaUnavailable from None
