"""The slip a technician prints to see at a glance whether width, cutter, Chinese and QR are right."""

from datetime import datetime

from hardware.printer.document import Align, Block, Columns, Cut, Document, Feed, Qr, Rule, Text
from hardware.printer.profile import Profile

_CHARACTERS = (
    "ABCDEFGHIJ abcdefghij 0123456789",
    "岳阳市政务服务中心 不动产登记",
    "，。、；：？！（）《》“”—…",
    "〇①②③ⅠⅡ℃№§×÷",
    "生僻字 㼆 𠮷 䶮",  # outside GBK: these three are sent as an image
)


def self_test_slip(name: str, at: datetime, profile: Profile) -> Document:
    """The self-test of the printer called `name`, as the settings call it; `at` is printed as it stands.

    The ruler must fill the paper from edge to edge, its last digit against the right one; the code must read
    `name` and the date; the paper must be cut below the last line.
    """
    columns = profile.paper.columns
    when = f"{at:%Y-%m-%d %H:%M}"
    blocks: list[Block] = [
        Text("打印自检", size=2, bold=True, align=Align.CENTER),
        Text("Printer self-test", align=Align.CENTER),
        Rule(),
        Text(name),
        Columns(when, f"{profile.paper.dots // 8} mm / {columns} 列"),
        Rule(dashed=True),
        *ruler(columns),
        Columns("左 L", "R 右"),
        Rule(dashed=True),
        *map(Text, _CHARACTERS),
        Text("A001", size=4, bold=True, align=Align.CENTER),
        Qr(f"{name} {when}"),
        Text("请扫码核对；本行下方应切断", align=Align.CENTER),
        Feed(24),
        Cut(),
    ]
    return Document(tuple(blocks))


def ruler(columns: int) -> tuple[Text, Text]:
    """Two lines as wide as the paper: tens over ones, so that the last column can be read off."""
    tens = "".join(str(n // 10 % 10) if n % 10 == 0 else " " for n in range(1, columns + 1))
    ones = "".join(str(n % 10) for n in range(1, columns + 1))
    return Text(f".{tens[1:]}"), Text(ones)
