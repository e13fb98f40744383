"""`hall load`: plays a big hall against a hub of its own, and says what was late, lost or doubled.

By default ten minutes: 500 tickets in the first 60 s and then as many as are called, 300 windows that call
every two minutes, 500 subscribers of the event stream in a process of their own.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

import msgspec

from shared.bench.audience import Account
from shared.bench.crowd import Crowd, Told, furnish
from shared.bench.events import bare_fan_out
from shared.bench.tickets import taker
from shared.bench.watching import Watch, watched
from shared.figures.table import Figure, as_json, as_text, middle, quantile
from shared.store.audit import audit
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import RunningHub, rehearsal, running_hub, small_hall

_ISSUE_MS, _HEARD_MS, _MOST_MB, _MOST_WAL_MB, _SPARE_FILES = 100.0, 150.0, 150.0, 16.0, 64
_MOST_SHOWN = 10
_FILES = 4096


@dataclass(frozen=True, slots=True)
class Size:
    """How big the hall is."""

    minutes: float = 10.0
    windows: int = 300
    subscribers: int = 500
    pause: float = 120.0
    """Seconds between two calls of a window."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Played:
    """What happened: what people were told, what subscribers heard, how the hub stood, what is wrong."""

    size: Size
    told: Told
    account: Account
    watch: Watch
    heard_seconds: Sequence[float]
    """For each call, from the press until the last subscriber had it."""
    wrong: Sequence[str]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 when nothing was lost and nothing doubled, else 1."""
    options = _parser().parse_args(argv)
    size = Size(options.minutes, options.windows, options.subscribers, options.pause, options.seed)
    with tempfile.TemporaryDirectory(prefix="hall-load-", dir=options.folder) as made:
        folder = Path(made)
        _say(f"{size.windows} clerks come to work ...")
        with big_hall(folder / "hub", size) as hub:
            played = play(hub, folder, size)
        _say("measuring the machine's own limit ...")
        figures = [*figures_of(played, *_limits(folder, played)), losses(played)]
    print(as_text(figures))  # noqa: T201
    for sentence in played.wrong[:_MOST_SHOWN]:
        print(f"WRONG  {sentence}")  # noqa: T201
    if options.json is not None:
        options.json.write_text(as_json(figures), "utf-8")
    return 1 if played.wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall load", description="Play a big hall against a hub of its own, and count what is lost."
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--windows", type=int, default=300, help="that call (300)")
    parser.add_argument("--pause", type=float, default=120.0, help="seconds between a window's calls (120)")
    parser.add_argument("--subscribers", type=int, default=500, help="of the event stream (500)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments when people come (1)")
    parser.add_argument("--folder", type=Path, help="where the hall is made: on the disk to be tried")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table for programs, too")
    return parser


@contextmanager
def big_hall(folder: Path, size: Size) -> Iterator[RunningHub]:
    """A hub with so many windows, as many clerks, and files enough for everybody."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (min(max(soft, _FILES), hard), hard))
    with running_hub(folder, small_hall(windows=size.windows, clerks=size.windows)) as hub:
        yield hub


def play(hub: RunningHub, folder: Path, size: Size, stop: threading.Event | None = None) -> Played:
    """Play the hall, then compare what everybody was told with what is in the file."""
    kiosks, windows = furnish(hub, size.windows)
    crowd = Crowd(kiosks, windows, size.minutes * 60, size.pause, size.seed)
    after = head_of(hub.house)
    with _audience(hub, size.subscribers, after, folder / "heard.json") as audience:
        _say(f"playing {size.minutes:g} minutes with {size.subscribers} subscribers ...")
        with watched(hub.process.pid, hub.house) as watch:
            told = crowd.play(stop or threading.Event())
            account = _asked(audience, head_of(hub.house), folder / "heard.json")
    calls = _calls_in(hub.house)
    pressed = {ticket: at for ticket, at, _ in told.called}
    heard = [
        max(account.heard[seq]) - pressed[ticket]
        for seq, ticket in calls
        if ticket in pressed and len(account.heard.get(seq, ())) == size.subscribers
    ]
    return Played(size, told, account, watch, heard, [*wrongs(hub.house, told, calls), *_unheard(account)])


