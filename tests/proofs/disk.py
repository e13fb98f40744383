"""Is an ID number on the disk? Searches every file below a folder, in every dress a program may give a text.

A number is found by its form alone (an area, a date that was, a right check character), so whatever wrote it
needs no mark but the area. Dresses: as it stands, grouped by blanks or hyphens, UTF-16 and UTF-32, backwards,
hexadecimal, base64, JSON and percent escapes; inside archives, compressed streams (gzip, PDF, PNG text) and
every value and search term of an SQLite file. Text inside a picture's pixels is not read.
"""

import base64
import binascii
import gzip
import io
import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.domain.identity import check_character
from shared.store.sqlite import DAMAGED, Connection, connect

AREA = "430602"
"""Of every ID number that the tests make up (shared.testing.id_number)."""
_DEEPEST = 4
"""Archives in archives, base64 in JSON in a table: beyond this nothing is unpacked."""
_LARGEST = 64 << 20
_SQLITE = b"SQLite format 3\x00"

Seek = Callable[[bytes], Iterator[str]]
"""What is sought, in bytes as they stand: yields a word for each find."""


def id_numbers(areas: Iterable[str] = (AREA,)) -> Seek:
    """Finds ID numbers of some areas, in one-byte, UTF-16 and UTF-32 texts, forwards and backwards."""
    forward = re.compile(_spelt("|".join(_loose(area) for area in areas), backwards=False))
    backward = re.compile(_spelt("|".join(_loose(area[::-1]) for area in areas), backwards=True))

    def seek(data: bytes) -> Iterator[str]:
        for pattern, way in ((forward, 1), (backward, -1)):
            for found in pattern.finditer(data):
                plain = re.sub(rb"[^0-9Xx]", b"", found[1])[::way].decode().upper()
                if _is_number(plain):
                    yield plain

    return seek


_GAP = rb"(?:\x00{1,3}|[ -])?"


def _loose(digits: str) -> str:
    return _GAP.decode().join(digits)


def _spelt(area: str, *, backwards: bool) -> bytes:
    """The 18 characters; what stands beside them may be a digit as well, such as a length."""
    rest = [r"\d"] * 11 + [r"[\dXx]"]
    parts = [*reversed(rest), f"(?:{area})"] if backwards else [f"(?:{area})", *rest]
    return f"(?=({_GAP.decode().join(parts)}))".encode()


def _is_number(text: str) -> bool:
    """A date that was, and a right check character."""
    try:
        date.fromisoformat(f"{text[6:10]}-{text[10:12]}-{text[12:14]}")
    except ValueError:
        return False
    return text[-1] == check_character(text[:17])


def marked(marks: Iterable[bytes]) -> Seek:
    """Finds any of some byte strings: parts of a photo, a full name."""
    kept = list(marks)

    def seek(data: bytes) -> Iterator[str]:
        for mark in kept:
            if mark in data:
                yield mark.hex()

    return seek


def search(folder: Path, seek: Seek, skip: Callable[[Path], bool] = lambda _: False) -> Iterator[str]:
    """A sentence for each file that holds what is sought, and in which dress."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not skip(path):
            for dress, found in in_file(path, seek):
                yield f"{path.relative_to(folder)} has {found} ({dress})"


def in_file(path: Path, seek: Seek) -> set[tuple[str, str]]:
    """Every find in a file, with its dress; in its name too."""
    data = path.read_bytes()
    found = {("in its name", each) for each in seek(path.name.encode())}
    found |= set(in_bytes(data, seek))
    if data.startswith(_SQLITE):
        found |= {(f"SQLite: {dress}", each) for dress, each in _in_database(path, seek)}
    return found


def in_bytes(data: bytes, seek: Seek, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every find in some bytes and in what they wrap."""
    for each in seek(data):
        yield "as it stands", each
    if depth < _DEEPEST:
        for dress, inner in _undressed(data):
            for inside, each in in_bytes(inner, seek, depth + 1):
                yield (dress if inside == "as it stands" else f"{dress}: {inside}"), each


