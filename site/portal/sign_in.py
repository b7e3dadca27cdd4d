"""Signing in: wrong passwords are counted, and after too many the next ones aren't looked at."""

import logging
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from people.addresses import address_range, client_address
from people.throttle import TooMany, check_left, check_limits
from publishing.models import User

logger = logging.getLogger(__name__)

REMEMBERED_SECONDS = 30 * 24 * 3600
"""How long a range from which an account signed in is known as its own."""


class ThrottledBackend(ModelBackend):
    """Every form that asks for a password comes through here: the admin's and the public one's.

    Limits are in ``people.throttle``. An account is refused at the address where its password was
    wrong, not elsewhere; and a range that tries many accounts is refused but for those that have
    signed in from it, so that nobody can lock an office out.
    """

    def authenticate(  # type: ignore[override] # as ModelBackend's, which its stub leaves out
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> AbstractBaseUser | None:
        """Raises ValidationError, which the form shows, where too many passwords were wrong."""
        account = username or kwargs.get(User.USERNAME_FIELD)
        if request is None or account is None or password is None:
            return super().authenticate(request, username=username, password=password, **kwargs)
        attempt = _Attempt(account, client_address(request))
        attempt.require_left()
        user = super().authenticate(request, username=account, password=password)
        attempt.note(failed=user is None)
        return user


class _Attempt:
    """One try at one account from one address."""

    def __init__(self, account: str, address: str) -> None:
        self.account = account.strip().casefold()
        self.address = address
        place = f"{self.account}|{address_range(address)}"
        self._known_key = f"signed-in-{salted_hmac(__name__, place).hexdigest()}"
        self._action = "sign_in_known" if cache.get(self._known_key) else "sign_in"
        self._person = f"{self.account}|{address}"

    def require_left(self) -> None:
        try:
            check_left(action=self._action, address=self.address, person_key=self._person)
        except TooMany as refusal:
            logger.warning("Sign-in refused, too many failures: %s", self)
            minutes = -(-refusal.retry_after // 60)
            told = _("密码输错次数太多，请在 %s 分钟后再试。忘记密码的，请联系管理员重设。")
            raise ValidationError(told % minutes, code="too_many") from refusal

    def note(self, *, failed: bool) -> None:
        """A success makes the place known, a failure counts; the last one is told by the form."""
        if not failed:
            cache.set(self._known_key, True, REMEMBERED_SECONDS)
            return
        logger.warning("Sign-in failed: %s", self)
        try:
            check_limits(action=self._action, address=self.address, person_key=self._person)
        except TooMany:
            logger.warning("Sign-in limit reached meanwhile: %s", self)

    def __str__(self) -> str:
        """For logs. What was typed as a name may be a password: only the id of a real account."""
        known = User.objects.filter(username__iexact=self.account).values_list("pk", flat=True)
        return f"user {known.first() or 'unknown'} from {address_range(self.address) or 'nowhere'}"
