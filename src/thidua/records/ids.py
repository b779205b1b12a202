"""Row ids that sort by the time they were made (UUID version 7, RFC 9562 § 5.7)."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Return a new id: 48 bits of Unix milliseconds, then version, variant and 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
