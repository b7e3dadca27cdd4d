"""A local server plays siteverify over TLS; only its certificate is trusted for the while."""

import datetime
import ipaddress
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django import forms
from django.template.loader import render_to_string

from people.captcha import CaptchaForm

from .test_question import answer_to

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNAVAILABLE = {"captcha": ["验证服务暂时无法连接，您填写的内容已保留，请稍后再提交。"]}
WRONG = {"captcha": ["验证没有通过，请重新验证后再提交。"]}


class NoteForm(CaptchaForm):
    idempotency_field = "key"
    key = forms.CharField(required=False)


class SiteVerify(ThreadingHTTPServer):
    """Says yes to "good", once; anything else as it is told to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked, self.manner, self.outwaited = [], "honest", False
        self.release = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        asked = {key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()}
        self.server.asked.append((self.path, asked))
        if self.server.manner == "hang":
            self.server.outwaited = not self.server.release.wait(20)
            return
        if self.server.manner == "drop":
            return
        status, body = self._answer(asked)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, asked):
        manner = self.server.manner
        if manner != "honest":
            return {
                "500": (500, b"oops"),
                "html": (200, b"<html>"),
                "list": (200, b"[]"),
                "empty": (200, b"{}"),
                "truthy": (200, b'{"success": "yes"}'),
                "secret": (200, b'{"success": false, "error-codes": ["invalid-input-secret"]}'),
            }[manner]
        seen = [earlier for _path, earlier in self.server.asked[:-1]]
        good = asked.get("response") == "good" and asked not in seen
        codes = [] if good else ["timeout-or-duplicate"]
        return 200, json.dumps({"success": good, "error-codes": codes}).encode()

    def log_message(self, *args):
        """Quiet."""


def _certificate(folder):
    """A key and a certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "siteverify.pem"
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, pkcs8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def siteverify(tmp_path, settings, monkeypatch):
    path = _certificate(tmp_path)
    server = SiteVerify()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    settings.CAPTCHA = "recaptcha"
    settings.RECAPTCHA_DOMAIN = f"127.0.0.1:{server.server_port}"
    settings.RECAPTCHA_PRIVATE_KEY = "private"
    settings.RECAPTCHA_PUBLIC_KEY = "public"
    settings.RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 1
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def submitted(response, key=""):
    form = NoteForm({"g-recaptcha-response": response, "key": key})
    form.is_valid()
    return {field: list(messages) for field, messages in form.errors.items()}


def test_a_good_response_passes_and_the_service_learns_no_address(siteverify):
    assert submitted("good") == {}
    asked = {"secret": "private", "response": "good"}
    assert siteverify.asked == [("/recaptcha/api/siteverify", asked)]


def test_a_bad_response_is_refused(siteverify):
    assert submitted("bad") == WRONG


def test_a_response_passes_once_but_a_retry_of_the_same_request_again(siteverify):
    assert submitted("good", key="a") == {}
    assert submitted("good", key="a") == {}
    assert submitted("good", key="b") == WRONG
    assert submitted("good") == WRONG


@pytest.mark.parametrize("manner", ["500", "html", "list", "empty", "drop", "secret"])
def test_a_service_that_answers_nonsense_lets_nobody_pass(siteverify, manner):
    siteverify.manner = manner
    assert submitted("good") == UNAVAILABLE


def test_only_a_true_success_passes(siteverify):
    siteverify.manner = "truthy"
    assert submitted("good") == WRONG


def test_a_service_that_hangs_lets_nobody_pass_and_is_given_up(siteverify):
    siteverify.manner = "hang"
    assert submitted("good") == UNAVAILABLE
    assert (len(siteverify.asked), siteverify.outwaited) == (1, False)


def test_a_service_that_is_away_lets_nobody_pass(siteverify, settings):
    settings.RECAPTCHA_DOMAIN = "127.0.0.1:9"
    assert submitted("good") == UNAVAILABLE


def test_a_service_with_another_certificate_is_not_believed(siteverify, monkeypatch, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(_certificate(other)))
    assert submitted("good") == UNAVAILABLE
    assert siteverify.asked == []


def test_without_javascript_the_question_takes_its_place(siteverify):
    asked = NoteForm().captcha_question
    form = NoteForm({"captcha_token": asked.token, "captcha_answer": answer_to(asked.text)})
    assert (form.is_valid(), form.passed_without_script) == (True, True)
    assert siteverify.asked == []


def test_a_proof_of_work_field_does_not_count(siteverify):
    form = NoteForm({"captcha": "good"})
    assert (form.is_valid(), siteverify.asked) == (False, [])


def test_the_page_holds_its_widget_from_recaptcha_net(settings):
    settings.CAPTCHA = "recaptcha"
    settings.RECAPTCHA_PUBLIC_KEY = "public"
    html = render_to_string("people/captcha.html", {"form": CaptchaForm()})
    assert 'data-script="https://www.recaptcha.net/recaptcha/api.js?hl=zh-CN"' in html
    assert 'class="g-recaptcha" data-sitekey="public"' in html
    assert "altcha-widget" not in html
