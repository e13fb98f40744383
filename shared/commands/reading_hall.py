"""A hall's file opened for reading only, for commands that look at the past while the hub goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.store.house import House
from shared.store.sqlite import Connection, Error, connect


class HallUnreadableError(RuntimeError):
    """There is no hall in the folder, or it may not be read."""


@contextmanager
def open_hall(house: House) -> Iterator[Connection]:
    """One state of the file throughout the block. Raises HallUnreadableError."""
    try:
        connection = connect(house.database, read_only=True)
    except (Error, OSError) as error:
        raise HallUnreadableError(f"the hall of {house.folder} cannot be read: {error}") from error
    try:
        connection.execute("BEGIN")
        yield connection
    except Error as error:
        raise HallUnreadableError(f"{house.database}: {error}") from error
    finally:
        connection.close()
