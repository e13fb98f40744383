"""The reference pages, derived from the tables of the code, so that they cannot fall behind it.

python -m shared.reference        writes shared/docs/reference.md
"""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from shared.cli import COMMANDS
from shared.domain.facts import FACTS
from shared.domain.refusals import REFUSALS
from shared.domain.ticket import MOVES
from shared.protocol.routes import AUTHORITY_PATH, EVENTS_PATH, OPENAPI_PATH, PHONE_PATH, ROUTES


def page() -> str:
    """The whole reference as Markdown."""
    return "\n".join([*_intro(), *_commands(), *_states(), *_routes(), *_refusals(), *_facts(), ""])


def path() -> Path:
    """Where the page is committed."""
    return Path(str(files("shared").joinpath("docs", "reference.md")))


def _intro() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Derived from the code by `python -m shared.reference`; a test fails when it falls behind."


def _commands() -> Iterator[str]:
    yield from _table("Commands", ("command", "what it does"), (
        (f"`hall {name}`", meaning) for name, (_, meaning) in COMMANDS.items()
    ))  # fmt: skip


def _states() -> Iterator[str]:
    yield from _table("Moves of a ticket", ("move", "from", "to"), (
        (f"`{move}`", ", ".join(sorted(arrow.sources)), arrow.target.value) for move, arrow in MOVES.items()
    ))  # fmt: skip


def _routes() -> Iterator[str]:
    rows = [(f"`{r.method} {r.path}`", r.permission.value, r.summary) for r in ROUTES]
    rows += [
        (f"`GET {EVENTS_PATH}`", "hall", "Server-sent events; `after` or `Last-Event-ID` resumes."),
        (f"`GET {OPENAPI_PATH}`", "open", "The OpenAPI document."),
        (f"`GET {AUTHORITY_PATH}`", "open", "The certificate of the hall's own authority (PEM)."),
        (
            f"`GET {PHONE_PATH}`",
            "the token",
            "The citizen's page; below it `/events`, `/why`, `/remind` and `/cancel`.",
        ),
    ]
    yield from _table("Routes", ("address", "permission", "what it does"), rows)


def _refusals() -> Iterator[str]:
    yield from _table("Refusals", ("code", "status", "sentence"), (
        (f"`{code}`", str(refusal.status), f"{refusal.zh} / {refusal.en}")
        for code, refusal in REFUSALS.items()
    ))  # fmt: skip


def _facts() -> Iterator[str]:
    yield from _table("Facts", ("name", "meaning"), ((f"`{name}`", text) for name, text in FACTS.items()))


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", _row(heads), _row(("---",) * len(heads)))
    yield from (_row(row) for row in rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    path().write_text(page(), encoding="utf-8")
