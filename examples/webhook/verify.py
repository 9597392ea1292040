"""Says whether a message of a webhook is genuine: verify.py KEY ID TIMESTAMP SIGNATURES < BODY ends with 0 or 1.

A receiver also refuses timestamps that are more than five minutes off, and needs nothing but the standard library of Python.
"""

import base64
import hashlib
import hmac
import sys


def is_genuine(key: str, message: str, timestamp: str, signatures: str, body: bytes) -> bool:
    """Whether one of the signatures was made with the key (`whsec_…`)."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signed = f"{message}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, one) for one in signatures.split())


if __name__ == "__main__":
    sys.exit(0 if is_genuine(*sys.argv[1:5], sys.stdin.buffer.read()) else 1)
