"""Request ids after RFC 9562, section 5.7."""

import time
import uuid

from shared.protocol.request_id import new_request_id


def test_version_variant_and_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_request_id())
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= after


def test_no_two_are_alike() -> None:
    assert len({new_request_id() for _ in range(10_000)}) == 10_000
