"""Writes and syncs that fail: what was answered is true; a writer that does not look at the failure lies."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.proofs.p09_disk import FOR_EVER, ONCE, Fault, fail, fail_and_cut
from tests.proofs.tracing import NEEDS_STRACE, can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason=NEEDS_STRACE)

FULL = Fault("pwrite64", "ENOSPC")


def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path) -> None:
    found = fail(tmp_path, FULL, 37)
    assert found.refused > 0
    assert found.wrong == []


def test_a_failed_sync_that_can_be_undone_is_a_refusal_that_stays_one(tmp_path: Path) -> None:
    """Though the writer ends right after it, and the log held the whole commit."""
    found = fail(tmp_path, Fault("fsync", "EIO", ONCE, "brief"), 3)
    assert (found.refused > 0, found.unknown) == (True, 0)
    assert found.wrong == []


def test_a_sync_that_fails_for_ever_leaves_the_outcome_open(tmp_path: Path) -> None:
    found = fail(tmp_path, Fault("fsync", "EIO", FOR_EVER), 5)
    assert (found.refused, found.unknown > 0) == (0, True)
    assert found.wrong == []


def test_what_a_failed_sync_dropped_is_not_missed_after_a_power_cut(tmp_path: Path) -> None:
    found = fail_and_cut(tmp_path, 6, 1, 23)
    assert found.tried > 10
    assert found.wrong == []


def test_an_error_that_is_ignored_is_caught(tmp_path: Path) -> None:
    """The control."""
    found = fail(tmp_path, replace(FULL, mode="deaf"), 79)
    assert any("was answered A" in each for each in found.wrong)
