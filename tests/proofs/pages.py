"""The pages of an SQLite file by what they are for (sqlite.org/fileformat2.html, 1.3 to 1.6 and 4)."""

import struct
from collections.abc import Iterator

PAGE = 4096
_HEADER, _WAL_HEADER, _FRAME_HEADER = 100, 32, 24
_KINDS = {2: "interior index", 5: "interior table", 10: "leaf index", 13: "leaf table"}

Spans = dict[str, list[tuple[int, int]]]
"""Class -> where its bytes are: begin and end."""


def spans_of_file(content: bytes, roots: list[int]) -> Spans:
    """Every page of a file of 4096-byte pages; `roots`: where its tables and indexes begin.

    Of a page of a tree, its head and the places of its cells are one class and the cells another: between
    the two nothing is stored.
    """
    found: Spans = {"header": [(0, _HEADER)]}
    seen = {1}
    for root in (1, *roots):
        for page in _tree(content, root):
            seen.add(page)
            head, cells = _parts(content, page)
            kind = "schema" if root == 1 else _KINDS[content[head[0]]]
            found.setdefault(f"head of {kind}", []).append(head)
            found.setdefault(kind, []).append(cells)
    for page in _free(content):
        seen.add(page)
        found.setdefault("free", []).append(((page - 1) * PAGE, page * PAGE))
    for page in range(1, len(content) // PAGE + 1):
        if page not in seen:  # neither in a tree nor free: the rest of a row that fits into no page
            found.setdefault("overflow", []).append(((page - 1) * PAGE, page * PAGE))
    return found


def _parts(content: bytes, page: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the head of a page is with the places of its cells, and where its cells are."""
    base = (page - 1) * PAGE
    head = base + (_HEADER if page == 1 else 0)
    cells, first = struct.unpack_from(">HH", content, head + 3)
    end = head + (12 if content[head] in (2, 5) else 8) + 2 * cells
    return (head, end), (min(base + first, base + PAGE - 1), base + PAGE)


def spans_of_log(content: bytes) -> Spans:
    """The header of a write-ahead log, the heads of its frames and the pages in them."""
    found: Spans = {"log header": [(0, _WAL_HEADER)]}
    for at in range(_WAL_HEADER, len(content), _FRAME_HEADER + PAGE):
        found.setdefault("log frame head", []).append((at, at + _FRAME_HEADER))
        found.setdefault("log frame page", []).append((at + _FRAME_HEADER, at + _FRAME_HEADER + PAGE))
    return found


def _tree(content: bytes, root: int) -> Iterator[int]:
    """A b-tree's pages: interior pages point to their children."""
    base = (root - 1) * PAGE
    head = base + (_HEADER if root == 1 else 0)
    yield root
    if content[head] in (2, 5):
        (cells,) = struct.unpack_from(">H", content, head + 3)
        (right,) = struct.unpack_from(">I", content, head + 8)
        places = struct.unpack_from(f">{cells}H", content, head + 12)
        for child in (*(struct.unpack_from(">I", content, base + place)[0] for place in places), right):
            yield from _tree(content, child)


def _free(content: bytes) -> Iterator[int]:
    """The free pages: trunks, and the leaves that each lists."""
    (trunk,) = struct.unpack_from(">I", content, 32)
    while trunk:
        yield trunk
        following, count = struct.unpack_from(">II", content, (trunk - 1) * PAGE)
        yield from struct.unpack_from(f">{count}I", content, (trunk - 1) * PAGE + 8)
        trunk = following
