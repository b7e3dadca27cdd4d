"""The SMS channel: a gateway that takes short messages, and what its answers mean.

``gateway`` is all that a gateway of another make has to offer; ``http_gateway`` is the one that
is there. The protocol is written down in docs/decisions/sms.md.
"""
