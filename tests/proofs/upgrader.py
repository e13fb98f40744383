"""Brings a hall's file up to date, to be killed at any call to the system.

    python -m tests.proofs.upgrader FOLDER [careful|careless]

The control, `careless`, commits after every statement of a step.
"""

import sys
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from shared.store import migrations
from shared.store.house import House
from shared.store.sqlite import connect


def main(folder: str, mode: str = "careful") -> None:
    """As the hub does at its start."""
    if mode == "careless":
        migrations._run = _run_piecemeal
    connection = connect(House(Path(folder)).database)
    migrations.migrate(connection)
    connection.close()


def _run_piecemeal(db: Database, script: str) -> None:
    text = files("shared.store").joinpath(script).read_text("utf-8")
    for statement in migrations._statements(text):
        db.execute(statement)
        db.conn.execute("COMMIT")
        db.conn.execute("BEGIN")


if __name__ == "__main__":
    main(*sys.argv[1:])
