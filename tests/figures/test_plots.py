"""The pictures: valid, the same each time, in the right words, and honest about having nothing to show."""

import struct
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest

from shared.domain.estimate import Method
from shared.domain.moments import HALL_ZONE
from shared.figures import type as faces
from shared.figures.kept import promised_against_actual
from shared.figures.plots import waits_over_day, what_if
from shared.figures.series import Comparison, Effect, Form, Label, Series, Span, half_hours
from shared.figures.sheet import MOST_PANELS
from shared.figures.waits import Outcome

DAY = date(2026, 11, 23)
LANES = "ABCDEFGHJKLMNPQR"


def moment(minute: float) -> datetime:
    return datetime.combine(DAY, time(), HALL_ZONE) + timedelta(minutes=minute)


def series(count: int, lane: str = "A", zh: str = "综合", en: str = "General", slow: float = 1.0) -> Series:
    points = [(moment(510 + n * 480 / count), (n * 37 % 41) * slow) for n in range(count)]
    return Series(f"{lane} {zh}", f"{lane} {en}", points)


def outcomes(count: int) -> list[Outcome]:
    return [
        Outcome("A", moment(600), n * 17 % 40, 4, n % 30 + 5, n % 30, n % 30 + 10, Method.PACE)
        for n in range(count)
    ]


