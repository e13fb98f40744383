"""Every sentence that Python says at the counter: Chinese here, English in counter/translations/en.ts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from counter.allowed import Obstacle
from shared.client.errors import HubError, HubRefused

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, source: str) -> str:
        """Marks `source` for lupdate and returns it (the stub of PySide6 says object)."""
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "counter"

# -- the keys
ACTIONS: dict[str, str] = {
    "next": QT_TRANSLATE_NOOP("counter", "下一位"),
    "recall": QT_TRANSLATE_NOOP("counter", "重呼"),
    "start": QT_TRANSLATE_NOOP("counter", "开始办理"),
    "finish": QT_TRANSLATE_NOOP("counter", "办理完成"),
    "invite": QT_TRANSLATE_NOOP("counter", "邀请评价"),
    "miss": QT_TRANSLATE_NOOP("counter", "过号"),
    "transfer": QT_TRANSLATE_NOOP("counter", "转移"),
    "hold": QT_TRANSLATE_NOOP("counter", "挂起"),
    "missed": QT_TRANSLATE_NOOP("counter", "回呼"),
    "held": QT_TRANSLATE_NOOP("counter", "继续"),
    "pick": QT_TRANSLATE_NOOP("counter", "选号"),
    "why": QT_TRANSLATE_NOOP("counter", "为什么"),
    "book": QT_TRANSLATE_NOOP("counter", "预约"),
    "cancel": QT_TRANSLATE_NOOP("counter", "取消号票"),
    "pause": QT_TRANSLATE_NOOP("counter", "暂停服务"),
    "resume-window": QT_TRANSLATE_NOOP("counter", "恢复服务"),
    "close-window": QT_TRANSLATE_NOOP("counter", "关闭窗口"),
    "show-name": QT_TRANSLATE_NOOP("counter", "显示姓名"),
    "shape": QT_TRANSLATE_NOOP("counter", "小条"),
    "sign-out": QT_TRANSLATE_NOOP("counter", "退出登录"),
    "take-back": QT_TRANSLATE_NOOP("counter", "打错号，撤回"),
}

WAIT = QT_TRANSLATE_NOOP("counter", "请稍候")

# -- why a key does not work now
NOBODY_WAITS = QT_TRANSLATE_NOOP("counter", "现在没有人等候")
CUT = QT_TRANSLATE_NOOP("counter", "连接中断，请稍候")
OBSTACLES: dict[Obstacle, str] = {
    Obstacle.CUT: CUT,
    Obstacle.NOBODY_WAITS: NOBODY_WAITS,
    Obstacle.CALLED_FIRST: QT_TRANSLATE_NOOP("counter", "{number} 已呼叫，请先开始办理或记过号"),
    Obstacle.DEAL_FIRST: QT_TRANSLATE_NOOP("counter", "请先处理 {number}（完成、过号或转移）"),
    Obstacle.NO_TICKET: QT_TRANSLATE_NOOP("counter", "窗口前没有号票，请先叫下一位"),
    Obstacle.ONLY_CALLED: QT_TRANSLATE_NOOP("counter", "{number} 已在办理"),
    Obstacle.ONLY_SERVING: QT_TRANSLATE_NOOP("counter", "{number} 还没有开始办理"),
    Obstacle.PAUSED: QT_TRANSLATE_NOOP("counter", "窗口已暂停，请先恢复服务"),
    Obstacle.NO_MISSED: QT_TRANSLATE_NOOP("counter", "没有过号的号票"),
    Obstacle.NOBODY_TO_ASK: QT_TRANSLATE_NOOP("counter", "现在没有可以邀请评价的人"),
    Obstacle.BY_HAND: QT_TRANSLATE_NOOP("counter", "离线中不能用此键，请手动叫号"),
    Obstacle.NOBODY_BY_HAND: QT_TRANSLATE_NOOP("counter", "还没有叫号，请先输入号码"),
    Obstacle.BRINGING_IN: QT_TRANSLATE_NOOP("counter", "连接已恢复，正在并入手动记录，请稍候"),
    Obstacle.NOT_TO_BE_TAKEN_BACK: QT_TRANSLATE_NOOP("counter", "{number} 不是刚刚手动叫的，不能撤回"),
    Obstacle.NO_HELD: QT_TRANSLATE_NOOP("counter", "没有挂起的号票"),
}
NOT_DONE = QT_TRANSLATE_NOOP("counter", "连接中断，没有执行")
ASKING_AGAIN = QT_TRANSLATE_NOOP("counter", "连接中断，恢复后自动确认")
UNSURE = QT_TRANSLATE_NOOP("counter", "中断前的操作未确认，请核对当前号票")
MISUNDERSTOOD = QT_TRANSLATE_NOOP("counter", "系统应答异常，请联系管理员")
CHOOSE_TARGET = QT_TRANSLATE_NOOP("counter", "请先选择要转往的队列或窗口")
SAY_WHY = QT_TRANSLATE_NOOP("counter", "请选择或填写原因")
CHOOSE_TICKET = QT_TRANSLATE_NOOP("counter", "请先选择一张号票")

# -- the ticket before the window
STATES: dict[str, str] = {
    "": QT_TRANSLATE_NOOP("counter", "空闲"),
    "called": QT_TRANSLATE_NOOP("counter", "已呼叫"),
    "serving": QT_TRANSLATE_NOOP("counter", "办理中"),
    "paused": QT_TRANSLATE_NOOP("counter", "已暂停"),
}
CALLED_TIMES = QT_TRANSLATE_NOOP("counter", "呼叫 {count} 次")
WAITED = QT_TRANSLATE_NOOP("counter", "等了 {minutes} 分钟")
NO_NAME = QT_TRANSLATE_NOOP("counter", "没有登记姓名")
NO_MATTER = QT_TRANSLATE_NOOP("counter", "未选事项")
USUAL = QT_TRANSLATE_NOOP("counter", "通常 {minutes} 分钟")
LONGER = QT_TRANSLATE_NOOP("counter", "已超过通常的 {minutes} 分钟")
GOES_BACK = QT_TRANSLATE_NOOP("counter", "办完后回到 {window} 号窗口")
WAITING_COUNT = QT_TRANSLATE_NOOP("counter", "等候 {count} 人")
WINDOW = QT_TRANSLATE_NOOP("counter", "{window} 号窗口")
WHY: dict[str, str] = {
    "appointment": QT_TRANSLATE_NOOP("counter", "预约到时"),
    "booked": QT_TRANSLATE_NOOP("counter", "预约早到"),
    "longest": QT_TRANSLATE_NOOP("counter", "久候优先"),
    "elderly": QT_TRANSLATE_NOOP("counter", "老年优先"),
    "disabled": QT_TRANSLATE_NOOP("counter", "残疾优先"),
    "soldier": QT_TRANSLATE_NOOP("counter", "军人优先"),
    "firefighter": QT_TRANSLATE_NOOP("counter", "消防优先"),
    "pregnant": QT_TRANSLATE_NOOP("counter", "孕妇优先"),
    "transferred": QT_TRANSLATE_NOOP("counter", "转办"),
    "returned": QT_TRANSLATE_NOOP("counter", "过号返回"),
    "for_us": QT_TRANSLATE_NOOP("counter", "指定本窗口"),
}

# -- why a ticket stands where it stands
WHY_AHEAD = QT_TRANSLATE_NOOP("counter", "排在前面（{count}）")
WHY_NOBODY = QT_TRANSLATE_NOOP("counter", "前面没有人")
WHY_BESIDE = QT_TRANSLATE_NOOP("counter", "其他队列里先叫的（{count}）")
WHY_CALLED = QT_TRANSLATE_NOOP("counter", "等候期间被叫到（{count}）")
WHY_WINDOWS = QT_TRANSLATE_NOOP("counter", "窗口怎样叫号")
WHY_MORE = QT_TRANSLATE_NOOP("counter", "另有 {count} 人")

# -- booking for a caller
BOOK_STATES: dict[str, str] = {
    "reserved": QT_TRANSLATE_NOOP("counter", "待确认"),
    "confirmed": QT_TRANSLATE_NOOP("counter", "预约成功"),
    "checked_in": QT_TRANSLATE_NOOP("counter", "已签到"),
    "cancelled": QT_TRANSLATE_NOOP("counter", "已取消"),
    "lapsed": QT_TRANSLATE_NOOP("counter", "未确认，已失效"),
    "missed": QT_TRANSLATE_NOOP("counter", "未到"),
}
BOOK_MUST_MOVE = QT_TRANSLATE_NOOP("counter", "请改约其他时间")
BOOK_VERBS: dict[str, str] = {
    "book": QT_TRANSLATE_NOOP("counter", "预约"),
    "wait": QT_TRANSLATE_NOOP("counter", "登记候补"),
    "find": QT_TRANSLATE_NOOP("counter", "查找"),
    "move": QT_TRANSLATE_NOOP("counter", "改约"),
    "cancel": QT_TRANSLATE_NOOP("counter", "确定取消"),
    "again": QT_TRANSLATE_NOOP("counter", "下一位来电"),
}
BOOK_DONE: dict[str, str] = {
    "book": QT_TRANSLATE_NOOP("counter", "已预约"),
    "wait": QT_TRANSLATE_NOOP("counter", "已登记候补"),
    "move": QT_TRANSLATE_NOOP("counter", "已改约"),
    "cancel": QT_TRANSLATE_NOOP("counter", "已取消预约"),
    "confirm": QT_TRANSLATE_NOOP("counter", "已确认预约"),
}
WEEKDAYS = (
    QT_TRANSLATE_NOOP("counter", "周一"),
    QT_TRANSLATE_NOOP("counter", "周二"),
    QT_TRANSLATE_NOOP("counter", "周三"),
    QT_TRANSLATE_NOOP("counter", "周四"),
    QT_TRANSLATE_NOOP("counter", "周五"),
    QT_TRANSLATE_NOOP("counter", "周六"),
    QT_TRANSLATE_NOOP("counter", "周日"),
)
TODAY = QT_TRANSLATE_NOOP("counter", "今天")
TOMORROW = QT_TRANSLATE_NOOP("counter", "明天")
BOOK_DATE = QT_TRANSLATE_NOOP("counter", "{month}月{day}日")
BOOK_DAY = QT_TRANSLATE_NOOP("counter", "{month}月{day}日 {weekday}")
BOOK_FREE = QT_TRANSLATE_NOOP("counter", "余 {count}")
BOOK_FULL = QT_TRANSLATE_NOOP("counter", "候补")
BOOK_AHEAD = QT_TRANSLATE_NOOP("counter", "候补第 {place} 位。有空位时为其保留，留了手机号的会收到短信。")
BOOK_CANCEL = QT_TRANSLATE_NOOP("counter", "取消 {when} 的预约（{matter}）？位置会让给别人。")
BOOK_ASKING = QT_TRANSLATE_NOOP("counter", "正在查询…")
BOOK_MATTER_FIRST = QT_TRANSLATE_NOOP("counter", "选定事项后显示可约的日期")
BOOK_NO_DAYS = QT_TRANSLATE_NOOP("counter", "这个事项现在没有可约的日期")
BOOK_WAIT_HINT = QT_TRANSLATE_NOOP("counter", "当天已约满，可以登记候补")

BOOK_NONE_FOUND = QT_TRANSLATE_NOOP("counter", "没有有效的预约")
SAY_MATTER = QT_TRANSLATE_NOOP("counter", "请先选定事项")
SAY_NAME = QT_TRANSLATE_NOOP("counter", "请填写姓名")
SAY_TIME = QT_TRANSLATE_NOOP("counter", "请选择日期和时间")
SAY_WHOSE = QT_TRANSLATE_NOOP("counter", "请输入身份证号或预约码")
ID_COUNT = QT_TRANSLATE_NOOP("counter", "已输入 {count} 位，共 18 位")
ID_GOOD = QT_TRANSLATE_NOOP("counter", "✓ 号码校验通过")
ID_WRONG = QT_TRANSLATE_NOOP("counter", "号码有误，请再核对一遍")

# -- reasons a clerk gives
PAUSE_REASONS = (
    QT_TRANSLATE_NOOP("counter", "短暂离开"),
    QT_TRANSLATE_NOOP("counter", "整理材料"),
    QT_TRANSLATE_NOOP("counter", "午休"),
    QT_TRANSLATE_NOOP("counter", "会议"),
    QT_TRANSLATE_NOOP("counter", "设备故障"),
)
CALL_REASONS = (
    QT_TRANSLATE_NOOP("counter", "行动不便"),
    QT_TRANSLATE_NOOP("counter", "带小孩或孕妇"),
    QT_TRANSLATE_NOOP("counter", "材料已补齐"),
    QT_TRANSLATE_NOOP("counter", "刚才未办完"),
)
CANCEL_REASONS = (
    QT_TRANSLATE_NOOP("counter", "办事人放弃"),
    QT_TRANSLATE_NOOP("counter", "取错队列"),
    QT_TRANSLATE_NOOP("counter", "材料不齐，改日再来"),
)

# -- windows
WINDOW_STATES: dict[str, str] = {
    "closed": QT_TRANSLATE_NOOP("counter", "可以开放"),
    "mine": QT_TRANSLATE_NOOP("counter", "您已在此上岗"),
    "open": QT_TRANSLATE_NOOP("counter", "{clerk} 在岗"),
    "paused": QT_TRANSLATE_NOOP("counter", "{clerk} 暂停中"),
}

# -- by hand, while the hub is away
BY_HAND = QT_TRANSLATE_NOOP("counter", "离线 · 手动叫号")
BY_HAND_SINCE = QT_TRANSLATE_NOOP("counter", "自 {time}")
BY_HAND_BACK = QT_TRANSLATE_NOOP("counter", "连接已恢复，正在并入手动记录")
BY_HAND_REST = QT_TRANSLATE_NOOP("counter", "连接已恢复，办完 {number} 后转为正常叫号")
BY_HAND_UNPROVED = QT_TRANSLATE_NOOP("counter", "工号 {clerk}（离线，未核验）")
BY_HAND_LAST = QT_TRANSLATE_NOOP("counter", "{window} 号窗口，上次登录：{clerk}")
BY_HAND_FIRST = QT_TRANSLATE_NOOP("counter", "{window} 号窗口")
BY_HAND_NO_WINDOW = QT_TRANSLATE_NOOP("counter", "这台电脑还没有上过岗，离线时不能叫号")
BY_HAND_WHO = QT_TRANSLATE_NOOP("counter", "请输入工号")
BY_HAND_NUMBER = QT_TRANSLATE_NOOP("counter", "请输入号票上的号码，如 A012")
BY_HAND_NO_NUMBER = QT_TRANSLATE_NOOP("counter", "“{typed}”不是号码。请按号票输入字母和数字，如 A012")
BY_HAND_NO_LANE = QT_TRANSLATE_NOOP("counter", "大厅没有 {lane} 开头的号，请核对")
BY_HAND_OTHER_LANE = QT_TRANSLATE_NOOP(
    "counter", "本窗口平时不叫 {lane} 号。确认要叫 {number}，请再按一次回车"
)
BY_HAND_CALLED_FIRST = QT_TRANSLATE_NOOP("counter", "{number} 已叫号，请先按开始办理或过号")
BY_HAND_SAME = QT_TRANSLATE_NOOP("counter", "{number} 已在窗口前")
BY_HAND_NOT_WRITTEN = QT_TRANSLATE_NOOP("counter", "没有记下：本机磁盘写不进去，请改用纸笔并告诉管理员")
BY_HAND_UNSURE = QT_TRANSLATE_NOOP("counter", "断线前按的“{action}”没有确认：大屏若已叫号，请输入那个号")
BY_HAND_STEPS: dict[str, str] = {
    "called": QT_TRANSLATE_NOOP("counter", "已叫号"),
    "started": QT_TRANSLATE_NOOP("counter", "已开始"),
    "finished": QT_TRANSLATE_NOOP("counter", "已完成"),
    "missed": QT_TRANSLATE_NOOP("counter", "已过号"),
    "withdrawn": QT_TRANSLATE_NOOP("counter", "已撤回"),
}
BY_HAND_DONE = QT_TRANSLATE_NOOP("counter", "已并入")
BY_HAND_BEFORE = QT_TRANSLATE_NOOP("counter", "断线前已在窗口")
BROUGHT_IN = QT_TRANSLATE_NOOP("counter", "手动叫号 {done} 个已并入")
BROUGHT_WAITING = QT_TRANSLATE_NOOP("counter", "{count} 个等待取号机恢复")
BROUGHT_CONFLICTS = QT_TRANSLATE_NOOP("counter", "{count} 个与大厅记录不符，等管理员裁定")
BROUGHT_REFUSED = QT_TRANSLATE_NOOP("counter", "{count} 个系统没有接受，请告诉管理员")

# -- signing in, and what stands around everything
SIGN_IN_CUT = QT_TRANSLATE_NOOP("counter", "连接中断，暂时不能登录，请稍候再试")
SIGNED_OUT_BY_HUB = QT_TRANSLATE_NOOP("counter", "登录已失效，请重新登录")
DEVICE_REFUSED = QT_TRANSLATE_NOOP("counter", "这台电脑的登记已停用，请联系管理员")
NO_SUCH_WINDOW = QT_TRANSLATE_NOOP("counter", "大厅没有 {window} 号窗口，请联系管理员")
OLD_DATA = QT_TRANSLATE_NOOP("counter", "连接中断 · 数据更新于 {time}")
CANNOT_SAVE = QT_TRANSLATE_NOOP("counter", "主机存不进数据，暂时不能叫号，请告诉管理员")
CONNECTING = QT_TRANSLATE_NOOP("counter", "正在连接大厅系统，请稍候")
KEY_MISTAKES: dict[str, str] = {
    "unreadable": QT_TRANSLATE_NOOP("counter", "按键设置文件无法读取，使用默认按键"),
    "no-toml": QT_TRANSLATE_NOOP("counter", "按键设置文件格式有误，使用默认按键：{where}"),
    "no-table": QT_TRANSLATE_NOOP("counter", "按键设置缺少 [keys]，使用默认按键"),
    "unknown-action": QT_TRANSLATE_NOOP("counter", "按键设置中没有这个操作：{where}"),
    "no-key": QT_TRANSLATE_NOOP("counter", "按键设置只能用 F1-F12：{where}"),
    "doubled": QT_TRANSLATE_NOOP("counter", "按键 {where} 设置了两次，已使用默认按键"),
}


def say(source: str, **fields: object) -> str:
    """A sentence in the language of the screen."""
    return QCoreApplication.translate(CONTEXT, source).format(**fields)


def pair(zh: str, en: str) -> str:
    """Words that come from the hall itself, in the language of the screen."""
    return en if en and is_english() else zh


def is_english() -> bool:
    """Whether the English catalogue is installed."""
    return QCoreApplication.translate(CONTEXT, NOBODY_WAITS) != NOBODY_WAITS


def problem(error: Exception) -> str:
    """What went wrong, for the clerk. Raises what is no fault of the hub or the line: a bug of ours."""
    match error:
        case HubRefused(zh=zh, en=en):
            return pair(zh, en)
        case ConnectionError():
            return say(NOT_DONE)
        case HubError():
            return say(MISUNDERSTOOD)
    raise error
