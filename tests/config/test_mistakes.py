"""Every mistake of `hall.toml` is told at once: its line, its place, what is wrong, what would be right."""

from pathlib import Path

import pytest

from shared.config import ConfigErrors, Problem, load_hall

GOOD = """\
name = "示例大厅"
name_en = "Sample hall"
public_url = "http://192.168.1.10:8080"
day_change = "03:00"
languages = ["zh"]

[[lanes]]
letter = "A"
name = "综合"
name_en = "General"
place = "一楼 1 号窗口"
place_en = "1F, window 1"
hours = ["Mon-Fri 09:00-12:00 13:00-17:00"]
minutes_per_person = 2

[[lanes]]
letter = "C"
name = "不动产"
name_en = "Real estate"
place = "二楼 2 号窗口"
place_en = "2F, window 2"
hours = ["Mon-Fri 09:00-17:00", "2026-10-01 closed"]
on_kiosk = false

[[windows]]
no = 1
name = "综合窗口"
kind = "general"
place = "一楼"
lanes = ["A", "C"]

[[matters]]
id = "deed"
name = "不动产登记"
name_en = "Property"
lane = "C"
department = "市自然资源和规划局"
materials = ["身份证", "合同"]
promise_days = 1

[[clerks]]
number = "901"
name = "李敏"
role = "manager"
pin = "270901"

[[notices]]
zh = "欢迎"
"""


