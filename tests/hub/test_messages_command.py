"""`hall messages`: naming the gateway safely, trying it, and saying plainly when nothing is sent."""

import stat
from pathlib import Path

import pytest

from shared.commands.messages import main
from shared.config import ConfigErrors, load_hall, sample_path
from shared.config.gateway import GatewayConfig, load_gateway, load_secret
from shared.domain.webhook import SecretError
from shared.services.founding import found_hall
from shared.store.house import House
from shared.testing import MONDAY_MORNING, running_hub
from shared.testing_gateway import Do, gateway_double, until

RIGHT = '[messages]\nurl = "https://sms.example/x"\nsecret_file = "s"'


def hall_file(folder: Path, section: str) -> Path:
    path = folder / "hall.toml"
    path.write_text(
        sample_path("yueyang").read_text("utf-8").replace("[rules]\n", f"{section}\n[rules]\n", 1)
    )
    return path


def test_a_gateway_is_named_tried_and_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "hall"
    with gateway_double() as gateway, running_hub(folder) as hub:
        data = ["--data", str(folder)]
        assert main(data) == 0
        assert "不发送任何消息 No gateway is configured: nothing is sent" in capsys.readouterr().out
        assert main([*data, "--test"]) == 1
        assert main([*data, "--url", gateway.address]) == 0
        said = capsys.readouterr().out
        secret = folder / "gateway.secret"
        assert stat.S_IMODE(secret.stat().st_mode) == stat.S_IMODE(hub.house.gateway.stat().st_mode) == 0o600
        assert secret.read_text().strip() not in said + hub.house.gateway.read_text()
        assert "of-the-gateway" not in said, "an address may hold a key"
        gateway.script = [Do(202), Do(401)]
        assert [main([*data, "--test"]) for _ in range(2)] == [0, 1]
        assert "it answered 401" in capsys.readouterr().out
        kept = secret.read_text()
        assert main([*data, "--url", gateway.address, "--per-minute", "5"]) == 0
        assert secret.read_text() == kept, "a secret that is there is used"
        assert main([*data, "--off"]) == 0
        until(lambda: hub.operator.call("outbox_now").gateway.host is None)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.5/x",
        "ftp://a/b",
        "sms.example",
        "https://",
        "https://u:p@a/b",
        "https://a/#b",
        "http://[::1",
        'https://a/"',
    ],
)
def test_a_number_never_travels_in_the_open(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "--url", url]) == 2
    assert "url" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [], "nothing is changed"


def test_what_others_can_read_is_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "gateway.secret"
    secret.write_text("whsec_" + "A" * 44)
    secret.chmod(0o640)
    assert main(["--data", str(tmp_path), "--url", "https://sms.example/x"]) == 2
    said = capsys.readouterr().err
    assert "chmod 600" in said
    assert "AAAA" not in said
    assert not (tmp_path / "messages.toml").exists()


def test_a_secret_may_come_from_the_environment() -> None:
    config = GatewayConfig(url="https://sms.example/x", secret_env="HALL_GATEWAY_SECRET")
    assert load_secret(config, Path(), {"HALL_GATEWAY_SECRET": "whsec_" + "A" * 44}) == bytes(33)
    with pytest.raises(SecretError, match="has no HALL_GATEWAY_SECRET"):
        load_secret(config, Path(), {})


def test_a_halls_file_may_name_it(tmp_path: Path) -> None:
    section = '[messages]\nurl = "https://sms.example.gov.cn/hall?k=1"\nsecret_file = "s"\nper_minute = 30'
    config = load_hall(hall_file(tmp_path, section))
    house = House(tmp_path / "hall")
    found_hall(house, config, MONDAY_MORNING)
    assert stat.S_IMODE(house.gateway.stat().st_mode) == 0o600
    assert load_gateway(house.gateway) == config.messages
    assert config.messages is not None
    assert config.messages.host == "sms.example.gov.cn"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ('[messages]\nurl = "http://sms.example/x"\nsecret_file = "s"', "messages.url"),
        ('[messages]\nurl = "https://sms.example/x"', "messages.secret_file"),
        (f'{RIGHT}\nsecret_env = "S"', "messages.secret_file"),
        (f'{RIGHT}\nsecret = "whsec_AAAA"', "messages.secret"),
        (f'{RIGHT}\nper_minute = 0', "messages.per_minute"),
        ('[messages]\nsecret_file = "s"', "messages.url"),
        ("messages = 1", "messages"),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_told_with_its_place(tmp_path: Path, section: str, told: str) -> None:
    with pytest.raises(ConfigErrors) as found:
        load_hall(hall_file(tmp_path, section))
    assert told in {problem.place for problem in found.value.problems}
    assert "whsec_AAAA" not in str(found.value)
