"""What a browser's widget does: finds the number and hands it in."""

import base64
import json

import altcha

from people.captcha.proof import new_challenge


def solve(given=None, **changes):
    """The payload of a solved challenge; ``changes`` tamper with its parts."""
    challenge = given or new_challenge()
    found = altcha.solve_challenge(
        challenge["challenge"], challenge["salt"], challenge["algorithm"], challenge["maxNumber"]
    )
    parts = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return encode({**parts, "number": found.number, **changes})


def encode(parts):
    return base64.b64encode(json.dumps(parts).encode()).decode()
