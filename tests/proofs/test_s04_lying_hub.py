"""S4, the short form: the same ways and controls, in one scene."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proofs.s04_lying_hub import (
    Scene,
    careless_client_is_caught,
    credulous_device_is_caught,
    met,
    scene_in,
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_in(tmp_path_factory.mktemp("s04")) as made:
        yield made


def test_a_lying_hub_gets_nothing_and_gives_nothing(scene: Scene) -> None:
    assert met(scene) == []
    assert scene.tried >= 7


def test_who_believes_it_is_caught(scene: Scene) -> None:
    assert credulous_device_is_caught(scene)


def test_who_does_not_verify_is_caught(scene: Scene) -> None:
    assert careless_client_is_caught(scene)


def test_the_scene_leaves_nothing_behind(tmp_path: Path) -> None:
    with scene_in(tmp_path) as scene:
        assert scene.hub.pinned(None).call("health").status == "ok"
    assert scene.hub.process.poll() is not None
