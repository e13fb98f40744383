"""Joining a hall: the whole code finds the right hub, old devices enrol again, a hub that moved is found."""

from argparse import Namespace
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.client.discover import FoundHub
from shared.client.identity import DeviceIdentity, load_identity, save_identity
from shared.qt import joining
from shared.qt.joining import CannotJoin, join
from shared.testing import RunningHub, running_hub
from tests.qt.conftest import Advertised


def options(state: Path, hub: str | None = None, code: str | None = None) -> Namespace:
    return Namespace(hub=hub, enrol=code, state=state)


def test_a_device_enrols_with_the_whole_code(hub: RunningHub, tmp_path: Path) -> None:
    identity = join(options(tmp_path, hub.secure_url, hub.code("display").lower()), "display", "display")
    assert identity == load_identity(tmp_path)
    assert identity.hub == hub.secure_url
    assert identity.authority is not None
    with_client = identity.client()
    assert with_client.call("board").hall.name
    with_client.close()
    assert join(options(tmp_path), "display", "display") == identity, "and goes on without a code"


def test_an_address_as_it_was_written_before_is_taken_over_tls(tmp_path: Path) -> None:
    assert joining.secured("http://10.0.0.5:8750") == "https://10.0.0.5:8750"


def test_of_many_hubs_the_one_of_the_code_is_taken(
    hub: RunningHub, tmp_path: Path, advertised: Advertised
) -> None:
    with running_hub(tmp_path / "other") as other:
        advertised += [FoundHub("小厅", other.secure_url), FoundHub("小厅", hub.secure_url)]
        identity = join(options(tmp_path / "state", code=hub.code("display")), "display", "display")
        assert identity.hub == hub.secure_url
        assert len(other.operator.call("devices").devices) == 1, "only its operator"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (lambda code: code[:9], "not whole"),
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "typing mistake"),
    ],
)
def test_a_slip_of_the_finger_is_told_before_anything_is_sent(
    hub: RunningHub, tmp_path: Path, typed: object, sentence: str
) -> None:
    code = typed(hub.code("display"))  # type: ignore[operator]
    with pytest.raises(CannotJoin, match=sentence):
        join(options(tmp_path, hub.secure_url, code), "display", "display")


def test_a_hub_of_another_authority_is_told_nothing(hub: RunningHub, tmp_path: Path) -> None:
    with running_hub(tmp_path / "other") as other, pytest.raises(CannotJoin, match="nothing was sent"):
        join(options(tmp_path / "state", other.secure_url, hub.code("display")), "display", "display")
    assert load_identity(tmp_path / "state") is None


def test_a_wrong_code_is_told_in_both_languages(hub: RunningHub, tmp_path: Path) -> None:
    used = hub.code("display")
    join(options(tmp_path, hub.secure_url, used), "display", "display")
    with pytest.raises(CannotJoin, match=r"登记码.*wrong or has expired"):
        join(options(tmp_path, hub.secure_url, used), "display", "display")


def test_a_device_from_before_enrols_again(tmp_path: Path, advertised: Advertised) -> None:
    old = DeviceIdentity(
        hub="http://10.0.0.5:8750", device=4, token="t", role="display", name="屏", window=None
    )
    save_identity(tmp_path, old)
    with pytest.raises(CannotJoin, match=r"重新登记.*enrol it again"):
        join(options(tmp_path), "display", "display")
    with pytest.raises(CannotJoin, match="enrol it again"):
        join(options(tmp_path, "https://10.0.0.6:8750"), "display", "display")


def test_a_hub_that_moved_is_found_again_behind_one_that_lies(
    hub: RunningHub, tmp_path: Path, advertised: Advertised
) -> None:
    identity = join(options(tmp_path / "state", hub.secure_url, hub.code("display")), "display", "display")
    gone = replace(identity, hub="https://127.0.0.1:9")
    save_identity(tmp_path / "state", gone)
    with running_hub(tmp_path / "other") as other:
        advertised += [FoundHub("小厅", other.secure_url)]
        assert join(options(tmp_path / "state"), "display", "display") == gone, "it waits where it was"
        advertised += [FoundHub("小厅", hub.secure_url)]
        assert join(options(tmp_path / "state"), "display", "display") == identity
    assert load_identity(tmp_path / "state") == identity


def test_nobody_there_is_said_as_such(tmp_path: Path, hub: RunningHub, advertised: Advertised) -> None:
    with pytest.raises(CannotJoin, match="no hub was found"):
        join(options(tmp_path, code=hub.code("display")), "display", "display")
    with pytest.raises(CannotJoin, match="no hub answers at"):
        join(options(tmp_path, "https://127.0.0.1:9", hub.code("display")), "display", "display")
