"""The table of proofs calls nothing proved that is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proofs.__main__ import found, main, run, table
from tests.proofs.outcome import Outcome

HOLDS = Outcome("P1", 400, [], control_caught=True)


def breaks() -> Outcome:
    raise OSError("no room")


def test_all_proved_is_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert run({"P1": lambda: HOLDS}) == 0
    assert capsys.readouterr().out.splitlines() == [
        "promise  tried  violations  control caught",
        "P1       400    0           yes",
    ]


@pytest.mark.parametrize(
    "proof",
    [
        lambda: Outcome("P1", 400, ["number A001 was given twice"], control_caught=True),
        lambda: Outcome("P1", 400, [], control_caught=False),
        lambda: Outcome("P1", 0, [], control_caught=True),
        lambda: Outcome("P2", 400, [], control_caught=True),
        breaks,
    ],
    ids=["violated", "control missed", "nothing tried", "another promise", "broken"],
)
def test_one_that_is_not_proved_fails_the_run(proof: Callable[[], Outcome]) -> None:
    assert run({"P1": proof}) == 1
    assert run({"P1": proof, "P3": lambda: Outcome("P3", 1, [], control_caught=True)}) == 1


def test_no_proofs_at_all_prove_nothing() -> None:
    assert run({}) == 1


def test_the_others_run_after_one_that_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    run({"P0": breaks, "P1": lambda: HOLDS})
    said = capsys.readouterr().out
    assert "P1       400" in said
    assert "P0: the proof broke: OSError('no room')" in said


def test_every_violation_is_said_in_words() -> None:
    said = table([Outcome("P1", 2, ["A001 twice", "A002 lost"], control_caught=False)])
    assert said.splitlines()[1:] == ["P1       2      2           NO", "P1: A001 twice", "P1: A002 lost"]


def put(folder: Path, name: str, text: str = "def prove(): ...\n") -> None:
    (folder / f"{name}.py").write_text(text, "ascii")


def test_a_module_dropped_into_the_folder_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "dropped_proofs"
    package.mkdir()
    for name in ("s01_clear", "p10_flips", "p02_power", "test_p2_power", "outcome"):
        put(package, name)
    monkeypatch.syspath_prepend(tmp_path)
    assert list(found(package, "dropped_proofs")) == ["P2", "P10", "S1"]
    put(package, "p2_again")
    with pytest.raises(ValueError, match="a proof of P2 already"):
        found(package, "dropped_proofs")


@pytest.mark.parametrize(("name", "text"), [("p03_slip", "x = 1\n"), ("p3a_slip", "def prove(): ...\n")])
def test_a_module_that_is_no_proof_is_not_passed_over(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / f"no_proofs_{name}"
    package.mkdir()
    put(package, name, text)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises((AttributeError, ValueError), match=r"prove|pNN_name"):
        found(package, package.name)


def test_a_promise_without_a_proof_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["P99"])
    assert "no proof of P99" in capsys.readouterr().err
