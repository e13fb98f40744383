"""`make proofs`: run the long form of every proof and print what each tried and found.

To add a row, put a module `pNN_name.py` (or `sNN_name.py`) beside this one, with a function `prove()` that
returns an `Outcome`. Its short form is a pytest file beside it and runs with `make test`.
"""

import argparse
import os
import re
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path

from tests.proofs.outcome import Outcome, Proof

LOG = Path("proofs.log")
"""Where the hubs and kiosks of the proofs say what they meet, much of it meant."""
_MODULE = re.compile(r"([ps])0*([1-9]\d*)_\w+")
_HEAD = ("promise", "tried", "violations", "control caught")


def found(folder: Path, package: str) -> dict[str, Proof]:
    """The proofs in `folder`, by promise in the order of the list: P1, P2, P10, S1.

    Raises AttributeError for a module without `prove`, ValueError for two modules of one promise.
    """
    proofs: dict[tuple[str, int], Proof] = {}
    for path in sorted(folder.glob("[ps][0-9]*_*.py")):
        if (named := _MODULE.fullmatch(path.stem)) is None:
            raise ValueError(f"{path.name}: a proof is called pNN_name.py or sNN_name.py")
        promise = (named[1].upper(), int(named[2]))
        if promise in proofs:
            raise ValueError(f"{path.name}: there is a proof of {promise[0]}{promise[1]} already")
        proofs[promise] = import_module(f"{package}.{path.stem}").prove
    return {f"{letter}{number}": proofs[letter, number] for letter, number in sorted(proofs)}


def tried(promise: str, proof: Proof) -> Outcome:
    """Run one proof. One that breaks is a violation of its promise: the others still run."""
    try:
        outcome = proof()
    except Exception as error:  # noqa: BLE001 - whatever ended it, the promise is not proved
        traceback.print_exc()
        return Outcome(promise, 0, [f"the proof broke: {error!r}"], control_caught=False)
    if outcome.promise != promise:
        return Outcome(promise, 0, [f"its module proves {outcome.promise}"], control_caught=False)
    return outcome


def table(outcomes: Iterable[Outcome]) -> str:
    """Promise, states or faults tried, violations, control caught; then every violation in words."""
    outcomes = list(outcomes)
    rows = [_HEAD, *(_cells(outcome) for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    said = [f"{each.promise}: {violation}" for each in outcomes for violation in each.violations]
    return "\n".join(line.rstrip() for line in (*lines, *said)) + "\n"


def _cells(outcome: Outcome) -> tuple[str, str, str, str]:
    caught = "yes" if outcome.control_caught else "NO"
    return outcome.promise, f"{outcome.tried:,}", f"{len(outcome.violations):,}", caught


def run(proofs: Mapping[str, Proof], log: Path | None = None) -> int:
    """Try each, with its noise in `log`, and print the table.

    Exit code 0 only when there are proofs and every one of them holds.
    """
    outcomes = []
    for promise, proof in proofs.items():
        began = time.monotonic()
        print(f"proving {promise} ...", end=" ", file=sys.stderr, flush=True)  # noqa: T201
        with nullcontext() if log is None else errors_to(log):
            outcomes.append(tried(promise, proof))
        said = "holds" if outcomes[-1].holds else "NOT PROVED" if log is None else f"NOT PROVED, see {log}"
        print(f"{said} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)  # noqa: T201
    print(table(outcomes), end="", flush=True)  # noqa: T201
    return 0 if outcomes and all(outcome.holds for outcome in outcomes) else 1


@contextmanager
def errors_to(path: Path) -> Iterator[None]:
    """What this process and those it starts say on standard error goes to the end of a file meanwhile."""
    sys.stderr.flush()
    kept, log = os.dup(2), os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    os.close(log)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the proofs of the promises named, or of all."""
    proofs = found(Path(__file__).parent, "tests.proofs")
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description="Prove the promises.")
    parser.add_argument("promises", nargs="*", metavar="PROMISE", help=f"of {', '.join(proofs)}; all")
    asked = parser.parse_args(argv).promises
    if unknown := set(asked) - set(proofs):
        parser.error(f"no proof of {', '.join(sorted(unknown))}; there are: {', '.join(proofs)}")
    return run({promise: proofs[promise] for promise in asked or proofs}, LOG)


if __name__ == "__main__":
    sys.exit(main())
