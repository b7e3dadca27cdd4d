"""A mail server that takes mail only over TLS and from one who is logged in."""

import email
import socket
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from tests.servers.certificates import Certificate

USER, PASSWORD = "minyi@town.example", "made-up-password"


class SecureMail:
    """Listens on a free port of the loopback: with TLS from the first byte, or after STARTTLS."""

    def __init__(self, certificate: Certificate, *, starttls: bool) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.logins: list[bool] = []
        context = certificate.for_server()
        secured: dict[str, Any] = (
            {"tls_context": context, "require_starttls": True}
            if starttls
            # It only counts what STARTTLS began as TLS.
            else {"ssl_context": context, "auth_require_tls": False}
        )
        self.port = _free_port()
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self._login,
            auth_required=True,
            **secured,
        )
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def _login(self, server: Any, session: Any, envelope: Any, how: str, given: Any) -> AuthResult:
        known = isinstance(given, LoginPassword) and (given.login, given.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        self.logins.append(known)
        return AuthResult(success=known, handled=False)

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Keeps the mail beside the version of TLS that it came by."""
        content = envelope.original_content or b""
        mail = email.message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((server.transport.get_extra_info("ssl_object").version(), mail))
        return "250 taken"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
