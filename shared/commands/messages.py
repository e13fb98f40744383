"""`hall messages`: what is told to citizens and what failed; naming the gateway, and trying it."""

import argparse
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.config import ConfigErrors
from shared.config.gateway import PER_MINUTE, GatewayConfig, load_gateway, load_secret
from shared.domain.moments import HALL_ZONE
from shared.domain.webhook import SecretError, print_secret
from shared.protocol.messages import Nothing
from shared.protocol.outbox import GatewayTried, Outbox, OutboxMessage
from shared.store.durable import sync_folder, write_private
from shared.store.house import House

_SECRET = "gateway.secret"  # noqa: S105 - the name of a file
_TEST_SECONDS = 75.0
"""Longer than the longest time-out of a gateway."""
_REASONS = {
    "timeout": "no answer in time",
    "unreachable": "cannot be reached",
    "tls": "its certificate is not trusted",
    "cut": "the connection broke off",
    "status": "it answered {status}",
}


def main(argv: Sequence[str]) -> int:
    """Show; or do one thing. Exit code 1 when the gateway does not take the test, 2 for what cannot be."""
    options = _parser().parse_args(argv)
    house = House(options.data)
    if options.url or options.off:
        return _name(house, options)
    if options.test:
        return _test(options.data)
    if options.again is not None:
        return operate("messages", options.data, lambda hub: _one(hub, "send_again", options.again))
    if options.drop is not None:
        return operate("messages", options.data, lambda hub: _one(hub, "drop_message", options.drop))
    return operate("messages", options.data, lambda hub: "\n".join(_page(hub.ask(Outbox, "outbox_now"))))


def _parser() -> argparse.ArgumentParser:
    parser = operator_parser("messages", "Messages to citizens by SMS or WeChat, and their gateway.")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--url", help="send through this gateway from now on")
    one.add_argument("--off", action="store_true", help="send nothing any more; what waits is dropped")
    one.add_argument("--test", action="store_true", help="send a test message, and say what came of it")
    one.add_argument("--again", type=int, metavar="ID", help="try a message that failed again")
    one.add_argument("--drop", type=int, metavar="ID", help="give a message that failed up")
    parser.add_argument(
        "--secret-file", default="", help=f"with --url: its secret; made when missing ({_SECRET})"
    )
    parser.add_argument("--secret-env", default="", help="with --url: the hub's variable with the secret")
    parser.add_argument(
        "--ca-file", default="", help="with --url: certificates of a gateway within the house"
    )
    parser.add_argument(
        "--per-minute", type=int, default=PER_MINUTE, help="with --url: at most so many messages"
    )
    return parser


# -- the gateway's name ---------------------------------------------------------------------------------


def _name(house: House, options: argparse.Namespace) -> int:
    """Write or remove the hall's messages.toml; the running hub follows within seconds."""
    if options.off:
        house.gateway.unlink(missing_ok=True)
        return _said("没有网关：不发送任何消息 No gateway: nothing is sent")
    config = GatewayConfig(
        url=options.url,
        secret_file=options.secret_file or ("" if options.secret_env else _SECRET),
        secret_env=options.secret_env,
        ca_file=options.ca_file,
        per_minute=options.per_minute,
    )
    fresh = house.gateway.with_suffix(".new")
    try:
        fresh.unlink(missing_ok=True)
        write_private(fresh, config.in_file())
        load_gateway(fresh)
        made = bool(config.secret_file) and _make_secret(house.folder / config.secret_file)
        if not config.secret_env:
            load_secret(config, house.folder)
        fresh.replace(house.gateway)
        sync_folder(house.folder)
    except (ConfigErrors, SecretError, OSError) as error:
        fresh.unlink(missing_ok=True)
        return _failed(str(error).replace(str(fresh), str(house.gateway)))
    if made:
        path = house.folder / config.secret_file
        return _said(
            f"发往 {config.host}，密钥在 {path}，请交给网关 to {config.host}; give it the secret in {path}"
        )
    return _said(f"发往 {config.host} to {config.host}")


def _make_secret(path: Path) -> bool:
    """Make a secret of 32 random bytes where there is none. True when it was made."""
    if path.exists():
        return False
    write_private(path, print_secret(secrets.token_bytes(32)) + "\n")
    return True


# -- asking the hub -------------------------------------------------------------------------------------


def _test(folder: Path) -> int:
    taken: list[bool] = []

    def work(hub: HubClient) -> str:
        with closing(hub.patient(_TEST_SECONDS)) as patient:
            tried = patient.ask(GatewayTried, "gateway_tried")
        taken.append(tried.is_taken)
        if tried.is_taken:
            return f"网关 {tried.host} 已接收 taken by {tried.host}: {tried.seconds} s"
        return f"网关 {tried.host} 没有接收 not taken by {tried.host}: {_why(tried)}"

    code = operate("messages", folder, work)
    return code if code or taken == [True] else 1


def _one(hub: HubClient, route: str, number: int) -> str:
    hub.call(route, Nothing(), id=number)
    return f"{number}: {'重发 sent again' if route == 'send_again' else '已放弃 dropped'}"


def _page(now: Outbox) -> Iterator[str]:
    yield from _gateway(now)
    counts = now.counts
    yield f"待发 {counts['waiting']}  已发 {counts['sent']}  失败 {counts['dead']}  过期 {counts['expired']}"
    told = ("waiting", "sent", "dead", "expired")
    yield "  ".join(f"{name} {counts[name]}" for name in told)  # type: ignore[index]  # names of MessageState
    for one in now.dead:
        yield _line(one)


def _gateway(now: Outbox) -> Iterator[str]:
    if now.gateway.problem:
        yield f"网关配置有误，现在发不出消息 nothing can be sent: {now.gateway.problem}"
    elif now.gateway.host is None:
        yield "没有配置短信网关：不发送任何消息 No gateway is configured: nothing is sent"
    elif now.gateway.resting_seconds:
        rest = now.gateway.resting_seconds
        yield f"网关 {now.gateway.host} 没有应答，{rest} 秒后再试 does not work; tried again in {rest} s"
    else:
        yield f"发往 {now.gateway.host} to {now.gateway.host}"


def _line(one: OutboxMessage) -> str:
    until = f"{one.deadline.astimezone(HALL_ZONE):%m-%d %H:%M}"
    failed = f"{_why(one)} (attempts {one.attempts}, until {until})"
    return f"{one.id:>6}  {one.kind:<12} {one.about:<14} {one.masked}  {failed}"


def _why(one: OutboxMessage | GatewayTried) -> str:
    return _REASONS.get(one.reason, "").format(status=one.status)


def _said(sentence: str) -> int:
    print(sentence)  # noqa: T201
    return 0


def _failed(sentence: str) -> int:
    print(f"hall messages: {sentence}", file=sys.stderr)  # noqa: T201
    return 2
