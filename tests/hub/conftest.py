"""A real hub for each module that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.testing import RunningHub, running_hub


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A running hub on the small hall."""
    folder: Path = tmp_path_factory.mktemp("hub") / "hall"
    with running_hub(folder) as running:
        yield running