SPAN = Span(moment(610), moment(680), "7 号窗口开 F", "Window 7 open for F")
PICTURES: dict[str, Callable[[Form], bytes]] = {
    "day": lambda form: waits_over_day([series(60), series(40, "B")], DAY, form),
    "day of twelve lanes": lambda form: waits_over_day([series(30, lane) for lane in LANES[:12]], DAY, form),
    "day of 2,000": lambda form: waits_over_day([series(2000)], DAY, form),
    "day of one": lambda form: waits_over_day([series(1)], DAY, form),
    "empty day": lambda form: waits_over_day([], DAY, form),
    "few promises": lambda form: promised_against_actual(outcomes(40), Label("本周", "This week"), form),
    "2,000 promises": lambda form: promised_against_actual(outcomes(2000), None, form),
    "no promises": lambda form: promised_against_actual([], None, form),
    "what if": lambda form: what_if([Comparison(series(60), series(60, slow=0.5))], [SPAN], DAY, form),
    "what if with nobody": lambda form: what_if([], [SPAN], DAY, form),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_png_is_whole_and_as_wide_as_a_screen(name: str) -> None:
    picture = PICTURES[name]("png")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (1920, 1080)
    assert chunks(picture)[-1] == b"IEND"


def chunks(picture: bytes) -> list[bytes]:
    """The names of a PNG's chunks; each is checked by its sum."""
    found, place = [], 8
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        body, crc = picture[place + 4 : place + 8 + length], picture[place + 8 + length : place + 12 + length]
        assert zlib.crc32(body) == int.from_bytes(crc, "big")
        found.append(body[:4])
        place += 12 + length
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_an_svg_is_text_that_stays_the_same(name: str) -> None:
    """A glyph that is missing would be a warning, and warnings are errors here."""
    picture = PICTURES[name]("svg")
    assert picture == PICTURES[name]("svg")
    assert words(picture)
    assert str(DAY.year) in " ".join(words(picture)) or "promises" in name
    assert b"dc:date" not in picture


def words(picture: bytes) -> list[str]:
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own picture
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def said(picture: bytes) -> str:
    return "\n".join(words(picture))


@pytest.mark.parametrize("count", [1, 3, 4])
def test_every_lane_is_named_in_both_languages(count: int) -> None:
    page = said(waits_over_day([series(20, lane) for lane in LANES[:count]], DAY))
    for lane in LANES[:count]:
        assert f"{lane} 综合  {lane} General" in page


def test_beyond_its_panels_the_busiest_lanes_are_drawn_and_it_says_so() -> None:
    given = [series(5 if n == 3 else 20 + n, lane) for n, lane in enumerate(LANES)]
    page = said(waits_over_day(given, DAY))
    assert len(given) == MOST_PANELS + 1
    assert "D 综合" not in page
    assert "Drawn are the busiest 15 of 16 lanes" in page


def test_the_caption_counts_all_numbers() -> None:
    page = said(waits_over_day([series(2), Series("B", "B", [(moment(600), 80.4)])], DAY))
    assert "3 个号，平均等候 39 分钟，最长 80 分钟" in page
    assert "Numbers: 3; mean wait 39 min, longest 80 min" in page


def test_an_empty_picture_says_so() -> None:
    for picture in (waits_over_day([series(0)], DAY), what_if([], [SPAN], DAY)):
        assert "这一天没有叫号记录" in said(picture)
        assert "No calls were recorded" in said(picture)
    told_long = Outcome("A", moment(600), 130, 60, 140, None, None, Method.PACE, long=True)
    assert "没有承诺过等候分钟数" in said(promised_against_actual([told_long]))


def test_promises_are_counted_by_how_they_came_out() -> None:
    def promised(waited: float) -> Outcome:
        return Outcome("A", moment(600), waited, 4, 15, 10, 20, Method.PACE)

    long = Outcome("A", moment(600), 130, 60, 140, None, None, Method.PACE, long=True)
    page = said(promised_against_actual([*map(promised, (10, 15, 20, 25, 9)), long]))
    assert "5 次承诺，60% 应验，平均偏差 5.2 分钟" in page
    assert "20% took longer, 20% were called earlier" in page
    assert "without minutes: 1" in page
    assert "Promised interval" in page


def test_many_promises_are_drawn_as_a_band() -> None:
    assert "Usual interval" in said(promised_against_actual(outcomes(200)))


def test_what_if_names_the_change_and_its_effect() -> None:
    before, after = series(60), series(60, slow=0.5)
    page = said(what_if([Comparison(before, after)], [SPAN], DAY))
    assert "10:10–11:20 7 号窗口开 F  Window 7 open for F, 10:10–11:20" in page
    assert "A 综合：最长等候 40 → 20 分钟" in page
    assert "As it was" in page
    assert "As it would be" in page
    stated = Comparison(before, after, Effect(41, 18, 20, 11))
    assert "longest wait 41 → 18 min, mean 20 → 11 min" in said(what_if([stated], [SPAN], DAY))


def test_the_most_changed_lanes_are_named_first() -> None:
    same = [Comparison(series(20, lane), series(20, lane)) for lane in "ABC"]
    changed = Comparison(series(20, "D"), series(20, "D", slow=0.1))
    page = said(what_if([*same, changed], [SPAN], DAY))
    assert "D General: longest wait" in page
    assert "C General: longest wait" not in page


def test_half_hours_have_a_band_only_where_nine_in_ten_mean_something() -> None:
    few, many = half_hours([(600.0 + n, float(n)) for n in range(4)] + [(640.0, n) for n in range(101)])
    assert (few.at, few.median, few.low, few.high) == (601.5, 1.5, None, None)
    assert (many.at, many.median, many.low, many.high) == (640, 50, 5, 95)


def test_a_lane_may_be_called_anything() -> None:
    odd = Series("A $x^{2$ 😀 <b>\t龘", "A $x^{2$ 😀 <b>", [(moment(600), 5.0)])
    page = said(waits_over_day([odd], DAY))
    assert "$x^{2$ ? <b>" in page
    assert "龘" in page


@pytest.fixture
def without_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "family", lambda: faces.LATIN)


@pytest.mark.usefixtures("without_chinese")
@pytest.mark.parametrize("name", PICTURES)
def test_without_a_chinese_face_there_is_english_and_no_box(name: str) -> None:
    assert "fonts-noto-cjk" in faces.warning()
    page = said(PICTURES[name]("svg"))
    assert page.isascii() or set(page) - set(map(chr, range(128))) <= set("→–…")
    assert "?" not in page


def test_with_a_chinese_face_there_is_nothing_to_warn_of() -> None:
    assert faces.family() == "Noto Sans CJK SC"
    assert faces.warning() == ""


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Series("A", "A", [(datetime(2026, 11, 23, 9), 1.0)])  # noqa: DTZ001
    with pytest.raises(ValueError, match="ends after"):
        Span(moment(600), moment(600), "", "")
