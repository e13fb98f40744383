"""S3, the short form: the same walk, and each hub in which a check is gone."""

from pathlib import Path

import pytest

from tests.proofs.careless_access import MODES
from tests.proofs.s03_stranger import is_caught, page_paths, tried_on


def test_a_stranger_reads_and_changes_nothing(tmp_path: Path) -> None:
    tried, wrong = tried_on(tmp_path)
    assert wrong == []
    assert tried > 1500


@pytest.mark.parametrize("mode", MODES)
def test_a_check_that_is_gone_is_missed(tmp_path: Path, mode: str) -> None:
    assert is_caught(tmp_path, mode)


def test_every_page_is_walked(tmp_path: Path) -> None:
    paths = {path for _, path in page_paths(tmp_path)}
    assert {"/manage", "/manage/enrol", "/book", "/b"} <= paths
    assert len(paths) > 30