@contextmanager
def _audience(hub: RunningHub, count: int, after: int, output: Path) -> Iterator["subprocess.Popen[str]"]:
    host, port = hub.url.removeprefix("http://").split(":")
    given = [host, port, hub.enrol("display"), str(count), str(after), str(output)]
    with subprocess.Popen(
        [sys.executable, "-m", "shared.bench.audience", *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            if process.stdout is None or process.stdout.readline() != "ready\n":
                raise RuntimeError("the audience did not get in")
            yield process
        finally:
            process.kill()


def _asked(audience: "subprocess.Popen[str]", last: int, output: Path) -> Account:
    audience.communicate(f"{last}\n", timeout=120)
    return msgspec.json.decode(output.read_bytes(), type=Account)


def wrongs(house: House, told: Told, calls: Sequence[tuple[int, int]]) -> list[str]:
    """What was acknowledged and is not in the file, or is there twice; and all that `hall check` finds."""
    with closing(connect(house.database, read_only=True)) as connection:
        stored = dict(connection.execute("SELECT id, series || printf('%03d', number) FROM tickets"))
        findings = audit(connection, load_keys(house.key)).wrong
    return [
        *(f"no answer: {sentence}" for sentence in told.unanswered),
        *(f"ticket {n} ({no}) is not in the file" for n, no in told.numbers if stored.get(n) != no),
        *(f"number {no} was given twice" for no in _twice(number for _, number in told.numbers)),
        *(f"ticket {n} is in the file, and nobody has it" for n in stored.keys() - dict(told.numbers).keys()),
        *(f"ticket {n} was called twice" for n in _twice(ticket for _, ticket in calls)),
        *(f"ticket {n} was answered as called, twice" for n in _twice(n for n, _, _ in told.called)),
        *(
            f"the call of ticket {n} is no fact"
            for n in {n for n, _, _ in told.called} - {t for _, t in calls}
        ),
        *(f"hall check: {finding}" for finding in findings),
    ]


def _twice(values: Iterator[int] | Iterator[str]) -> list[int | str]:
    counts: Counter[int | str] = Counter(values)
    return [value for value, count in counts.items() if count > 1]


def _unheard(account: Account) -> Iterator[str]:
    if account.lost:
        yield f"subscribers did not hear {account.lost} facts"
    if account.doubled:
        yield f"subscribers heard {account.doubled} facts twice"
    if account.cut:
        yield f"{account.cut} subscribers were cut off"


def head_of(house: House) -> int:
    """The newest fact in a hall's file."""
    with closing(connect(house.database, read_only=True)) as connection:
        return int(connection.execute("SELECT max(seq) FROM facts").fetchone()[0])


def _calls_in(house: House) -> list[tuple[int, int]]:
    """(seq, ticket) of each call."""
    query = "SELECT seq, json_extract(data, '$.ticket') FROM facts WHERE name = 'ticket.called'"
    with closing(connect(house.database, read_only=True)) as connection:
        return [(int(seq), int(ticket)) for seq, ticket in connection.execute(query)]


def _limits(folder: Path, played: Played) -> tuple[list[float], list[float]]:
    """Seconds of a bare commit of the same ticket, and of a bare fan-out to as many subscribers."""
    commits = []
    with rehearsal(folder / "bare") as hall:
        take = taker(hall)
        for _ in range(max(1, min(500, len(played.told.issue_seconds)))):
            began = time.perf_counter()
            hall.run(take)
            commits.append(time.perf_counter() - began)
    return commits, bare_fan_out(100, played.size.subscribers)


def figures_of(played: Played, commits: Sequence[float], fan_out: Sequence[float]) -> list[Figure]:
    """The table: how fast, and how large the hub grew."""
    size, told, watch = played.size, played.told, played.watch
    answered = [seconds for _, _, seconds in told.called]
    files = size.subscribers + size.windows + _SPARE_FILES
    wal_mb = watch.most("wal_bytes") / 1e6
    return [
        _speed(f"a number asked for -> in hand, {len(told.numbers)} tickets",
               told.issue_seconds, commits, _ISSUE_MS),
        _speed(f"a call pressed -> answered, {len(answered)} calls", answered, commits, _HEARD_MS),
        _speed(f"a call pressed -> at the last of {size.subscribers} subscribers",
               played.heard_seconds, fan_out, _HEARD_MS),
        _growth("memory of the hub", [s.memory_mb for s in watch.samples], "MB", _MOST_MB),
        Figure("write-ahead log", f"{wal_mb:.1f} MB at most", "", f"under {_MOST_WAL_MB:.0f} MB",
               wal_mb < _MOST_WAL_MB),
        _growth("open files of the hub", [float(s.files) for s in watch.samples], "", files),
    ]  # fmt: skip


def _speed(name: str, seconds: Sequence[float], limit: Sequence[float], target_ms: float) -> Figure:
    target = f"p99 under {target_ms:.0f} ms"
    if not seconds:
        return Figure(name, "never happened", _milliseconds(limit), target, met=False)
    return Figure(
        name, _milliseconds(seconds), f"{_milliseconds(limit)} (bare)", target,
        quantile(seconds, 0.99) * 1000 < target_ms,
    )  # fmt: skip


def _milliseconds(seconds: Sequence[float]) -> str:
    p50, p99, most = middle(seconds) * 1000, quantile(seconds, 0.99) * 1000, max(seconds) * 1000
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, at most {most:.1f} ms"


def _growth(name: str, seen: Sequence[float], unit: str, most: float) -> Figure:
    if not seen:
        return Figure(name, "never seen", "", f"under {most:.0f} {unit}".rstrip(), met=False)
    value = f"{seen[0]:.0f} {unit} at first, {max(seen):.0f} at most, {seen[-1]:.0f} at last"
    return Figure(name, value, "", f"under {most:.0f} {unit}".rstrip(), max(seen) < most)


def losses(played: Played) -> Figure:
    """Lost and doubled, of everything that was asked for and heard."""
    told, account = played.told, played.account
    heard = sum(map(len, account.heard.values()))
    value = (
        f"{len(played.wrong)} findings; {len(told.numbers)} numbers, {len(told.called)} calls "
        f"({told.idle_calls} in vain), {heard:,} facts heard: {account.lost} lost, {account.doubled} doubled"
    )
    return Figure("lost or doubled", value, "", "none", not played.wrong)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
