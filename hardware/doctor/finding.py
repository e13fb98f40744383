"""What the doctor found about one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.device import Sentence
from hardware.doctor.advice import Fault

KINDS: Mapping[str, Sentence] = {
    "printer": Sentence("打印机", "Printer"),
    "idcard": Sentence("读卡器", "Card reader"),
    "scanner": Sentence("扫码器", "Code scanner"),
    "camera": Sentence("摄像头", "Camera"),
    "keypad": Sentence("叫号键盘", "Caller keypad"),
    "evaluator": Sentence("评价器", "Evaluator pad"),
    "ledbar": Sentence("窗口屏", "Window LED bar"),
    "voice": Sentence("语音", "Voice"),
    "hub": Sentence("主机", "Hub"),
    "clock": Sentence("时钟", "Clock"),
    "disk": Sentence("磁盘", "Disk"),
    "font": Sentence("字体", "Font"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind` names the thing, `line` where it is. `seen` is what was noticed, nothing personal in it."""

    kind: str
    line: str
    fault: Fault
    seen: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        return self.fault is Fault.FINE

    @property
    def name(self) -> Sentence:
        return KINDS.get(self.kind, Sentence(self.kind, self.kind))

    @property
    def meaning(self) -> Sentence:
        return self._fill(self.fault.advice.meaning)

    @property
    def step(self) -> Sentence:
        return self._fill(self.fault.advice.step)

    def _fill(self, sentence: Sentence) -> Sentence:
        fields = {"line": self.line} | dict(self.fields)
        return Sentence(sentence.zh.format_map(fields), sentence.en.format_map(fields))

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "kind": self.kind,
            "line": self.line,
            "fault": self.fault.value,
            "fine": self.is_fine,
            "zh": {"meaning": self.meaning.zh, "step": self.step.zh},
            "en": {"meaning": self.meaning.en, "step": self.step.en},
            "seen": self.seen,
        }
