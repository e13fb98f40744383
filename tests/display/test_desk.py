"""The board over one window, and the frame around every board."""

from datetime import timedelta
from typing import Any

import pytest

from display.viewmodels.desk import DeskModel, Face, face_of
from display.viewmodels.notices import NoticesModel
from display.viewmodels.status import StatusModel
from display.viewmodels.words import Words
from display.voice import Sound
from shared.protocol.messages import Lane, Notice, Window


def window(**more: object) -> Window:
    base: dict[str, object] = {
        "name": "综合窗口",
        "kind": "general",
        "place": "一楼",
        "lanes": ["A"],
        "state": "open",
    }
    return Window(no=3, **(base | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "face"),
    [
        (None, Face.UNKNOWN),
        (window(state="closed"), Face.CLOSED),
        (window(state="paused"), Face.PAUSED),
        (window(), Face.IDLE),
        (window(ticket="A012", ticket_state="called"), Face.CALLED),
        (window(ticket="A012", ticket_state="serving"), Face.SERVING),
        (window(state="paused", ticket="A012", ticket_state="called"), Face.CALLED),
        (window(ticket="A012", ticket_state="held"), Face.IDLE),
    ],
)
def test_the_face_of_a_window(seen: Window | None, face: Face) -> None:
    assert face_of(seen) is face


def test_a_called_number_is_asked_to_the_window(bridge: Any) -> None:
    bridge.mirror.windows = {3: window(ticket="A012", ticket_state="called", clerk="李文静")}
    desk = DeskModel(bridge, Words(english=True), 3)
    assert desk.property("sentence") == "请 A012 到 3 号窗口"
    assert desk.property("sentenceEn") == "A012, please go to window 3"
    assert desk.property("duty") == "值班人员 李文静"


def test_the_reason_of_a_pause_is_not_for_citizens(bridge: Any) -> None:
    bridge.mirror.windows = {3: window(state="paused", reason="系统故障")}
    desk = DeskModel(bridge, Words(english=True), 3)
    meta = desk.metaObject()
    texts = [str(desk.property(str(meta.property(i).name()))) for i in range(meta.propertyCount())]
    assert "暂停服务" in texts
    assert not any("系统故障" in text for text in texts)


def test_a_closed_window_says_when_its_lanes_open(bridge: Any) -> None:
    lane = Lane(
        letter="A",
        name="综合",
        name_en="General",
        place="",
        place_en="",
        waiting=0,
        estimate=None,
        open=False,
        closes_at=None,
        opens_at=bridge.now() + timedelta(days=1),
    )
    bridge.mirror.windows = {3: window(state="closed")}
    bridge.mirror.lanes = {"A": lane}
    assert DeskModel(bridge, Words(english=False), 3).property("hint") == "明日 10:32 开放"


def test_before_the_first_snapshot_the_board_connects(bridge: Any) -> None:
    hall, bridge.mirror = bridge.mirror, None
    status = StatusModel(bridge, Words(english=True), lambda: Sound.FINE)
    assert status.property("connecting")
    assert status.property("clock") == ""
    bridge.mirror = hall
    bridge.changed.emit(frozenset({"hall"}))
    assert not status.property("connecting")
    assert (status.property("clock"), status.property("today")) == ("10:32", "11 月 23 日 周一")


def test_old_data_is_grey_and_says_since_when(bridge: Any) -> None:
    status = StatusModel(bridge, Words(english=True), lambda: Sound.FINE)
    assert not status.property("stale")
    bridge.online, bridge.staleSince = False, "10:31"
    status.refresh()
    assert status.property("stale")
    assert status.property("ageNote") == "数据更新于 10:31"
    assert not status.property("connecting"), "the last state stays"


@pytest.mark.parametrize(
    ("sound", "note"),
    [
        (Sound.FINE, ""),
        (Sound.UNWANTED, ""),
        (Sound.NONE, "本屏暂无语音，请留意屏幕"),
        (Sound.SPARE, "正在使用备用语音"),
    ],
)
def test_a_screen_that_cannot_be_heard_says_so(bridge: Any, sound: Sound, note: str) -> None:
    status = StatusModel(bridge, Words(english=False), lambda: sound)
    assert status.property("soundNote") == note


def test_notices_start_over_only_when_they_differ(bridge: Any) -> None:
    bridge.mirror.notices = [Notice(id=1, zh="今日 17:00 停止取号", en="No numbers after 17:00")]
    notices = NoticesModel(bridge, Words(english=True))
    told: list[bool] = []
    notices.changed.connect(lambda: told.append(True))
    bridge.changed.emit(frozenset({"lanes"}))
    assert told == []
    assert notices.property("lines") == ["今日 17:00 停止取号", "No numbers after 17:00"]