def _undressed(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield from (("base64", inner) for inner in _of_base64(data))
    yield from (("hexadecimal", inner) for inner in _of_hex(data))
    yield from (("escaped", inner) for inner in _of_escapes(data))
    yield from (("packed", inner) for inner in _of_archives(data))


_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
_HEX = re.compile(rb"[0-9A-Fa-f]{36,}|(?:[0-9A-Fa-f]{2}[ :]){17,}[0-9A-Fa-f]{2}")
_ESCAPES = re.compile(rb"(?:\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}|&#x?[0-9A-Fa-f]+;|[0-9Xx -]){18,}")
_ESCAPE = re.compile(rb"\\u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})|&#x([0-9A-Fa-f]+);|&#([0-9]+);")


def _of_base64(data: bytes) -> Iterator[bytes]:
    """Runs of its letters, decoded from each of the four places at which a group may begin."""
    for run in _BASE64.finditer(data):
        letters = run[0].translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            yield base64.b64decode(_padded(letters[start:]))


def _padded(letters: bytes) -> bytes:
    """With its full last group; a single letter there says nothing."""
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return whole + b"=" * (-len(whole) % 4)


def _of_hex(data: bytes) -> Iterator[bytes]:
    for run in _HEX.finditer(data):
        digits = re.sub(rb"[ :]", b"", run[0])
        for part in (digits, digits[1:]):
            yield binascii.unhexlify(part[: len(part) // 2 * 2])


def _of_escapes(data: bytes) -> Iterator[bytes]:
    for run in _ESCAPES.finditer(data):
        if b"\\" in run[0] or b"%" in run[0] or b"&" in run[0]:
            yield _ESCAPE.sub(_plain, run[0])


def _plain(escape: "re.Match[bytes]") -> bytes:
    written = escape[4]
    code = int(written) if written else int(escape[1] or escape[2] or escape[3], 16)
    return chr(code).encode() if code < 0x110000 else b""


def _of_archives(data: bytes) -> Iterator[bytes]:
    if data[:2] == b"PK":
        yield from _of_zip(data)
    if data[:2] == b"\x1f\x8b":
        yield from _gently(lambda: gzip.decompress(data))
    if data[257:262] == b"ustar":
        yield from _of_tar(data)
    if data[:4] == b"%PDF":
        for start in re.finditer(rb"stream\r?\n", data):
            yield from _inflated(data[start.end() :])
    if data[:4] == b"\x89PNG":
        for kind, chunk in _chunks(data):
            if kind in (b"zTXt", b"iTXt"):
                yield from (
                    inner for at in re.finditer(rb"\x78", chunk) for inner in _inflated(chunk[at.start() :])
                )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each chunk (PNG, 5.3); the pixels are among them."""
    at = 8
    while at + 8 <= len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _inflated(data: bytes) -> Iterator[bytes]:
    yield from _gently(lambda: zlib.decompressobj().decompress(data, _LARGEST))


def _of_zip(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return


def _of_tar(data: bytes) -> Iterator[bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                if (inner := archive.extractfile(member)) is not None:
                    yield inner.read()
    except tarfile.TarError:
        return


def _gently(unpack: Callable[[], bytes]) -> Iterator[bytes]:
    try:
        yield unpack()
    except (OSError, EOFError, zlib.error):
        return


def _in_database(path: Path, seek: Seek) -> Iterator[tuple[str, str]]:
    """Every value of every table, as a reader of the file and its log gets it, on a copy."""
    with TemporaryDirectory(prefix="disk-") as made:
        copy = Path(made) / path.name
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
        try:
            with closing(connect(copy)) as connection:
                for table in _tables(connection):
                    yield from in_bytes(b"\n".join(_values(connection, table)), seek)
        except DAMAGED:
            return  # a file that a test broke; its bytes were searched


def _tables(connection: Connection) -> list[str]:
    """Every table; of a full-text index its terms as well, which it keeps without their common beginnings."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    for name, made in rows:
        if "fts5" in str(made):
            connection.execute(f"CREATE VIRTUAL TABLE temp.terms_{name} USING fts5vocab(main, {name}, 'row')")
            rows = [*rows, (f"terms_{name}", "")]
    return [name for name, _ in rows]


def _values(connection: Connection, table: str) -> Iterator[bytes]:
    for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name of the file's own
        for value in row:
            if isinstance(value, bytes):
                yield value
            elif value is not None:
                yield str(value).encode("utf-8", "surrogatepass")
