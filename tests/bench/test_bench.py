"""The bench's own pieces: its figures are right, its old tickets are real, and its small parts run."""

import re
from pathlib import Path

import pytest

from shared.bench import codes, flatness, ordering, rota, sizes, wire
from shared.figures.table import Figure, as_json, as_text, middle, not_measured, quantile
from shared.store.audit import audit
from shared.testing import rehearsal


def test_quantiles_are_nearest_ranks() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (quantile(values, 0.99), middle(values)) == (100.0, 50.5)


def test_the_table_says_what_was_not_met_and_what_was_not_measured() -> None:
    figures = [Figure("a", "1", "2", "at least 3", met=False), not_measured("b", "no disk", "at most 1")]
    assert "[NOT MET]" in as_text(figures)
    assert "not measured: no disk" in as_text(figures)
    assert '"met": false' in as_json(figures)


def test_codes_in_bad_pictures_are_measured_in_a_process_of_the_hardware() -> None:
    [figure] = codes.measure()
    assert re.fullmatch(r"(49|5\d) of 54 read, 0 wrongly; \d+\.\d ms each", figure.value)


def test_a_board_with_three_hundred_waiting_is_small(tmp_path: Path) -> None:
    (figure,) = sizes.measure(tmp_path)
    assert figure.met, figure.value


def test_old_tickets_are_rows_the_schema_accepts(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        flatness.fill(hall, 5_000)
        assert hall.connection.execute("SELECT count(*), count(DISTINCT day) FROM tickets").fetchone() == (
            5_000,
            750,
        )
        assert hall.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        wrong = audit(hall.connection, hall.keys).wrong
        assert all("tickets were taken" in line for line in wrong), "only their facts are left out"


@pytest.mark.parametrize("kind", [0, 1])
def test_costs_are_measured_in_both_files(tmp_path: Path, kind: int) -> None:
    figure = flatness.measure(tmp_path, 1, 2_000)[kind]
    assert figure.met is not None
    assert "us" in figure.value


def test_the_choice_among_two_thousand_is_measured_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "WAITING", 60)
    monkeypatch.setattr(ordering, "_TARGET_MS", 0.0)
    figures = ordering.measure(tmp_path, quick=True)
    assert [figure.name.rpartition(", ")[2] for figure in figures] == ["in memory", "through the store"]
    assert [figure.met for figure in figures] == [False, False], "a target that cannot be met is not"


def test_a_rota_is_measured_and_checked() -> None:
    plan = rota.hall_of(40)
    assert len(plan.clerks) == 40
    assert rota.bare_assignment(plan) > 0


def test_the_cost_of_tls_is_measured_beside_plain_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SUBSCRIBERS", 5)
    figures = wire.measure(tmp_path, 3)
    assert len(figures) == 4
    assert all("in clear" in figure.limit for figure in figures)
