"""What the page for gateways says is so: its examples run and agree with what the hub signs."""

import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from shared.domain.reminders import Kind, fields_of
from shared.domain.webhook import PREFIX, SecretError, parse_secret, print_secret, signed_headers

PAGE = (Path(__file__).resolve().parents[2] / "shared" / "docs" / "messages.md").read_text("utf-8")
SECRET = bytes(range(32))
BODY = '{"id":"m1","text":"前面不到 4 人"}'.encode()


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.+?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_python_example_tells_right_from_wrong() -> None:
    there: dict[str, Any] = {}
    exec(example("python"), there)  # noqa: S102 - our own page
    is_genuine, now = there["is_genuine"], int(time.time())
    headers = dict(signed_headers(SECRET, "m1", now, BODY))
    assert is_genuine(print_secret(SECRET), headers, BODY)
    assert not is_genuine(print_secret(SECRET), headers, BODY + b" ")
    assert not is_genuine(print_secret(SECRET[1:]), headers, BODY)
    assert not is_genuine(print_secret(SECRET), headers | {"webhook-id": "m2"}, BODY)
    assert not is_genuine(print_secret(SECRET), headers | {"webhook-timestamp": str(now + 1)}, BODY)
    old = dict(signed_headers(SECRET, "m1", now - 301, BODY))
    assert not is_genuine(print_secret(SECRET), old, BODY), "recorded and played again"


def test_the_shell_example_makes_the_same_signature(tmp_path: Path) -> None:
    (tmp_path / "body").write_bytes(BODY)
    given = {
        "SECRET": print_secret(SECRET),
        "ID": "m1",
        "TIMESTAMP": "1795397400",
        "BODY": str(tmp_path / "body"),
    }
    run = subprocess.run(
        ["sh", "-c", example("sh")],
        env={"PATH": "/usr/bin:/bin", **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == signed_headers(SECRET, "m1", 1795397400, BODY)["webhook-signature"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_there_with_its_fields(kind: Kind) -> None:
    (row,) = re.findall(rf"^\|[^|]*`{kind}`[^|]*\|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", row))
    assert fields_of(kind) <= named
    assert named - fields_of(kind) <= {"code"}


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_!!", "whsec_" + "A" * 20, "secret", PREFIX + "A" * 200]
)
def test_what_is_no_secret_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(SecretError) as refused:
        parse_secret(text)
    assert "AAAA" not in str(refused.value)
    assert parse_secret(f" {print_secret(SECRET)}\n") == SECRET
