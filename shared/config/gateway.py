"""Where messages to citizens go: the gateway of `[messages]`, and its secret, which stands apart.

`hall init` keeps the section as `messages.toml` in the hall's folder, where only the hub's user can read it;
`hall messages --url` writes it later. The secret is in a file or the environment, never in either.
"""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from shared.config.problems import ConfigErrors, Problem
from shared.config.table import Table
from shared.config.toml import TomlError, parse, with_lines
from shared.domain.webhook import SecretError, parse_secret

TIMEOUT_SECONDS, PER_MINUTE = 10.0, 60
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_EXAMPLE = 'Write one such as "https://sms.example.gov.cn/hall"; http only for this machine itself'


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayConfig:
    """One gateway. Files may stand in the hall's folder; one of `secret_file` and `secret_env` is set."""

    url: str
    secret_file: str = ""
    secret_env: str = ""
    ca_file: str = ""
    """Certificates to believe instead of the system's, for a gateway within the house."""
    timeout_seconds: float = TIMEOUT_SECONDS
    per_minute: int = PER_MINUTE

    @property
    def host(self) -> str:
        """Whom it is at: the address without path and query, which may hold what nobody should read."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def in_file(self) -> str:
        """The text of `messages.toml`."""
        texts = ((name, getattr(self, name)) for name in ("url", "secret_file", "secret_env", "ca_file"))
        lines = [
            f"{name} = {json.dumps(value)}" for name, value in texts if value
        ]  # a text of JSON is one of TOML
        lines += [f"timeout_seconds = {self.timeout_seconds}", f"per_minute = {self.per_minute}"]
        return "\n".join(lines) + "\n"


def read_gateway(table: Table) -> GatewayConfig:
    """The section `[messages]`."""
    config = GatewayConfig(
        url=_url(table),
        secret_file=_path(table, "secret_file"),
        secret_env=table.text("secret_env", 60, default=""),
        ca_file=_path(table, "ca_file"),
        timeout_seconds=table.number("timeout_seconds", 0.2, 60, default=TIMEOUT_SECONDS),
        per_minute=table.whole("per_minute", 1, 6000, default=PER_MINUTE),
    )
    if bool(config.secret_file) == bool(config.secret_env):
        table.note(
            "secret_file", "the gateway needs one secret", "Write secret_file or secret_env, one of them"
        )
    table.close()
    return config


def load_gateway(path: Path) -> GatewayConfig | None:
    """The gateway of `messages.toml`; None without that file. Raises ConfigErrors, OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        text, values = parse(data)
    except TomlError as error:
        raise ConfigErrors(path, (error.problem,)) from error
    problems: list[Problem] = []
    config = read_gateway(Table(values, "", problems))
    if problems:
        raise ConfigErrors(path, with_lines(text, problems))
    return config


def load_secret(config: GatewayConfig, folder: Path, environment: Mapping[str, str] = os.environ) -> bytes:
    """The gateway's secret. Raises SecretError, OSError; neither repeats what was read."""
    if config.secret_env:
        if config.secret_env not in environment:
            raise SecretError(f"the hub's environment has no {config.secret_env}")
        return parse_secret(environment[config.secret_env])
    path = folder / config.secret_file
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & _OTHERS:
            raise SecretError(f"{path} can be read by others; run: chmod 600 {path}")
        try:
            return parse_secret(file.read(200).decode("ascii"))
        except UnicodeDecodeError:
            raise SecretError(f"{path} holds no secret") from None


def _path(table: Table, key: str) -> str:
    value = table.text(key, 200, default="")
    if '"' in value or "\\" in value:
        table.note(key, "it holds a quote or a backslash", "Name the file without them")
        return ""
    return value


def _url(table: Table) -> str:
    value = table.text("url", 300)
    if value and not _is_address(value):
        table.note("url", "it is no address to which messages may go", _EXAMPLE)
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.fragment or parts.username is not None or '"' in value or "\\" in value:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))


def _is_this_machine(host: str) -> bool:
    """Telephone numbers do not travel in the open."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
