"""Says whether a message of a webhook is genuine and recent: verify.py KEY ID TIMESTAMP SIGNATURES < BODY ends with 0 or 1.

A genuine message that somebody kept may come again later, so both matter. Nothing but the standard library of Python is needed.
"""

import base64
import hashlib
import hmac
import sys
import time


def is_genuine(key: str, message: str, timestamp: str, signatures: str, body: bytes) -> bool:
    """Whether one of the signatures was made with the key (`whsec_…`)."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signed = f"{message}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected.encode(), one.encode("utf-8", "replace")) for one in signatures.split())


def is_recent(timestamp: str) -> bool:
    """Whether the message was signed within the last five minutes; a clock may be as much ahead."""
    return timestamp.isascii() and timestamp.isdigit() and abs(time.time() - int(timestamp)) <= 300


if __name__ == "__main__":
    genuine = is_genuine(*sys.argv[1:5], sys.stdin.buffer.read())
    sys.exit(0 if genuine and is_recent(sys.argv[3]) else 1)
