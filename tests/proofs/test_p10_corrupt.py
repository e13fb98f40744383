"""Flipped bits are refused, named or harmless, and what was refused comes back."""

from collections.abc import Iterator

import pytest

from tests.proofs.p10_corrupt import Sample, sample, tried, without_quick_check


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """A hall with pages of every class."""
    with sample(tmp_path_factory.mktemp("p10") / "hall", tickets=120) as made:
        yield made


def test_no_flipped_bit_passes_for_the_truth(found: Sample) -> None:
    found_out = tried(found, 3)
    assert found_out.wrong == []
    assert set(found_out.counts) >= {
        "header", "schema", "head of leaf table", "leaf table", "head of leaf index", "leaf index",
        "head of interior table", "interior table", "free", "overflow",
        "log header", "log frame head", "log frame page",
    }  # fmt: skip
    met = {verdict for counts in found_out.counts.values() for verdict in counts}
    assert met == {"refused", "named", "harmless"}


def test_a_log_that_lost_its_end_is_refused_because_the_journal_knows_more(found: Sample) -> None:
    counts = tried(found, 3, seed=2, restores=False).counts
    for kind in ("log header", "log frame head", "log frame page"):
        assert counts[kind] == {"refused": 3}, "a bit anywhere in the log ends it for SQLite, without a word"


def test_a_start_without_the_quick_check_is_caught(found: Sample) -> None:
    """The control."""
    with without_quick_check():
        wrong = tried(found, 4, restores=False).wrong
    assert any("the hub starts all the same" in each for each in wrong)
