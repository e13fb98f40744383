"""HID reports: a stream in, the same stream out, whatever the chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.hid import FRAMINGS, ReportReader, to_reports


@given(st.binary(max_size=400), st.integers(1, 130))
def test_a_counted_stream_survives_its_reports(data: bytes, size: int) -> None:
    framing = FRAMINGS["hid"]
    reports = to_reports(data, framing)
    assert all(len(report) == 65 and report[0] == 0 for report in reports)
    wire = b"".join(report[1:] for report in reports)
    reader = ReportReader(framing)
    assert b"".join(reader.feed(wire[at : at + size]) for at in range(0, len(wire), size)) == data


@given(st.binary(max_size=400))
def test_a_plain_stream_is_filled_up_with_zeros(data: bytes) -> None:
    framing = FRAMINGS["hid+plain"]
    wire = b"".join(report[1:] for report in to_reports(data, framing))
    assert ReportReader(framing).feed(wire) == data.ljust(-(-len(data) // 64) * 64, b"\0")


@given(st.binary(max_size=1000), st.sampled_from(sorted(FRAMINGS)))
def test_any_reports_leave_the_reader_able_to_read_the_next(junk: bytes, name: str) -> None:
    reader = ReportReader(FRAMINGS[name])
    reader.feed(junk)
    reader.clear()
    assert reader.feed(to_reports(b"hello", FRAMINGS[name])[0][1:]).startswith(b"hello")


@pytest.mark.parametrize("count", [64, 65, 255])
def test_a_count_that_cannot_be_is_dropped(count: int) -> None:
    reader = ReportReader(FRAMINGS["hid"])
    assert reader.feed(bytes([count]) + bytes(63)) == b""
    assert reader.dropped == 1
