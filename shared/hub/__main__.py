"""`hall hub`: run the hall's hub."""

import argparse
import contextlib
import logging
import socket
import sys
from asyncio import Protocol
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

import uvicorn
import uvloop

from shared.clock import Clock, RehearsalClock, SystemClock, moment
from shared.config import ConfigErrors
from shared.config.upkeep import load_upkeep
from shared.hub.advertise import advertised
from shared.hub.app import HubApplication
from shared.hub.door import Door, Room, Visitor
from shared.hub.tls import CertificateError, Certificates, PublicFiles, authority_of
from shared.journal import configure
from shared.store.house import House, HouseError, default_folder
from shared.store.journal import end
from shared.store.keys import KeyFileError, Keys, load_keys
from shared.store.medium import Medium
from shared.store.migrations import NewerFileError, migrate
from shared.store.sqlite import DAMAGED, Connection, SqliteTooOldError, connect, require_new_enough
from shared.store.touched import position

log = logging.getLogger(__name__)

DEFAULT_PORT = 8750
_KEEP_ALIVE_SECONDS = 65
"""Longer than clients keep a connection themselves: a TLS handshake costs more than an open file."""
_FILES = 8192
_QUEUE = 4096
"""Connections that the kernel keeps until the hub takes them; Linux allows no more by itself."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run until stopped. Exit code 2 and a sentence when the hub cannot start."""
    options = _parser().parse_args(argv)
    configure()
    house = House(options.data)
    try:
        if not house.database.exists():
            return _cannot(no_hall_in(house))
    except PermissionError:
        return _cannot(f"{house.folder} cannot be looked into; run the hub as the user that it belongs to")
    try:
        require_new_enough()
        with house.owned():
            require_sound(house)
            _take_files()
            return uvloop.run(_serve(house, _clock(options), options))
    except (
        HouseError,
        NewerFileError,
        SqliteTooOldError,
        KeyFileError,
        DamagedFileError,
        CertificateError,
    ) as error:
        return _cannot(str(error))
    except DAMAGED as error:
        return _cannot(said_of(error, house))
    except OSError as error:
        return _cannot(f"cannot listen on {options.host}:{options.port}: {error.strerror or error}")


def said_of(error: Exception, house: House) -> str:
    """What SQLite would not do with the file, and the way out."""
    return (
        f"the hall's file cannot be used: {error}; what is wrong says: hall check --data {house.folder}; "
        f"if it is damaged, {way_out(house)}"
    )


def no_hall_in(house: House) -> str:
    """What to do where there is no file of a hall: one that has its key had a file once."""
    if house.key.exists():
        return f"the hall's file is missing in {house.folder}; {way_out(house)}"
    return f"there is no hall in {house.folder}; make one with: hall init --data {house.folder}"


def require_sound(house: House) -> None:
    """Meet what would stop the hub before anybody is told that it runs. Raises what `main` words."""
    keys = load_keys(house.key)
    authority_of(house)
    connection = connect(house.database)
    try:
        _require_whole_pages(house, connection)
        migrate(connection)
        _require_newest(house, keys, connection)
    finally:
        connection.close()


def _require_whole_pages(house: House, connection: Connection) -> None:
    if (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise DamagedFileError(f"the hall's file is damaged ({verdict}); {way_out(house)}")


def _require_newest(house: House, keys: Keys, connection: Connection) -> None:
    """A log of writes with a flipped bit ends there for SQLite, without a word: the journal knows better."""
    here = position(connection)
    try:
        backup = load_upkeep(house.upkeep).backup
        if backup is None or here is None:
            return
        medium = Medium(backup.folder)
        medium.require(keys)
        told = end(medium, keys.medium_key, here.lineage)
    except (ConfigErrors, OSError) as error:
        log.warning("whether the file is the newest cannot be told: %s", error)
        return
    if told is not None and told.last > here.n:
        raise DamagedFileError(
            f"the hall's file is older than its journal: it ends {told.last - here.n} commits before fact "
            f"{told.seq}, which was acknowledged; {way_out(house)}"
        )


def way_out(house: House) -> str:
    """What to do about a file that cannot be used: the command as it can be typed."""
    try:
        backup = load_upkeep(house.upkeep).backup
    except (ConfigErrors, OSError):
        backup = None
    folder = "FOLDER" if backup is None else backup.folder
    return f"restore it with: hall restore --from {folder} --data {house.folder}"


class DamagedFileError(RuntimeError):
    """The file failed SQLite's own check, or lacks what its journal has."""


class Server(uvicorn.Server):
    """Takes its connections through our own door, and ends the event streams before it waits for them."""

    ROOM = Room()

    def __init__(
        self,
        app: HubApplication,
        config: uvicorn.Config,
        listening: socket.socket,
        certificates: Certificates,
    ) -> None:
        super().__init__(config)
        self._app = app
        self._door = Door(listening, certificates.context, self._visitor, self.ROOM)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets or [])
        self._door.open()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        await self._door.close()
        self._app.end_streams()
        await super().shutdown(sockets)

    def _visitor(self, left: Callable[[], None]) -> Protocol:
        visitor = Visitor(self.config, self.server_state, self.lifespan.state)
        visitor.left = left
        return visitor


async def _serve(house: House, clock: Clock, options: argparse.Namespace) -> int:
    certificates = Certificates(house, options.host, _public(options))
    app = HubApplication(house, clock, certificates)
    config = uvicorn.Config(
        app,
        http=Visitor,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
        lifespan="on",
        ws="none",
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        proxy_headers=True,
        forwarded_allow_ips=["127.0.0.1", "::1", *options.proxy],
    )
    listening = _listen(options.host, options.port)
    port: int = listening.getsockname()[1]
    async with contextlib.AsyncExitStack() as stack:
        if not options.quiet:
            await stack.enter_async_context(advertised(house_name(house), port, options.host))
        place = f"{'127.0.0.1' if options.host in ('0.0.0.0', '') else options.host}:{port}"
        house.address.write_text(f"https://{place}\n", encoding="ascii")
        said = f"hub ready on https://{place}, citizens' pages also on http://{place}"
        print(said, flush=True)  # noqa: T201 - the operator reads it
        try:
            await Server(app, config, listening, certificates).serve()
        finally:
            listening.close()
    return 0


def _public(options: argparse.Namespace) -> PublicFiles | None:
    if options.certificate is None:
        return None
    return PublicFiles(options.certificate, options.key or options.certificate)


def _take_files() -> None:
    """Each connection is an open file; many systems allow a program a thousand unless it asks for more."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    if soft < _FILES:
        setrlimit(RLIMIT_NOFILE, (min(_FILES, hard) if hard != RLIM_INFINITY else _FILES, hard))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(_QUEUE)
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
    return RehearsalClock(moment(options.start), options.rehearse or 1.0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall hub", description="Run the hall's hub.")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (all)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port; 0 takes a free one")
    parser.add_argument(
        "--certificate", type=Path, metavar="PEM", help="a public certificate for the hall's public address"
    )
    parser.add_argument("--key", type=Path, metavar="PEM", help="its key, unless it is in the same file")
    parser.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a proxy that says truly for whom it asks (X-Forwarded-For, -Proto)",
    )
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
