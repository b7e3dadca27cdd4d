"""Phone numbers as people write them, and the one form in which they are kept (E.164)."""

import hashlib
import hmac
import re
import unicodedata

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REGION = "CN"
# Emergency and service numbers reach an office, not a person.
_KINDS = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.VOIP,
    phonenumbers.PhoneNumberType.UAN,
}

# The mainland's mobile numbers in E.164; 14x beyond these are for machines.
_MOBILE = re.compile(r"\+86(1[3-9][0-9]{9})")


class PhoneRefused(ValidationError):
    """A text that is no phone number under which a person can be reached."""

    def __init__(self) -> None:
        super().__init__(_("请填写 11 位手机号，或带区号的固定电话。"), code="phone")


def normalise_phone(text: str) -> str:
    """The number in E.164 ("+8613800000000"), an extension as ";ext=12"; nothing stays nothing.

    Accepts a mobile number, a landline with its area code, and foreign numbers that begin with
    + or 00, in half- or full-width digits with spaces, dashes and brackets.

    Raises:
        PhoneRefused: anything else.
    """
    written = _plain(text)
    if not written:
        return ""
    if written.startswith("00"):
        written = f"+{written[2:]}"
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        raise PhoneRefused from None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _KINDS:
        raise PhoneRefused
    if any(char.isalpha() for char in written.lower().replace("ext", "").replace("x", "")):
        raise PhoneRefused
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{e164};ext={number.extension}" if number.extension else e164


def display_phone(phone: str) -> str:
    """A kept number as people in China read it: without +86, the area code and extension apart."""
    if digits := mobile_digits(phone):
        return digits
    if not phone:
        return ""
    number = phonenumbers.parse(phone.replace(";ext=", " ext. "), REGION)
    extension, number.extension = number.extension, None
    chinese = number.country_code == phonenumbers.country_code_for_region(REGION)
    style = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(number, style.NATIONAL if chinese else style.INTERNATIONAL)
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    shown = shown.replace(" ", "") if chinese and mobile else shown.replace(" ", "-")
    return f"{shown} 转 {extension}" if extension else shown


def mobile_digits(phone: str) -> str:
    """The eleven digits of a kept mobile number of the mainland; empty for every other number."""
    found = _MOBILE.fullmatch(phone)
    return found[1] if found else ""


def person_key(phone: str) -> str:
    """A keyed hash of a normalised number: the same person again, without the number itself.

    HMAC-SHA256 with ``settings.PERSON_KEY`` in hex; empty for no number. The extension counts:
    two people behind one switchboard are two people.
    """
    if not phone:
        return ""
    return hmac.new(settings.PERSON_KEY.encode(), phone.encode(), hashlib.sha256).hexdigest()


def is_person(key: str, phone: str) -> bool:
    """Whether a phone, as people write it, is that of the key; what is no phone is nobody's."""
    try:
        return person_key(normalise_phone(phone)) == key
    except PhoneRefused:
        return False


def _plain(text: str) -> str:
    """Half-width digits and marks, one kind of dash, and the Chinese word for extension in x."""
    written = unicodedata.normalize("NFKC", text).strip()
    dashes = dict.fromkeys(map(ord, "‐‑‒–—―−ー－﹣"), "-")
    written = written.translate(dashes).replace("分机", "x").replace("转", "x")
    return "".join(char for char in written if unicodedata.category(char) != "Cf")
