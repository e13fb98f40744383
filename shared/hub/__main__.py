"""`hall hub`: run the hall's hub."""

import argparse
import contextlib
import socket
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import uvicorn
import uvloop

from shared.clock import Clock, RehearsalClock, SystemClock
from shared.domain.moments import HALL_ZONE
from shared.hub.advertise import advertised
from shared.hub.app import HubApplication
from shared.journal import configure
from shared.store.house import House, HouseError, default_folder
from shared.store.keys import KeyFileError, load_keys
from shared.store.migrations import NewerFileError, migrate
from shared.store.sqlite import Error, SqliteTooOldError, connect, require_new_enough

DEFAULT_PORT = 8750


def main(argv: Sequence[str] | None = None) -> int:
    """Run until stopped. Exit code 2 and a sentence when the hub cannot start."""
    options = _parser().parse_args(argv)
    configure()
    house = House(options.data)
    try:
        if not house.database.exists():
            return _cannot(
                f"there is no hall in {house.folder}; make one with: hall init --data {house.folder}"
            )
    except PermissionError:
        return _cannot(f"{house.folder} cannot be looked into; run the hub as the user that it belongs to")
    try:
        require_new_enough()
        with house.owned():
            _require_sound(house)
            return uvloop.run(_serve(house, _clock(options), options))
    except (HouseError, NewerFileError, SqliteTooOldError, KeyFileError, DamagedFileError) as error:
        return _cannot(str(error))
    except Error as error:
        return _cannot(f"the hall's file cannot be used: {error}; run: hall check --data {house.folder}")
    except OSError as error:
        return _cannot(f"cannot listen on {options.host}:{options.port}: {error.strerror or error}")


def _require_sound(house: House) -> None:
    """Meet what would stop the hub before anybody is told that it runs."""
    load_keys(house.key)
    connection = connect(house.database)
    try:
        migrate(connection)
        if (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise DamagedFileError(f"the hall's file is damaged ({verdict}); restore it from a backup")
    finally:
        connection.close()


class DamagedFileError(RuntimeError):
    """The file failed SQLite's own check."""


class Server(uvicorn.Server):
    """Ends the event streams before it waits for their connections."""

    def __init__(self, app: HubApplication, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._app.end_streams()
        await super().shutdown(sockets)


async def _serve(house: House, clock: Clock, options: argparse.Namespace) -> int:
    app = HubApplication(house, clock)
    config = uvicorn.Config(
        app,
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
        lifespan="on",
        ws="none",
        proxy_headers=False,
    )
    listening = _listen(options.host, options.port)
    port: int = listening.getsockname()[1]
    async with contextlib.AsyncExitStack() as stack:
        if not options.quiet:
            await stack.enter_async_context(advertised(house_name(house), port, options.host))
        address = f"http://{'127.0.0.1' if options.host in ('0.0.0.0', '') else options.host}:{port}"
        house.address.write_text(address + "\n", encoding="ascii")
        print(f"hub ready on {address}", flush=True)  # noqa: T201 - the operator reads it
        await Server(app, config).serve(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(1024)
    return listening


def house_name(house: House) -> str:
    """The hall's name, for the network to show."""
    connection = connect(house.database, read_only=True)
    try:
        return str(connection.execute("SELECT name FROM hall").fetchone()[0])
    finally:
        connection.close()


def _clock(options: argparse.Namespace) -> Clock:
    if options.rehearse is None and options.start is None:
        return SystemClock()
    start = options.start or datetime.now(HALL_ZONE)
    return RehearsalClock(start if start.tzinfo else start.replace(tzinfo=HALL_ZONE), options.rehearse or 1.0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall hub", description="Run the hall's hub.")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (all)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port; 0 takes a free one")
    parser.add_argument("--quiet", action="store_true", help="do not advertise the hub on the LAN")
    parser.add_argument("--rehearse", type=float, metavar="SPEED", help="run the hub's clock at this speed")
    parser.add_argument(
        "--start", type=datetime.fromisoformat, metavar="MOMENT", help="rehearsal: start the clock here"
    )
    return parser


def _cannot(sentence: str) -> int:
    print(f"hall hub: {sentence}", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main())
