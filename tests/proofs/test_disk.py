"""The search for ID numbers finds them in every dress, and nothing else."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from shared.store.sqlite import connect
from shared.testing import id_number
from tests.proofs.disk import id_numbers, in_bytes, in_file, marked, search

NUMBER = id_number("19640229", 17)
SEEK = id_numbers()


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", data)
    return out.getvalue()


def png_with(text: str) -> bytes:
    """A picture that says it in its compressed text."""
    said, out = PngInfo(), io.BytesIO()
    said.add_text("Comment", text, zip=True)
    Image.new("L", (1, 1)).save(out, "PNG", pnginfo=said)
    return out.getvalue()


def everywhere(char: str) -> str:
    return "".join(f"\\u{ord(each):04x}" for each in char)


DRESSES: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32-le"),
    "backwards": lambda text: text[::-1].encode(),
    "grouped": lambda text: f"{text[:6]} {text[6:14]} {text[14:]}".encode(),
    "hyphens": lambda text: f"{text[:6]}-{text[6:14]}-{text[14:]}".encode(),
    "small x": lambda text: text.lower().encode(),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "hex after a digit": lambda text: b"7" + text.encode().hex().encode(),
    "spaced hex": lambda text: text.encode().hex(" ").encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, shifted once": lambda text: base64.b64encode(b"." + text.encode()),
    "base64, shifted twice": lambda text: base64.urlsafe_b64encode(b"??" + text.encode() + b"\xff\xff"),
    "JSON escapes": lambda text: json.dumps({"id": "#"}).replace("#", everywhere(text)).encode(),
    "percent": lambda text: "".join(f"%{ord(each):02X}" for each in text).encode(),
    "entities": lambda text: "".join(f"&#{ord(each)};" for each in text).encode(),
    "zip": lambda text: zipped(text.encode()),
    "zip of base64 of UTF-16": lambda text: zipped(base64.b64encode(text.encode("utf-16-le"))),
    "gzip": lambda text: gzip.compress(text.encode()),
    "PNG text": lambda text: png_with(text),
    "PDF stream": lambda text: b"%PDF-1.7\nstream\n" + zlib.compress(text.encode()) + b"\nendstream",
    "a quoted path": lambda text: quote(f"/take?card={text}").encode(),
}


_FILES = (b"\x89PNG", b"%PDF", b"PK", b"\x1f\x8b")
"""Beginnings of files, which nothing stands before."""


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("serial", [17, 22, 109])
def test_it_is_found_in_every_dress(dress: str, serial: int) -> None:
    number = id_number("19640229", serial)
    data = DRESSES[dress](number)
    if data[:4] not in _FILES and data[:2] not in _FILES:
        data = b"\x00\x17before " + data + b" after"
    assert number in {found for _, found in in_bytes(data, SEEK)}


@given(st.binary(max_size=400), st.binary(max_size=400), st.sampled_from(["plain", "hexadecimal", "base64"]))
def test_whatever_stands_around_it(before: bytes, after: bytes, dress: str) -> None:
    data = before + b"\n" + DRESSES[dress](NUMBER) + b"\n" + after
    assert NUMBER in {found for _, found in in_bytes(data, SEEK)}


@pytest.mark.parametrize(
    "text",
    [
        NUMBER[:17],
        NUMBER[:6] + "*" * 8 + NUMBER[14:],
        NUMBER[:-1] + "?",
        "430602" + "0" * 40,
        "430602" + "19991399" * 4,
    ],
)
def test_what_is_no_number_is_not_found(text: str) -> None:
    assert not list(in_bytes(text.encode(), SEEK))


def test_a_wrong_check_character_is_another_number() -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    assert not list(in_bytes(wrong.encode(), SEEK))


def test_a_value_in_the_log_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (?)", (NUMBER,))
        assert ("SQLite: as it stands", NUMBER) in in_file(path, SEEK)
        assert f"hall.db-wal has {NUMBER} (as it stands)" in list(search(tmp_path, SEEK))


def test_a_name_of_a_file_and_a_mark(tmp_path: Path) -> None:
    (tmp_path / f"{NUMBER}.jpg").write_bytes(b"\xff\xd8 MARK \xff\xd9")
    assert list(search(tmp_path, SEEK)) == [f"{NUMBER}.jpg has {NUMBER} (in its name)"]
    assert list(search(tmp_path, marked([b"MARK"])))
    assert not list(search(tmp_path, marked([b"MARX"])))


def test_a_value_that_is_cut_over_two_pages_and_a_term_of_an_index(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    long = [("." * n + NUMBER + "." * 9000,) for n in range(4060, 4100)]
    indexed = id_number("19640229", 18)
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", long)
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(x, content='')")
        connection.executemany("INSERT INTO found VALUES (?)", [(indexed[:-1] + "A",), (indexed,)])
        assert {number for _, number in in_file(path, SEEK)} == {NUMBER, indexed}


def test_a_broken_database_is_searched_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    path.write_bytes(b"SQLite format 3\0" + NUMBER.encode() + bytes(range(256)))
    assert in_file(path, SEEK) == {("as it stands", NUMBER)}
