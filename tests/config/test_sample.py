"""The sample hall: the figures of the city's own paper, and the shape that was asked for."""

import re
from collections import Counter
from dataclasses import fields

import pytest

from shared.config import (
    ClerkConfig,
    HallConfig,
    LaneConfig,
    MatterConfig,
    NoticeConfig,
    WindowConfig,
    load_hall,
    sample_path,
)

HALL = load_hall(sample_path("yueyang"))
MATTERS = {matter.id: matter for matter in HALL.matters}

PAPER = [
    # matter, a word of its name, working days, item of 岳跑改办发〔2019〕3号
    ("build-government-house", "政府投资房屋建筑", 70, 11),
    ("build-government-municipal", "政府投资市政工程", 61, 11),
    ("build-private", "社会投资房屋建筑和市政", 54, 11),
    ("build-industry", "工业投资", 49, 11),
    ("power-high", "高压", 70, 15),
    ("power-low", "低压", 20, 15),
    ("water-connect", "用水报装", 15, 15),
    ("gas-connect", "用气报装", 15, 15),
    ("settlement-review", "财政结算评审", 45, 16),
    ("company-setup", "公司设立", 3, 17),
    ("company-start-bundle", "企业开办一件事", 1, 17),
    ("new-home-transfer", "商品房首次交易登记", 1, 18),
    ("resale-transfer", "存量房", 2, 18),
    ("keys-and-deed-bundle", "交房即交证", 1, 18),
]


@pytest.mark.parametrize(("matter_id", "name", "days", "item"), PAPER)
def test_promises_are_the_papers_own(matter_id: str, name: str, days: int, item: int) -> None:
    matter = MATTERS[matter_id]
    assert name in matter.name
    assert matter.promise_days == days
    text = sample_path("yueyang").read_text("utf-8")
    before = text[: text.index(f'id = "{matter_id}"')].splitlines()
    assert before[-2].startswith(f"# paper, item {item}: ")


def test_it_is_marked_as_a_sample() -> None:
    assert HALL.sample
    assert HALL.name == "岳阳市政务服务中心（示例）"


def test_the_lanes_of_the_design() -> None:
    assert {lane.letter: lane.name for lane in HALL.lanes} == {
        "A": "综合", "B": "工程建设", "C": "不动产", "D": "税务", "E": "公积金", "F": "人社", "G": "医保",
        "H": "公安", "J": "帮代办", "V": "视频专窗", "W": "水电气",
    }  # fmt: skip


def test_windows_and_clerks() -> None:
    kinds = Counter(window.kind for window in HALL.windows)
    assert [window.no for window in HALL.windows] == list(range(1, 25))
    assert kinds == {"general": 10, "zone": 12, "video": 1, "assisted": 1}
    assert Counter(clerk.role for clerk in HALL.clerks) == {"clerk": 28, "manager": 2}
    assert len({clerk.name for clerk in HALL.clerks}) == 30


def test_the_place_on_the_slip_names_the_windows_that_serve() -> None:
    for lane in HALL.lanes:
        numbers = lane.place.split()[-2]
        named = set[int]()
        for part in numbers.split("、"):
            first, _, last = part.partition("-")
            named.update(range(int(first), int(last or first) + 1))
        assert named == {window.no for window in HALL.windows if lane.letter in window.lanes + window.also}, (
            lane.letter
        )


def test_matters_are_whole() -> None:
    assert len(HALL.matters) >= 70
    assert {matter.lane for matter in HALL.matters} == {lane.letter for lane in HALL.lanes}
    assert len({matter.name for matter in HALL.matters}) == len(HALL.matters)
    assert sum(matter.bundle for matter in HALL.matters) >= 8
    for matter in HALL.matters:
        assert 2 <= len(matter.materials) <= 6, matter.id
        assert matter.aliases, matter.id
        assert matter.name_en.isascii(), matter.id


def test_an_unknown_sample_is_told_with_those_there_are() -> None:
    with pytest.raises(LookupError, match="yueyang"):
        sample_path("changsha")


@pytest.mark.parametrize(
    "table", [HallConfig, LaneConfig, WindowConfig, MatterConfig, ClerkConfig, NoticeConfig]
)
def test_the_file_to_copy_shows_every_setting(table: type[HallConfig]) -> None:
    text = sample_path("yueyang").read_text("utf-8")
    for setting in fields(table):
        assert re.search(rf"^(# |\[\[?)?{setting.name}\b", text, re.MULTILINE), setting.name
