"""The e-mail channel: what a mail looks like, and what a mail server's answers mean."""

import re
import smtplib
import ssl
from email.mime.text import MIMEText
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notify.models import Message
from notify.refusals import Outage, Refused

SOCKET_SECONDS = 10
"""For each step of a conversation with the mail server; there are some ten of them."""
_METHOD = re.compile(r"^METHOD:(REQUEST|CANCEL|PUBLISH)\r?$", re.MULTILINE)


class Mailer:
    """One connection to the mail server, opened when first needed and given up when it fails."""

    def __init__(self) -> None:
        self._backend: Any = None

    def send(self, message: Message) -> None:
        """Sends the message, which has an address; raises Outage or Refused."""
        self._connect()
        try:
            self._backend.send_messages([build_email(message)])
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _text in error.recipients.values()), default=0)
            raise self._refusal(code) from None
        except smtplib.SMTPDataError as error:
            raise self._refusal(error.smtp_code) from None
        except (ValueError, UnicodeError):
            # An address or header that can't stand in a mail.
            raise Refused("邮箱地址无法投递", for_good=True) from None
        except OSError as error:
            # Also every other SMTPException.
            raise self._outage(error) from None

    def _connect(self) -> None:
        """Nothing that goes wrong here is the message's fault, whatever kind of error it is: what a
        wrong certificate raises is a ValueError, too."""
        try:
            if self._backend is None:
                self._backend = get_connection(timeout=SOCKET_SECONDS)
            self._backend.open()
        except (OSError, ValueError) as error:
            raise self._outage(error) from None

    def _outage(self, error: Exception) -> Outage:
        self._drop()
        return Outage(f"邮件服务器不可用（{why_away(error)}）")

    def close(self) -> None:
        """Says goodbye to the server, if it still listens."""
        if self._backend is None:
            return
        try:
            self._backend.close()
        except OSError:
            self._drop()

    def _refusal(self, code: int) -> Exception:
        """What an answer to a recipient or a text means (RFC 5321, 4.2); 421 closes the service."""
        if code == 421:
            self._drop()
            return Outage("邮件服务器不可用（421）")
        reason = f"邮件服务器拒收（{code}）" if code else "邮箱地址无法投递"
        return Refused(reason, for_good=code >= 500)

    def _drop(self) -> None:
        """Forgets the connection without a word: a server that hangs would keep us waiting."""
        connection = getattr(self._backend, "connection", None)
        if connection is not None:
            connection.close()
        self._backend = None


def why_away(error: Exception) -> str:
    """Why no mail can be handed over, as far as staff can mend it; without the server's words."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"登录被拒，{error.smtp_code}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "证书不可信"
    if isinstance(error, UnicodeError):
        return "用户名或密码中有不能使用的字符"
    return type(error).__name__


def build_email(message: Message) -> EmailMessage:
    """The mail of a message. Its Message-ID follows from the dedupe key, whoever sends it again."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.reference}@{host}>",
        # RFC 3834: no out-of-office answers, please.
        "Auto-Submitted": "auto-generated",
    }
    address = message.contact.email if message.contact else ""
    mail = EmailMessage(message.subject, message.text, to=[address], headers=headers)
    if message.calendar:
        mail.attach(_calendar_part(message.calendar))
    return mail


def calendar_method(calendar: str) -> str:
    """The METHOD that stands in an iCalendar text (RFC 5546): REQUEST, CANCEL or PUBLISH.

    Raises:
        ValueError: it is no such text; who wrote it has made a mistake.
    """
    found = _METHOD.findall(calendar)
    if not calendar.startswith("BEGIN:VCALENDAR") or len(found) != 1:
        raise ValueError("A calendar begins with BEGIN:VCALENDAR and holds one METHOD.")
    return str(found[0])


def _calendar_part(calendar: str) -> MIMEText:
    """The calendar as mail programs look for it: the same METHOD in the type (RFC 6047, 2.4)."""
    lines = "\r\n".join(calendar.splitlines()) + "\r\n"
    part = MIMEText(lines, "calendar", "utf-8")
    part.set_param("method", calendar_method(calendar))
    part.add_header("Content-Disposition", "attachment", filename="event.ics")
    return part
