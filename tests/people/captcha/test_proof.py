import base64
import hashlib
import hmac
import json
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections

from people.captcha.proof import check_proof, new_challenge
from people.captcha.refusals import CaptchaExpired, CaptchaUsed, CaptchaWrong
from people.models import BurntChallenge

from .solving import encode, solve

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def test_the_challenge_speaks_the_words_of_the_widget(client, settings):
    response = client.get("/people/captcha/")
    body = response.json()
    assert sorted(body) == ["algorithm", "challenge", "maxNumber", "salt", "signature"]
    assert (body["algorithm"], body["maxNumber"]) == ("SHA-256", settings.ALTCHA_MAX_NUMBER)
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}
    assert client.post("/people/captcha/").status_code == 405


def test_each_challenge_is_another():
    assert new_challenge()["challenge"] != new_challenge()["challenge"]


def test_a_solution_passes_once():
    payload = solve()
    check_proof(payload, owner="")
    with pytest.raises(CaptchaUsed):
        check_proof(payload, owner="")
    assert BurntChallenge.objects.count() == 1


def test_a_retry_of_the_same_request_passes_and_another_request_does_not():
    payload = solve()
    check_proof(payload, owner="key-1")
    check_proof(payload, owner="key-1")
    for other in ("key-2", ""):
        with pytest.raises(CaptchaUsed):
            check_proof(payload, owner=other)


def test_a_solution_expires_and_cannot_be_replayed_after_its_burning_is_purged():
    with time_machine.travel(NOW, tick=False) as clock:
        payload, later = solve(), solve()
        check_proof(payload, owner="")
        burnt = BurntChallenge.objects.get()
        assert burnt.expires_at == NOW + timedelta(minutes=20)
        clock.shift(timedelta(minutes=20))
        burnt.delete()
        for old in (payload, later):
            with pytest.raises(CaptchaExpired):
                check_proof(old, owner="")


def test_a_challenge_of_another_key_is_refused(settings):
    payload = solve()
    settings.ALTCHA_HMAC_KEY = "another-key"
    with pytest.raises(CaptchaWrong):
        check_proof(payload, owner="")


@pytest.mark.parametrize(
    "changes",
    [
        {"number": -1},
        {"number": 10**400},
        {"number": "12"},
        {"number": True},
        {"number": 1.5},
        {"number": None},
        {"number": [1]},
        {"algorithm": "SHA-1"},
        {"algorithm": "MD5"},
        {"algorithm": None},
        {"salt": "a?b?c"},
        {"salt": "abc"},
        {"salt": ""},
        {"salt": 7},
        {"salt": "0" * 24 + "?expires=9999999999&"},
        {"challenge": "0" * 64},
        {"challenge": "short"},
        {"challenge": {}},
        {"signature": "0" * 64},
        {"signature": None},
    ],
)
def test_a_tampered_solution_is_refused_and_burns_nothing(changes):
    with pytest.raises(CaptchaWrong):
        check_proof(solve(**changes), owner="")
    assert BurntChallenge.objects.count() == 0


@pytest.mark.parametrize(
    "payload",
    [
        "x",
        "====",
        "不是",
        base64.b64encode(b"\xff\xfe").decode(),
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b"null").decode(),
        base64.b64encode(b"{}").decode(),
        base64.b64encode(b"[" * 700).decode(),
        "A" * 100_000,
    ],
)
def test_nonsense_is_refused(payload):
    with pytest.raises(CaptchaWrong):
        check_proof(payload, owner="")


def test_a_longer_life_cannot_be_signed_by_splicing(settings):
    """The digits of the expiry and of the number touch in what is hashed; the & parts them."""
    challenge = new_challenge()
    solution = json.loads(base64.b64decode(solve(challenge)))
    text = challenge["salt"] + str(solution["number"])
    for cut in range(25, len(text)):
        spliced = {**solution, "salt": text[:cut], "number": text[cut:]}
        if spliced["number"].isdigit():
            spliced["number"] = int(spliced["number"])
        if (spliced["salt"], spliced["number"]) == (solution["salt"], solution["number"]):
            continue
        with pytest.raises(CaptchaWrong):
            check_proof(encode(spliced), owner="")


def test_the_signature_is_needed():
    """Whoever can solve but doesn't know the key gets nowhere."""
    salt = f"{'a' * 24}?expires={int(time.time()) + 600}&"
    challenge = hashlib.sha256(f"{salt}5".encode()).hexdigest()
    forged = hmac.new(b"guess", challenge.encode(), hashlib.sha256).hexdigest()
    parts = {"algorithm": "SHA-256", "challenge": challenge, "salt": salt, "number": 5}
    with pytest.raises(CaptchaWrong):
        check_proof(encode({**parts, "signature": forged}), owner="")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_one_passes():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    payload, passed, start = solve(), [], threading.Barrier(10)

    def attempt():
        start.wait()
        try:
            check_proof(payload, owner="")
            passed.append(True)
        except CaptchaUsed:
            passed.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 9 + [True]
