"""Nothing personal leaves before the other side has shown who it is."""

import datetime
import socket
import ssl
import threading
import time
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notify.refusals import Outage
from notify.sms import posting
from notify.sms.posting import knock, post

DRIPS = 100


@pytest.fixture
def stranger(tmp_path):
    """A port that speaks TLS with a certificate that nobody vouches for; gives what it heard."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chain = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "both.pem").write_bytes(private + chain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_listen, args=(listening, context, heard))
        thread.start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _listen(listening, context, heard):
    while True:
        try:
            taken, _from = listening.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(taken, server_side=True) as secure:
                heard.append(secure.recv(1000))
        except OSError:
            taken.close()


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(stranger):
    port, heard = stranger
    for say in (knock, lambda url: post(url, {"phone": "13800001234"})):
        with pytest.raises(Outage) as outage:
            say(f"https://localhost:{port}/send")
        told = (str(outage.value), outage.value.unsure)
        assert told == ("短信网关连接不上（SSLCertVerificationError）", False)
    assert [words for words in heard if words] == []


def test_a_handshake_that_drips_is_cut(monkeypatch):
    """Each byte comes in time; all of them never would."""
    monkeypatch.setattr(posting, "TOTAL_SECONDS", 0.5)
    dripped = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_drip, args=(listening, dripped))
        thread.start()
        with pytest.raises(Outage) as outage:
            post(f"https://localhost:{listening.getsockname()[1]}/send", {"phone": "13800001234"})
        thread.join()
    assert (outage.value.unsure, 0 < len(dripped) < DRIPS) == (False, True)


def _drip(listening, dripped):
    taken, _from = listening.accept()
    with taken, suppress(OSError):
        taken.sendall(b"\x16\x03\x03\x40\x00")
        while len(dripped) < DRIPS:
            taken.sendall(b"\x02")
            dripped.append(1)
            time.sleep(0.1)