def load(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    """The mistakes of a file; none when it loads."""
    path = tmp_path / "hall.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load_hall(path)
    except ConfigErrors as errors:
        return errors.problems
    return ()


def changed(before: str, after: str) -> str:
    assert GOOD.count(before) >= 1, before
    return GOOD.replace(before, after, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_good_file_has_none(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == ()


WIDE = "很" * 50
SECOND_WINDOW = '[[windows]]\nno = 1\nname = "窗"\nkind = "zone"\nplace = "一楼"\nlanes = ["A"]\n'
SECOND_MATTER = '[[matters]]\nid = "deed"\nname = "某"\nname_en = "X"\nlane = "A"\ndepartment = "局"\n'
SECOND_CLERK = '[[clerks]]\nnumber = "901"\nname = "王芳"\npin = "270902"\n'
MISTAKES = [
    # before, after, place, what the message holds
    ('name = "示例大厅"\n', "", "name", 'Write name = "..."'),
    ("示例大厅", WIDE, "name", "100 columns wide, and 40 fit"),
    ('"示例大厅"', "5", "name", "5 is not a text"),
    ('"示例大厅"', '""', "name", "it is empty"),
    ('"示例大厅"', r'"示例\n大厅"', "name", "line break"),
    ("day_change", "day_chnage", "day_chnage", "Did you mean day_change"),
    ("day_change", "qqq", "qqq", "Known here: name, name_en"),
    ('"03:00"', '"3 Uhr"', "day_change", "no time of day"),
    ('"03:00"', "1200", "day_change", "no time of day"),
    ('"03:00"', '"10:00"', "day_change", 'lane "A" is open'),
    ("http://192", "192", "public_url", "http://192.168.1.10:8080"),
    ("http://192.168.1.10:8080", "http://hall:port", "public_url", "is no address"),
    ('["zh"]', '["fr"]', "languages[0]", "not spoken here"),
    ('["zh"]', "[]", "languages", "the list is empty"),
    ('["zh"]', '["zh", "zh"]', "languages[1]", "twice"),
    ('["zh"]', '"zh"', "languages", "is not a list"),
    ('letter = "A"', 'letter = "a"', "lanes[0].letter", "one capital letter"),
    ('letter = "A"', 'letter = "AB"', "lanes[0].letter", "one capital letter"),
    ('letter = "A"', "leter = 'A'", "lanes[0].leter", "Did you mean letter"),
    ('letter = "A"', "leter = 'A'", "lanes[0].letter", "it is missing"),
    ('letter = "C"', 'letter = "A"', "lanes[1].letter", '"A" is taken by lanes[0]'),
    ('name = "不动产"', f'name = "{WIDE}"', "lanes[1].name", "16 fit"),
    ('hours = ["Mon-Fri 09:00-12:00 13:00-17:00"]\n', "", "lanes[0].hours", "it is missing"),
    ('["Mon-Fri 09:00-12:00 13:00-17:00"]', "[]", "lanes[0].hours", "the list is empty"),
    ('["Mon-Fri 09:00-12:00 13:00-17:00"]', '["Mon closed"]', "lanes[0].hours", "no weekday is ever open"),
    ('["Mon-Fri 09:00-12:00 13:00-17:00"]', "[9]", "lanes[0].hours[0]", "9 is not a text"),
    ("12:00 13:00", "12:00 11:00", "lanes[0].hours[0]", "09:00-12:00 and 11:00-17:00 overlap"),
    ("2026-10-01 closed", "2026-13-01 closed", "lanes[1].hours[1]", "no date"),
    ("2026-10-01 closed", "Fri 16:00-18:00", "lanes[1].hours", "overlap"),
    ("minutes_per_person = 2", "minutes_per_person = 0", "lanes[0].minutes_per_person", "from 0.1 to 240"),
    ("minutes_per_person = 2", "minutes_per_person = nan", "lanes[0].minutes_per_person", "out of range"),
    ("minutes_per_person = 2", 'minutes_per_person = "2"', "lanes[0].minutes_per_person", "without quotes"),
    ("on_kiosk = false", 'on_kiosk = "no"', "lanes[1].on_kiosk", "neither true nor false"),
    ("no = 1", 'no = 1\nhours = ["Mon 9-12"]', "windows[0].hours[0]", "Mon 9-12"),
    ("no = 1", "no = 1\nhours = []", "windows[0].hours", "the list is empty"),
    ("no = 1", 'no = 1\nhours = ["Sat 09:00-12:00"]', "windows[0].hours", "none of its lanes is open"),
    ("no = 1", "no = 0", "windows[0].no", "from 1 to 999"),
    ("no = 1", "no = 1.5", "windows[0].no", "not a whole number"),
    ("no = 1", "no = true", "windows[0].no", "not a whole number"),
    ("[[matters]]", f"{SECOND_WINDOW}[[matters]]", "windows[1].no", "1 is taken by windows[0]"),
    ('"general"', '"big"', "windows[0].kind", '"general" or "zone" or "video" or "assisted"'),
    ('["A", "C"]', '["A", "X"]', "windows[0].lanes[1]", 'there is no lane "X"'),
    ('["A", "C"]', '["A", "X"]', "lanes[1]", 'no window serves lane "C"'),
    ('["A", "C"]', "[]", "windows[0].lanes", "the list is empty"),
    ('"deed"', '"Deed No 1"', "matters[0].id", "small letters"),
    ("[[clerks]]", f"{SECOND_MATTER}[[clerks]]", "matters[1].id", '"deed" is taken by matters[0]'),
    ('lane = "C"', 'lane = "X"', "matters[0].lane", 'there is no lane "X"'),
    ('name = "不动产登记"', f'name = "{WIDE}"', "matters[0].name", "44 fit"),
    ('["身份证", "合同"]', f'["{WIDE}"]', "matters[0].materials[0]", "48 fit"),
    ('["身份证", "合同"]', '["身份证", "身份证"]', "matters[0].materials[1]", "twice"),
    ("promise_days = 1", "promise_days = -1", "matters[0].promise_days", "from 0 to 365"),
    ("promise_days = 1", "minutes = 0", "matters[0].minutes", "from 1 to 240"),
    ("promise_days = 1", 'bundle = "yes"', "matters[0].bundle", "neither true nor false"),
    ("promise_days = 1", 'audience = "all"', "matters[0].audience", '"citizen" or "business" or "both"'),
    ('number = "901"', 'number = "9-1"', "clerks[0].number", "letters and digits"),
    ("[[notices]]", f"{SECOND_CLERK}[[notices]]", "clerks[1].number", '"901" is taken by clerks[0]'),
    ('"manager"', '"boss"', "clerks[0].role", '"clerk" or "manager"'),
    ('"manager"', '"clerk"', "clerks", "nobody is a manager"),
    ('pin = "270901"\n', "", "clerks[0].pin", "it is missing"),
    ('"270901"', '"123"', "clerks[0].pin", "4 to 12 digits"),
    ('"270901"', '"1234567890123"', "clerks[0].pin", "4 to 12 digits"),
    ('"270901"', '"27o9o1"', "clerks[0].pin", "4 to 12 digits"),
    ('"270901"', '"7777"', "clerks[0].pin", "too easily guessed"),
    ('"270901"', '"4567"', "clerks[0].pin", "too easily guessed"),
    ('"270901"', '"98765"', "clerks[0].pin", "too easily guessed"),
    ('"270901"', "270901", "clerks[0].pin", "in quotes"),
    ('zh = "欢迎"', f'zh = "{WIDE * 2}"', "notices[0].zh", "120 fit"),
    ("[[notices]]", "[notices]", "notices", "[[notices]], two brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "place", "words"), MISTAKES)
def test_a_mistake_names_its_place_and_what_is_right(
    tmp_path: Path, before: str, after: str, place: str, words: str
) -> None:
    problems = load(tmp_path, changed(before, after))
    told = [problem for problem in problems if problem.place == place]
    assert [problem for problem in told if words in str(problem)], problems


@pytest.mark.parametrize("table", ["lanes", "windows", "clerks"])
def test_a_hall_needs_each_of_these(tmp_path: Path, table: str) -> None:
    sections = [part for part in GOOD.split("\n\n") if not part.startswith(f"[[{table}]]")]
    places = [problem.place for problem in load(tmp_path, "\n\n".join(sections))]
    assert table in places


@pytest.mark.parametrize("table", ["matters", "notices"])
def test_a_hall_may_do_without(tmp_path: Path, table: str) -> None:
    sections = [part for part in GOOD.split("\n\n") if not part.startswith(f"[[{table}]]")]
    assert load(tmp_path, "\n\n".join(sections)) == ()


def test_one_mistake_does_not_hide_another(tmp_path: Path) -> None:
    text = GOOD
    for before, after in [
        ('letter = "C"', 'letter = "c"'),
        ("minutes_per_person = 2", "minutes_per_person = -2"),
        ('"general"', '"big"'),
        ("promise_days = 1", "promise_day = 1"),
        ('"270901"', '"1111"'),
    ]:
        text = text.replace(before, after)
    problems = load(tmp_path, text)
    assert [problem.place for problem in problems] == [
        "lanes[0].minutes_per_person",
        "lanes[1].letter",
        "windows[0].kind",
        "matters[0].promise_day",
        "clerks[0].pin",
    ]
    assert [problem.line for problem in problems] == [
        line_of(text, "minutes_per_person = -2"),
        line_of(text, 'letter = "c"'),
        line_of(text, 'kind = "big"'),
        line_of(text, "promise_day ="),
        line_of(text, "pin ="),
    ]


def test_two_bad_lines_of_hours_are_both_told(tmp_path: Path) -> None:
    problems = load(tmp_path, changed('["Mon-Fri 09:00-17:00"', '["Mon 9-5", "Tue 12:00-09:00"'))
    assert [problem.place for problem in problems] == ["lanes[1].hours[0]", "lanes[1].hours[1]"]


def test_a_missing_key_is_told_with_the_line_of_its_table(tmp_path: Path) -> None:
    text = changed('place = "一楼"\n', "")
    (problem,) = load(tmp_path, text)
    assert (problem.place, problem.line) == ("windows[0].place", line_of(text, "[[windows]]"))


def test_the_whole_message(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(changed("no = 1", "no = 1000").replace("on_kiosk", "on_kiosks"), "utf-8")
    with pytest.raises(ConfigErrors) as error:
        load_hall(path)
    assert str(error.value) == (
        f"{path} has 2 mistakes:\n"
        "  line 23, lanes[1].on_kiosks: this key is not known. Did you mean on_kiosk.\n"
        "  line 26, windows[0].no: 1000 is out of range. Write a whole number from 1 to 999, without quotes."
    )


@pytest.mark.parametrize("pin", ['"84629173x"', '"8462917384629"', "846291", '"84629173" #', "8462_917"])
def test_no_message_repeats_a_pin(tmp_path: Path, pin: str) -> None:
    text = changed('"270901"', pin).replace('role = "manager"', 'role = "boss"')
    problems = load(tmp_path, text)
    assert problems
    assert "8462" not in "".join(map(str, problems))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (changed('letter = "C"', 'letter = "C'), 17, "not valid TOML"),
        (changed('letter = "C"', "letter = C"), 17, "not valid TOML"),
        (changed('letter = "C"', "letter = “C”"), 17, "full-width “"),
        (changed('["A", "C"]', '["A"，"C"]'), 30, "full-width ，"),
        (changed("[[lanes]]", "[[lanes]"), 7, "not valid TOML"),
        (GOOD + 'materials = ["身份证', 49, "not valid TOML"),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, text: str, line: int, words: str) -> None:
    (problem,) = load(tmp_path, text)
    assert problem.line == line
    assert words in str(problem)


def test_a_file_in_gbk_is_told(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, GOOD.encode("gb18030"))
    assert (problem.line, "UTF-8" in problem.right) == (1, True)


def test_the_marks_and_line_ends_of_windows_are_welcome(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_hall(tmp_path / "hall.toml")


def test_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(
        changed(':8080"', ':8080/"').replace('day_change = "03:00"', "day_change = 02:30:00"), "utf-8"
    )
    hall = load_hall(path)
    assert (hall.public_url, hall.day_change.isoformat("minutes"), hall.languages, hall.sample) == (
        "http://192.168.1.10:8080", "02:30", ("zh",), False,
    )  # fmt: skip
    assert [(lane.letter, lane.on_kiosk, lane.minutes_per_person) for lane in hall.lanes] == [
        ("A", True, 2),
        ("C", False, 6.0),
    ]
    assert hall.lanes[1].hours.in_config() == ["Mon-Fri 09:00-17:00", "2026-10-01 closed"]
    (matter,) = hall.matters
    assert (matter.promise_days, matter.minutes, matter.audience, matter.aliases) == (1, 10, "both", ())
    (clerk,) = hall.clerks
    assert clerk.pin == "270901"
    assert "270901" not in repr(hall)
