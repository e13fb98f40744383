"""Why a number waits, printed on request: by its code, by card, on both papers, and without a printer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.device import DeviceState
from hardware.printer.driver import PrintResult
from hardware.registry import open_printer
from hardware.simulators import simulated_device
from kiosk.reasons_slip import MOST_LINES, WORDS, compose_reasons
from kiosk.slip import Language
from kiosk.testing import KioskInHand
from shared.domain.ordering import Priority
from shared.domain.why import Code
from shared.protocol import messages as m
from shared.testing import id_number

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
HALL = m.HallInfo(
    name="岳阳市政务服务中心（示例）",
    name_en="Yueyang Government Service Centre (sample)",
    sample=True,
    now=NOW,
    speed=1,
    day=NOW.date(),
    languages=["zh"],
)


def before(number: str, code: Code = Code.EARLIER, window: int | None = None) -> m.Before:
    return m.Before(
        number=number,
        lane="A",
        code=code,
        zh=f"{number} 先于您：取号更早（09:12，您 09:15）",
        en=f"{number} is before you: its number was taken earlier (09:12, you 09:15)",
        window=window,
        called_at=None if window is None else NOW,
    )


def why(ahead: int = 2) -> m.Why:
    return m.Why(
        number="A017",
        lane="A",
        at=NOW,
        own=m.Said(zh="您 09:15 取号，按取号时刻排。", en="You: taken at 09:15, by that moment."),
        ahead=[before(f"A{n:03d}") for n in range(1, ahead + 1)],
        ahead_count=ahead,
        beside=[before("B001")],
        beside_count=1,
        called=[before("A000", Code.CHOSEN, 3), before("A018", window=2)],
        called_count=2,
        windows=[m.Said(zh="1、2 号窗口也叫 B 队列：排序时刻最早的先叫。", en="Windows 1, 2 also call B.")],
    )


@pytest.mark.parametrize("paper", ["58", "80"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_reads_back(paper: str, language: Language, tmp_path: Path) -> None:
    document = compose_reasons(HALL, why(), language=language)
    with simulated_device("printer", "--paper", paper, "--speed", "0", "--output", str(tmp_path)) as device:
        printer = open_printer(device.spec)
        assert printer is not None
        printer.open()
        outcome = printer.print(document)
        printer.close()
    assert outcome.result is PrintResult.CONFIRMED
    text = (tmp_path / "slip-0001.txt").read_text("utf-8").replace("\n", "").replace(" ", "")
    said = why()
    sentences: list[m.Said | m.Before] = [said.own, *said.ahead, *said.beside, said.called[0], *said.windows]
    for one in sentences:
        assert (one.zh if language == "zh" else one.en).replace(" ", "") in text
    assert "10:20" in text, "the moment it was true"
    assert "A018" not in text, "who merely came earlier and was called needs no line"


def test_a_long_line_is_counted_and_not_unrolled() -> None:
    document = compose_reasons(HALL, why(40))
    text = "\n".join(getattr(block, "text", "") for block in document.blocks)
    assert text.count("先于您") == MOST_LINES + 2
    assert f"另有 {40 - MOST_LINES} 人" in text


def test_every_sentence_has_both_languages() -> None:
    assert all(words["zh"] and words["en"] for words in WORDS.values())


def take(kiosk: KioskInHand, **more: object) -> m.TakenTicket:
    request = m.TakeTicket(channel="kiosk", lane="A", **more)  # type: ignore[arg-type]
    return kiosk.hub.client("citizen-kiosk").ask(m.TakenTicket, "take_ticket", request)


def scan(kiosk: KioskInHand, taken: m.TakenTicket) -> None:
    assert kiosk.scanner is not None
    kiosk.until(lambda: kiosk.model.devices.scanner_state is DeviceState.READY, "no scanner")
    kiosk.scanner.command("scan", taken.url)
    kiosk.until(lambda: kiosk.text("code-number") == taken.ticket.number, "the ticket is not shown")


def test_a_scanned_number_is_explained_on_paper(kiosk: KioskInHand) -> None:
    mine = take(kiosk)
    elderly = take(kiosk, priority=Priority.ELDERLY)
    scan(kiosk, mine)
    kiosk.tap("code-why")
    kiosk.until(lambda: "已打印" in kiosk.text("code-advice"), "nothing was said of it")
    [paper] = kiosk.slips()
    assert f"{mine.ticket.number} 排队说明" in paper
    sentence = f"{elderly.ticket.number} 先于您：65 岁以上老年人，按公示提前 20 分钟"
    assert sentence.replace(" ", "") in paper.replace("\n", "").replace(" ", "")
    assert kiosk.fate_of_slip(mine.ticket.number) == "", "it is no slip: its number is as it was"
    scan(kiosk, elderly)
    assert "已打印" not in kiosk.text("code-advice"), "what was said belonged to the other number"


def test_a_number_found_by_card_is_explained_too(kiosk: KioskInHand) -> None:
    assert kiosk.reader is not None
    number = id_number("19750101", 7)
    mine = take(kiosk, identity=m.Identity(number=number, name="李四"))
    kiosk.tap("find-ticket")
    kiosk.reader.command("put", "李四", number)
    kiosk.tap(f"why-{mine.ticket.number}")
    kiosk.until(lambda: any(f"{mine.ticket.number} 排队说明" in paper for paper in kiosk.slips()))


def test_paper_that_runs_out_is_told_and_the_phone_is_offered(kiosk: KioskInHand) -> None:
    mine = take(kiosk)
    scan(kiosk, mine)
    kiosk.until(lambda: kiosk.seen("code-why"))
    assert kiosk.printer is not None
    kiosk.printer.command("out-at 400")
    kiosk.tap("code-why")
    kiosk.until(lambda: "手机" in kiosk.text("code-advice"), "its failure was not told")
    kiosk.until(lambda: kiosk.seen("code-why") is None, "it cannot be tried without paper")
    kiosk.printer.command("paper in")
    kiosk.until(lambda: kiosk.seen("code-why"), "it comes back with the paper")
