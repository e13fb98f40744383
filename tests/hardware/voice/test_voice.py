"""The hall's voice: every call can be spoken, in order, none over another, none dropped."""

import json
import re
import shutil
import threading
import time
from datetime import time as time_of_day
from pathlib import Path

import numpy as np
import pytest

from hardware.voice.__main__ import main as voice
from hardware.voice.announcer import Announcer
from hardware.voice.pack import PackError, VoicePack, build_pack, load_pack
from hardware.voice.phrases import TEXTS, call_phrases
from hardware.voice.sinks import NullSink, SinkError, WavSink, open_sink
from hardware.voice.sound import RATE, Sound, read_wav, silence, write_wav
from hardware.voice.splice import GAP_SECONDS, PAUSE_SECONDS, splice
from hardware.voice.volume import Volume


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default pack, rendered."""
    path: Path = tmp_path_factory.mktemp("voice")
    build_pack(path)
    return path


@pytest.fixture
def pack(folder: Path) -> VoicePack:
    return load_pack(folder)


def spoken(number: str, window: int, language: str) -> str:
    return " ".join(TEXTS[clip] for clip in call_phrases(number, window, [language])[0])


@pytest.mark.parametrize(
    ("number", "window", "zh", "en"),
    [
        ("A012", 3, "请 A 零 幺 二 号 到 三 号窗口", "ticket A zero one two please go to window three"),
        ("C101", 12, "请 C 幺 零 幺 号 到 十 二 号窗口", "ticket C one zero one please go to window twelve"),
        (
            "W999",
            20,
            "请 W 九 九 九 号 到 二 十 号窗口",
            "ticket W nine nine nine please go to window twenty",
        ),
        (
            "V001",
            105,
            "请 V 零 零 幺 号 到 一 百 零 五 号窗口",
            "ticket V zero zero one please go to window one hundred five",
        ),
        (
            "B010",
            110,
            "请 B 零 幺 零 号 到 一 百 一 十 号窗口",
            "ticket B zero one zero please go to window one hundred ten",
        ),
    ],
)
def test_a_call_is_read_as_in_a_hall(number: str, window: int, zh: str, en: str) -> None:
    assert spoken(number, window, "zh") == zh
    assert spoken(number, window, "en") == en


def test_every_number_and_window_has_its_clips(pack: VoicePack) -> None:
    wanted = {
        clip
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for number in (f"{letter}{n:03d}" for n in range(1, 1000, 37))
        for phrase in call_phrases(number, 1, ["zh", "en"])
        for clip in phrase
    } | {
        clip for no in range(1, 1000) for phrase in call_phrases("A001", no, ["zh", "en"]) for clip in phrase
    }
    assert pack.missing(wanted) == []
    assert pack.missing() == []


@pytest.mark.parametrize(("number", "window"), [("", 1), ("a001", 1), ("A1x", 1), ("甲001", 1), ("A001", 0)])
def test_what_is_no_call_is_refused(number: str, window: int) -> None:
    with pytest.raises(ValueError, match="number"):
        call_phrases(number, window, ["zh"])


def test_an_utterance_lasts_as_long_as_its_parts_and_is_well_heard(pack: VoicePack) -> None:
    phrases = call_phrases("A012", 3, ["zh", "en"])
    clips = [clip for phrase in phrases for clip in phrase]
    sound = splice(pack, phrases)
    expected = sum(pack.clips[clip].seconds + GAP_SECONDS for clip in clips) + 2 * PAUSE_SECONDS
    assert sound.seconds == pytest.approx(expected, abs=0.01)
    assert 3 < sound.seconds < 12
    level = np.abs(sound.samples.astype(np.int32))
    assert level.max() < 32_767, "not clipped"
    assert np.sqrt(np.mean(level.astype(float) ** 2)) > 500, "not silent"


def test_a_missing_clip_is_rendered_on_the_spot(pack: VoicePack) -> None:
    whole = splice(pack, call_phrases("A012", 3, ["zh"])).seconds
    del pack.clips["zh/please"]
    assert splice(pack, call_phrases("A012", 3, ["zh"])).seconds == pytest.approx(whole, rel=0.1)


def test_without_any_synthesis_the_rest_is_spoken(pack: VoicePack, monkeypatch: pytest.MonkeyPatch) -> None:
    del pack.clips["zh/please"]
    monkeypatch.setenv("PATH", "")
    assert splice(pack, call_phrases("A012", 3, ["zh"])).seconds > 1


def test_a_burst_of_thirty_is_spoken_in_order_and_none_is_lost(pack: VoicePack, tmp_path: Path) -> None:
    told: list[int] = []
    announcer = Announcer(pack, WavSink(tmp_path))
    for n in range(1, 31):
        announcer.say_call(f"A{n:03d}", 3, ["zh"], lambda n=n: told.append(n))  # type: ignore[misc]
    announcer.close(finish=True)
    assert told == list(range(1, 31))
    files = sorted(tmp_path.glob("*.wav"))
    assert len(files) == 30
    for n, file in enumerate(files, 1):
        expected = splice(pack, call_phrases(f"A{n:03d}", 3, ["zh"])).samples
        assert np.array_equal(read_wav(file).samples, expected)


class Recorder:
    """A sink that notes when each utterance began and ended."""

    audible = True

    def __init__(self) -> None:
        self.times: list[tuple[float, float]] = []

    def play(self, sound: Sound, stop: threading.Event) -> None:
        began = time.monotonic()
        stop.wait(sound.seconds / 50)
        self.times.append((began, time.monotonic()))


def test_none_is_spoken_over_another_and_each_is_repeated(pack: VoicePack) -> None:
    sink = Recorder()
    announcer = Announcer(pack, sink, repeat=2)
    for n in range(1, 6):
        announcer.say_call(f"A{n:03d}", 3, ["zh"], lambda: None)
    announcer.close(finish=True)
    assert len(sink.times) == 10
    assert all(before[1] <= after[0] for before, after in zip(sink.times, sink.times[1:], strict=False))


class Dying:
    """A sink whose device goes away after the second utterance."""

    audible = True
    played = 0

    def play(self, sound: Sound, stop: threading.Event) -> None:
        del sound, stop
        self.played += 1
        if self.played > 2:
            raise SinkError("unplugged")


def test_a_lost_device_loses_no_call_and_is_said(pack: VoicePack) -> None:
    told: list[int] = []
    quick = VoicePack("quick", {clip: Sound(np.zeros(20, np.int16)) for clip in pack.clips})
    announcer = Announcer(quick, Dying())
    for n in range(5):
        announcer.say_call("A001", 1, ["zh"], lambda n=n: told.append(n))  # type: ignore[misc]
    announcer.close(finish=True)
    assert told == [0, 1, 2, 3, 4]
    assert not announcer.audible


def test_a_device_plugged_back_in_is_heard_again(pack: VoicePack) -> None:
    quick = VoicePack("quick", {clip: Sound(np.zeros(20, np.int16)) for clip in pack.clips})
    sink = Dying()
    sink.played = 2
    announcer = Announcer(quick, sink)
    lost, found = threading.Event(), threading.Event()
    announcer.say_call("A001", 1, ["zh"], lost.set)
    assert lost.wait(5)
    heard_while_lost = announcer.audible
    sink.played = 0
    announcer.say_call("A001", 1, ["zh"], found.set)
    assert found.wait(5)
    assert (heard_while_lost, announcer.audible) == (False, True)
    announcer.close()


def test_a_listener_that_fails_silences_nobody_else(
    pack: VoicePack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("the screen is gone")

    told: list[int] = []
    announcer = Announcer(pack, WavSink(tmp_path))
    announcer.say_call("A001", 1, ["zh"], fail)
    announcer.say_call("A002", 1, ["zh"], lambda: told.append(2))
    announcer.close(finish=True)
    assert told == [2]
    assert "the screen is gone" in caplog.text


def test_closing_does_not_wait_for_the_queue(pack: VoicePack) -> None:
    announcer = Announcer(pack, NullSink())
    for _ in range(20):
        announcer.say_call("A001", 1, ["zh", "en"], lambda: None)
    began = time.monotonic()
    announcer.close()
    assert time.monotonic() - began < 2


def test_a_pack_is_checked_by_name(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert voice(["check", str(folder)]) == 0
    (folder / "zh-please.wav").rename(tmp_path / "away.wav")
    assert voice(["check", str(folder)]) == 1
    assert "missing: zh/please (请)" in capsys.readouterr().out
    (tmp_path / "away.wav").rename(folder / "zh-please.wav")
    with pytest.raises(PackError, match="no voice pack"):
        load_pack(tmp_path)


def test_broken_clips_are_named_with_the_reason(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded = tmp_path / "recorded"
    shutil.copytree(folder, recorded)
    write_wav(recorded / "zh-please.wav", silence(0.5))
    write_wav(recorded / "zh-number.wav", silence(60))
    (recorded / "zh-to.wav").write_bytes(b"no sound at all")
    write_wav(recorded / "zh-ten.wav", Sound(np.full(RATE, 32_767, np.int16)))
    assert voice(["check", str(recorded)]) == 1
    said = capsys.readouterr().out
    for clip, why in {
        "please": "is silent",
        "number": "lasts 60 s",
        "to": "not a WAV",
        "ten": "clipped",
    }.items():
        assert re.search(rf"broken: zh/{clip}: .*{why}", said), said
    assert "0 missing, 4 broken" in said


def test_a_recorded_pack_and_a_strange_folder_are_not_written_over(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8")) | {"name": "录音室"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert voice(["build", "--output", str(tmp_path)]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "letter.txt").write_text("dear")
    assert voice(["build", "--output", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_volume_follows_the_time_of_the_day() -> None:
    volume = Volume.parse("12:00-14:00=60, 7:30-12:00=90")
    hours = [(7, 29), (7, 30), (11, 59), (12, 0), (13, 59), (14, 0)]
    assert [volume.at(time_of_day(*hour)) for hour in hours] == [100, 90, 90, 60, 60, 100]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "noon=60",
        "12:00-14:00",
        "14:00-12:00=60",
        "12:00-14:00=101",
        "25:00-26:00=1",
        "9:00-11:00=1,10:00-12:00=2",
    ],
)
def test_a_mistake_in_a_volume_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"volume|time"):
        Volume.parse(text)


def test_a_quiet_hour_is_heard_in_the_samples(pack: VoicePack, tmp_path: Path) -> None:
    loudness = iter([100, 50])
    announcer = Announcer(pack, WavSink(tmp_path), volume=lambda: next(loudness))
    for _ in range(2):
        announcer.say_call("A001", 1, ["zh"], lambda: None)
    announcer.close(finish=True)
    loud, quiet = (read_wav(path).samples for path in sorted(tmp_path.glob("*.wav")))
    assert np.abs(quiet.astype(int) * 2 - loud.astype(int)).max() <= 2


def test_sinks_are_opened_by_their_spec(tmp_path: Path) -> None:
    assert isinstance(open_sink("null"), NullSink)
    assert isinstance(open_sink(f"wav:{tmp_path / 'out'}"), WavSink)
    with pytest.raises(ValueError, match="a sink is"):
        open_sink("loud")
    assert RATE == 22_050
