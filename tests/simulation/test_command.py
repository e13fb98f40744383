"""`hall simulate --scenario`, as it is typed."""

import json

import pytest

from shared.commands.simulate import main
from shared.simulation.scenarios import SCENARIOS


def test_a_scenario_that_meets_its_target_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--scenario", "erlang-a", "--visitors", "8000", "--seeds", "4"]) == 0
    out, err = capsys.readouterr()
    assert "0.19" in out
    assert "[met]" in out
    assert err.startswith("erlang-a: M/M/10+M")


def test_a_scenario_that_misses_its_target_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A dozen visitors are not yet a queue."""
    assert main(["--scenario", "mm1", "--visitors", "12", "--seeds", "2"]) == 1
    assert "[NOT MET]" in capsys.readouterr().out


def test_figures_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--scenario", "mm1", "--scenario", "md1", "--visitors", "2000", "--seeds", "2", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert [figure["name"].split(" ")[0] for figure in figures] == ["M/M/1", "M/D/1"]
    assert all({"value", "target", "met"} <= figure.keys() for figure in figures)


def test_the_same_seed_prints_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    def printed(seed: int) -> str:
        main(["--scenario", "priority", "--visitors", "500", "--seeds", "2", "--seed", str(seed)])
        return capsys.readouterr().out

    assert printed(5) == printed(5) != printed(6)


def test_an_unknown_scenario_tells_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--scenario", "nowhere"])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert all(name in told for name in (*SCENARIOS, "all"))


@pytest.mark.parametrize("option", ["--seeds", "--visitors"])
@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_a_size_that_is_none_is_refused(option: str, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--scenario", "mm1", option, number])
    assert stopped.value.code == 2
    assert option in capsys.readouterr().err
