"""The slip on both papers, printed by the simulated printer and read back from its paper."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hardware.printer.document import Document
from hardware.printer.driver import PrintResult
from hardware.registry import open_printer
from hardware.simulators import simulated_device
from kiosk.slip import WORDS, Language, compose_slip
from shared.domain.ordering import Priority
from shared.domain.ticket import State
from shared.protocol.messages import Estimate, HallInfo, Lane, Matter, TakenTicket, Ticket

TAKEN_AT = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
URL = "http://192.168.1.20:8080/t/0123456789abcdefghijkl"
COLUMNS = {"58": 32, "80": 48}
HALL = HallInfo(
    name="岳阳市政务服务中心（示例）",
    name_en="Yueyang Government Service Centre (sample)",
    sample=True,
    now=TAKEN_AT,
    speed=1,
    day=date(2026, 11, 23),
    languages=["zh"],
)
LANE = Lane(
    letter="A",
    name="综合窗口",
    name_en="General",
    place="二楼 东区 1-10 号窗口",
    place_en="Floor 2 east, windows 1-10",
    waiting=12,
    estimate=None,
    open=True,
    closes_at=None,
    opens_at=None,
)
MATTER = Matter(
    id="m1",
    name="不动产登记",
    name_en="Property registration",
    lane="A",
    department="自然资源局",
    materials=["身份证", "购房合同", "完税证明"],
    promise_days=1,
    minutes=20,
)


def taken(
    number: str = "A012",
    ahead: int | None = 12,
    estimate: Estimate | None = None,
    window: int | None = None,
) -> TakenTicket:
    ticket = Ticket(
        id=1,
        number=number,
        lane="A",
        state=State.WAITING,
        taken_at=TAKEN_AT,
        sort_at=TAKEN_AT,
        priority=Priority.NONE,
        ahead=ahead,
        estimate=estimate,
        window=window,
    )
    return TakenTicket(ticket=ticket, url=URL)


def words_of(document: Document) -> str:
    """Every word of a document, block by block, as it goes to the encoder."""
    return "\n".join(
        " ".join(str(getattr(block, name)) for name in ("text", "left", "right") if hasattr(block, name))
        for block in document.blocks
    )


@pytest.mark.parametrize("paper", ["58", "80"])
def test_the_printed_slip_reads_back(paper: str, tmp_path: Path) -> None:
    slip = compose_slip(
        HALL, taken(estimate=Estimate(kind="minutes", low=15, high=25)), LANE, MATTER, columns=COLUMNS[paper]
    )
    with simulated_device("printer", "--paper", paper, "--speed", "0", "--output", str(tmp_path)) as device:
        printer = open_printer(device.spec)
        assert printer is not None
        printer.open()
        outcome = printer.print(slip)
        printer.close()
    assert outcome.result is PrintResult.CONFIRMED
    text = (tmp_path / "slip-0001.txt").read_text(encoding="utf-8")
    for words in ("岳阳市政务服务中心\n", "A012\n", "前面 12 人\n", "约 15-25 分钟\n", "2026-11-23 10:32"):
        assert words in text
    assert WORDS["missed"]["zh"] in text.replace("\n", "")
    assert "身份证、购房合同、完税证明" in text.replace("\n", "")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "slip-0001.png")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout.strip() == URL


def test_without_an_estimate_no_minutes_are_promised() -> None:
    words = words_of(compose_slip(HALL, taken(), LANE, MATTER, columns=48))
    assert "前面 12 人" in words
    assert "分钟" not in words


@pytest.mark.parametrize("ahead", [0, 1, 300])
def test_the_people_ahead_are_always_told(ahead: int) -> None:
    assert f"前面 {ahead} 人" in words_of(compose_slip(HALL, taken(ahead=ahead), LANE, None, columns=48))


def test_a_long_wait_is_told_in_words() -> None:
    words = words_of(compose_slip(HALL, taken(estimate=Estimate(kind="long")), LANE, None, columns=48))
    assert WORDS["long"]["zh"] in words
    assert "分钟" not in words


def test_a_copy_bears_the_same_number_and_the_mark() -> None:
    first = words_of(compose_slip(HALL, taken(), LANE, MATTER, columns=48))
    copy = words_of(compose_slip(HALL, taken(), LANE, MATTER, columns=48, copy=True))
    assert "补打" not in first
    assert "补打" in copy
    assert "A012" in copy


def test_a_copy_after_the_call_names_the_window() -> None:
    words = words_of(compose_slip(HALL, taken(ahead=None, window=3), LANE, None, columns=48, copy=True))
    assert "请到 3 号窗口" in words


def test_narrow_paper_has_fewer_words() -> None:
    wide, narrow = (words_of(compose_slip(HALL, taken(), LANE, MATTER, columns=n)) for n in (48, 32))
    assert len(narrow) < len(wide)
    assert WORDS["missed"]["zh"] in narrow


@pytest.mark.parametrize("key", sorted(WORDS))
def test_every_sentence_has_both_languages(key: str) -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    assert all(WORDS[key][language] for language in languages)


def test_an_english_slip_has_no_chinese_sentence() -> None:
    words = words_of(compose_slip(HALL, taken(), LANE, None, columns=48, language="en"))
    assert words.isascii()
