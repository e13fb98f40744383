"""The audit names random changes to facts and to what follows from them; one that leaves a part out is
caught.
"""

from collections.abc import Iterator

import pytest

from shared.store.house import House
from tests.proofs.s06_audit import DERIVED, FACTS, history, named, tried, without


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall with something of everything."""
    with history(tmp_path_factory.mktemp("s6") / "hall") as found:
        yield found


def test_an_honest_file_is_well(house: House) -> None:
    assert named(house) == ()


def test_every_change_to_the_facts_is_named(house: House) -> None:
    count, unseen = tried(house, FACTS, 25)
    assert (unseen, count > 20) == ([], True)


def test_every_change_to_a_table_that_follows_from_facts_is_named(house: House) -> None:
    count, unseen = tried(house, DERIVED, 5)
    assert (unseen, count > 40) == ([], True)


def test_an_audit_that_does_not_follow_the_chain_is_caught(house: House) -> None:
    """A control."""
    with without("chain"):
        assert tried(house, FACTS, 12)[1]


def test_an_audit_that_does_not_compare_the_tables_is_caught(house: House) -> None:
    """A control."""
    with without("tables"):
        assert tried(house, DERIVED, 2)[1]
