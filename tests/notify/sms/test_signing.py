"""The signature, reckoned by hand once, so that others can check theirs against it."""

import hashlib
import hmac

from notify.sms.signing import sign


def test_the_signed_text_is_sorted_and_percent_encoded():
    parameters = {"phone": "13800001234", "content": "【镇】a b&c=~", "nonce": "1"}
    text = b"content=%E3%80%90%E9%95%87%E3%80%91a%20b%26c%3D~&nonce=1&phone=13800001234"
    assert sign(parameters, "key") == hmac.new(b"key", text, hashlib.sha256).hexdigest()


def test_every_change_changes_it():
    given = {"a": "1", "b": "2"}
    others = [{"a": "12", "b": ""}, {"a": "1"}, {"a": "2", "b": "1"}, {"a": "1&b=2"}]
    assert len({sign(one, "key") for one in [given, *others]} | {sign(given, "other")}) == 6
