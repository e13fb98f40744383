"""Proofs that run files of tests see what fails, and take no control for caught that never ran."""

from pathlib import Path

import pytest

from tests.proofs.p17_devices import control_caught
from tests.proofs.suites import Suite, run_suite

FILE = """
import pytest
@pytest.mark.parametrize("n", [1, 2])
def test_holds(n): assert n
def test_breaks(): assert False
@pytest.mark.skip(reason="not here")
def test_skipped(): pass
"""


def test_what_passed_and_failed_is_told_by_name(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(FILE, "ascii")
    found = run_suite(str(file))
    assert (len(found.passed), [name.split("::")[1] for name in found.failed]) == (2, ["test_breaks"])
    assert [found.proves(f"test_{name}") for name in ("holds", "breaks", "skipped", "gone")] == [
        True, False, False, False,
    ]  # fmt: skip


def test_a_control_that_failed_in_one_form_was_not_caught() -> None:
    assert not Suite(["a::test_it[1]"], ["a::test_it[2]"]).proves("test_it")


def test_files_that_are_not_there_prove_nothing() -> None:
    with pytest.raises(RuntimeError, match="pytest ended with"):
        run_suite("tests/no_such_file.py")


def test_a_parser_that_believes_every_length_is_caught() -> None:
    assert control_caught()
