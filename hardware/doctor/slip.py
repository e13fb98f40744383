"""The test slip: what a technician must see whole to trust a printer."""

from hardware.printer.document import Align, Block, Columns, Cut, Document, Feed, Qr, Rule, Text


def test_slip(columns: int, spec: str) -> Document:
    """Both edges of the paper, large and small Chinese, a character outside GBK, a QR code, the cut."""
    ruler = "".join(str(n % 10) for n in range(1, columns + 1))
    blocks: tuple[Block, ...] = (
        Text("测试小票 TEST", size=2, bold=True, align=Align.CENTER),
        Text("不是号票 not a ticket", align=Align.CENTER),
        Rule(),
        Text(ruler),
        Columns("左 left", "右 right"),
        Text("岳阳市政务服务大厅 𠮷 ￥12.50"),
        Text(spec.partition("?")[0]),
        Rule(dashed=True),
        Qr("HALL-DOCTOR", width=0.4),
        Feed(24),
        Cut(),
    )
    return Document(blocks)


test_slip.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's
