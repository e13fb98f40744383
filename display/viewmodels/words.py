"""Every sentence of the boards: Chinese in the code, English in the catalogue display/translations/en.ts.

The boards show both languages at once, so the English catalogue is looked up by hand and never installed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, source: str) -> str:
        """Marks `source` for lupdate and returns it (the stub of PySide6 says object)."""
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

CATALOGUE = Path(__file__).parent.parent / "translations" / "en.qm"
CONTEXT = "display"

WINDOW = QT_TRANSLATE_NOOP("display", "{window} 号窗口")
PLEASE_TO = QT_TRANSLATE_NOOP("display", "请到")
WINDOW_WORD = QT_TRANSLATE_NOOP("display", "号窗口")
PLEASE_GO = QT_TRANSLATE_NOOP("display", "请到 {window} 号窗口")
PLEASE_GO_NUMBER = QT_TRANSLATE_NOOP("display", "请 {number} 到 {window} 号窗口")
CALLED_AGAIN = QT_TRANSLATE_NOOP("display", "再次呼叫")
NO_CALLS_YET = QT_TRANSLATE_NOOP("display", "今日尚未叫号，请留意屏幕与广播")
LANES = QT_TRANSLATE_NOOP("display", "队列")
WAITING = QT_TRANSLATE_NOOP("display", "等候人数")
ESTIMATE = QT_TRANSLATE_NOOP("display", "预计等候")
MINUTES = QT_TRANSLATE_NOOP("display", "约 {low}-{high} 分钟")
LONG_WAIT = QT_TRANSLATE_NOOP("display", "等候较久")
CLOSED = QT_TRANSLATE_NOOP("display", "暂停取号")
OPENS_TODAY = QT_TRANSLATE_NOOP("display", "今日 {time} 开放")
OPENS_TOMORROW = QT_TRANSLATE_NOOP("display", "明日 {time} 开放")
OPENS_ON_DAY = QT_TRANSLATE_NOOP("display", "{day} {time} 开放")
OPENS_ON_DATE = QT_TRANSLATE_NOOP("display", "{month} 月 {day} 日 {time} 开放")
TODAY = QT_TRANSLATE_NOOP("display", "{month} 月 {day} 日 {weekday}")
WEEKDAYS = (
    QT_TRANSLATE_NOOP("display", "周一"),
    QT_TRANSLATE_NOOP("display", "周二"),
    QT_TRANSLATE_NOOP("display", "周三"),
    QT_TRANSLATE_NOOP("display", "周四"),
    QT_TRANSLATE_NOOP("display", "周五"),
    QT_TRANSLATE_NOOP("display", "周六"),
    QT_TRANSLATE_NOOP("display", "周日"),
)
CONNECTING = QT_TRANSLATE_NOOP("display", "正在连接大厅系统")
CONNECTING_HINT = QT_TRANSLATE_NOOP("display", "请稍候，如有需要请咨询工作人员")
OLD_DATA = QT_TRANSLATE_NOOP("display", "数据更新于 {time}")
NO_SOUND = QT_TRANSLATE_NOOP("display", "本屏暂无语音，请留意屏幕")
SPARE_VOICE = QT_TRANSLATE_NOOP("display", "正在使用备用语音")
SAMPLE = QT_TRANSLATE_NOOP("display", "示例数据")
WINDOW_WAITS = QT_TRANSLATE_NOOP("display", "请等候叫号")
WINDOW_SERVES = QT_TRANSLATE_NOOP("display", "正在办理")
WINDOW_PAUSED = QT_TRANSLATE_NOOP("display", "暂停服务")
WINDOW_PAUSED_HINT = QT_TRANSLATE_NOOP("display", "请稍候，或前往其他窗口")
WINDOW_CLOSED = QT_TRANSLATE_NOOP("display", "窗口未开放")
WINDOW_CLOSED_HINT = QT_TRANSLATE_NOOP("display", "请前往其他窗口或咨询工作人员")
WINDOW_UNKNOWN = QT_TRANSLATE_NOOP("display", "大厅没有 {window} 号窗口，请联系管理员")
ON_DUTY = QT_TRANSLATE_NOOP("display", "值班人员 {clerk}")
PEOPLE_WAIT = QT_TRANSLATE_NOOP("display", "等候 {count} 人")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in both languages; `en` is empty where the hall shows Chinese only."""

    zh: str = ""
    en: str = ""


NOTHING = Line()


class Words:
    """Says sentences in the hall's languages."""

    def __init__(self, *, english: bool) -> None:
        self.english = english
        self._catalogue = QTranslator()
        if english and not self._catalogue.load(str(CATALOGUE)):
            raise FileNotFoundError(CATALOGUE)

    def say(self, source: str, **fields: object) -> Line:
        """`source` with its fields, and its English. A field that is a Line is said in each language."""
        en = (self._catalogue.translate(CONTEXT, source) or "") if self.english else ""
        return Line(
            zh=source.format(**{key: _side(value, "zh") for key, value in fields.items()}),
            en=en.format(**{key: _side(value, "en") for key, value in fields.items()}),
        )

    def pair(self, zh: str, en: str) -> Line:
        """Words that come from the hall itself, such as a lane's name."""
        return Line(zh, en if self.english else "")


def _side(value: object, side: str) -> object:
    return getattr(value, side) if isinstance(value, Line) else value
