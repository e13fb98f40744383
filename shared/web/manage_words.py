"""The words of the managers' page: Chinese is the source, English complete."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.protocol.messages import PartState
from shared.web.manage_words_hours import HOURS
from shared.web.manage_words_messages import MESSAGES
from shared.web.manage_words_state import STATE
from shared.web.manage_words_upkeep import UPKEEP
from shared.web.words import Language

Words = Mapping[str, tuple[str, str]]

MANAGE: Words = MappingProxyType(
    {
        **MESSAGES,
        **HOURS,
        **STATE,
        **UPKEEP,
        "title": ("大厅管理", "Hall management"),
        "devices": ("设备", "Devices"),
        "waits": ("等候预估", "Wait estimates"),
        "waits_fine": ("等候预估正常", "The promised waits hold as they should"),
        "waits_alarm": ("等候预估需要检查", "The promised waits need a look"),
        "waits_few": ("本周的号还太少，看不出准不准", "Too few numbers this week to tell"),
        "waits_none": ("本周还没有承诺过等候时间", "No wait was promised yet this week"),
        "held_this_week": ("本周应验 {share}", "{share} held this week"),
        "lanes_alarmed": ("{count} 条队列超出 70%–90%", "Lanes outside 70 to 90 %: {count}"),
        "waits_how": (
            "应验：实际等候在承诺的区间之内，目标 80%；低于 70% 或高于 90% 会标出。",
            "Held: the wait was within the interval; 80 % are meant to, below 70 % and above 90 % is marked.",
        ),
        "lane": ("队列", "Lane"),
        "all_lanes": ("全部队列", "All lanes"),
        "this_week": ("本周", "This week"),
        "last_week": ("上周", "Last week"),
        "held": ("应验 {share}", "{share} held"),
        "error_of": ("偏差 {error} 分钟 · {count} 个号", "error {error} min · numbers: {count}"),
        "nothing_promised": ("没有承诺", "Nothing promised"),
        "too_few_held": ("应验太少，区间偏窄", "Too few held: too narrow"),
        "too_many_held": ("应验太多，区间偏宽", "Too many held: too wide"),
        "look_again": ("刷新", "Refresh"),
        "day_picture": ("今天的等候", "Waits today"),
        "day_picture_says": (
            "今天每条队列的等候：每个号、每半小时的中位数。",
            "The waits of each lane today: every number, and the median of each half hour.",
        ),
        "promises_picture": ("承诺与实际，最近 {days} 天", "Promised and actual, last {days} days"),
        "promises_picture_says": (
            "最近承诺的等候与实际等候：应验的、等得更久的、提前叫到的。",
            "The waits promised lately and the actual ones: held, longer, and earlier.",
        ),
        "picture_failed": (
            "图暂时画不出来，请稍后刷新。",
            "The picture cannot be drawn now. Please refresh later.",
        ),
        "table_failed": (
            "数字暂时算不出来，请稍后刷新。",
            "The figures cannot be had now. Please refresh later.",
        ),
        "advice": ("窗口建议", "Advice"),
        "advice_some": ("调整窗口可以缩短等候", "Another window would shorten the waits"),
        "advice_none": ("现在不需要调整窗口", "No change of windows would help now"),
        "advice_looked": ("{time} 测算", "Worked out at {time}"),
        "advice_not_looked": ("还没有测算，请稍候", "Not worked out yet: a minute, please"),
        "advice_gain": (
            "大家合计少等 {saved} 分钟；平均等候 {before} → {after} 分钟。",
            "{saved} minutes of waiting saved in all; mean wait {before} -> {after} min.",
        ),
        "advice_how": (
            "按现在的排队情况把今后一小时模拟多遍，比较开、关、调窗口前后的等候；一小时后与实际核对。",
            "The next hour is played many times, with and without; an hour later it is checked.",
        ),
        "advice_before": ("以前的建议", "Earlier advice"),
        "advice_never": ("还没有提过建议。", "None was given yet."),
        "advice_running": ("这一小时还没有过完", "Its hour is not over"),
        "advice_followed": ("已采纳", "Followed"),
        "advice_not_followed": ("未采纳", "Not followed"),
        "advice_true": ("最长等候 {longest} 分钟，与预计相符", "longest wait {longest} min, as foreseen"),
        "advice_untrue": (
            "最长等候 {longest} 分钟，与预计不符",
            "longest wait {longest} min, not as foreseen",
        ),
        "rota": ("排班", "Rota"),
        "rota_holds": ("现行排班", "The rota that holds"),
        "rota_draft": ("草稿，尚未生效", "A draft; it does not hold yet"),
        "rota_none": ("还没有排班，请先生成草稿", "There is no rota yet; make a draft first"),
        "rota_fine": ("各岗位均已排满", "Every place is filled"),
        "rota_short": ("缺 {count} 个岗位", "Places short: {count}"),
        "rota_lacks": ("有未满足的要求", "Something is not met"),
        "rota_more": ("另有 {count} 处，见表", "{count} more in the table"),
        "rota_making": (
            "正在生成草稿，已用 {seconds} 秒，最多约 {most} 秒",
            "Making a draft: {seconds} s of at most about {most} s",
        ),
        "rota_stop": ("停止", "Stop"),
        "rota_publish": ("发布排班", "Publish the rota"),
        "rota_publish_how": (
            "发布后生效，并据此计算预约名额；完全被它包含的旧排班即失效。",
            "It then holds and gives the places for booking; one that it covers ends.",
        ),
        "rota_clerk": ("姓名", "Name"),
        "rota_leads": ("可带班", "can lead"),
        "rota_days": ("上班", "Days"),
        "rota_weekends": ("周末", "Wkd"),
        "rota_owed": ("待休", "Owed"),
        "rota_missing": ("缺岗", "Short"),
        "rota_sick": ("今天生病", "Sick today"),
        "rota_sick_do": ("登记病假", "Note sick leave"),
        "rota_stand_ins": ("可以替班，按合适程度排列：", "These could stand in, the best first:"),
        "rota_stand_in_do": ("安排替班", "Let stand in"),
        "rota_swap": ("换班", "Swap"),
        "rota_gives": ("让出", "Gives"),
        "rota_takes": ("换得", "For that of"),
        "rota_swap_do": ("换班", "Swap"),
        "rota_files": ("下载", "Download"),
        "rota_calendar": ("日历（ics）", "Calendar (ics)"),
        "rota_make": ("生成草稿", "Make a draft"),
        "rota_first": ("从（周一）", "From (a Monday)"),
        "rota_weeks": ("几周", "Weeks"),
        "rota_make_do": ("生成", "Make"),
        "rota_make_how": (
            "按窗口、各队列的开放时间、人员技能和请假安排，最多 {seconds} 秒；大厅照常叫号。",
            "From windows, hours, skills and leave; at most {seconds} s, while the hall goes on.",
        ),
        "rules": ("叫号规则", "The order"),
        "promises": ("承诺时限", "Promises"),
        "promises_sum": (
            "{red} 件超期，{amber} 件快到期，{green} 件正常",
            "{red} overdue, {amber} nearly due, {green} in time",
        ),
        "promises_none": ("没有在办的承诺事项", "No promise is running"),
        "promises_accepted": ("{day} 受理", "accepted {day}"),
        "promises_due": ("承诺 {days} 个工作日，最晚 {day}", "promised in {days} working days, by {day}"),
        "promises_unknown": ("放假安排尚未公布，日期待定", "holidays not yet published, so no date yet"),
        "promises_red": ("超期", "Overdue"),
        "promises_amber": ("快到期", "Nearly due"),
        "promises_green": ("正常", "In time"),
        "promises_settle": ("已办结", "Settled"),
        "bookings": ("预约", "Bookings"),
        "bookings_day": ("日期", "Day"),
        "bookings_show": ("查看", "Show"),
        "bookings_before": ("前一天", "Day before"),
        "bookings_after": ("后一天", "Day after"),
        "bookings_sum": ("已约 {taken}，可约 {offered}", "{taken} booked of {offered}"),
        "bookings_none": ("这一天没有可预约的时段", "Nothing can be booked on this day"),
        "bookings_waiting": ("候补 {n} 人", "{n} on the waiting list"),
        "bookings_by_rota": ("名额按排班计算", "places follow from the rota"),
        "bookings_by_windows": (
            "没有已发布的排班，名额按窗口和服务时间估算",
            "no rota is published; places are guessed from windows and hours",
        ),
        "bookings_over": ("{n} 个预约超出能力", "{n} bookings are over capacity"),
        "bookings_over_how": (
            "他们的位置都保留着。请对方改期，或增派人手。",
            "Everybody keeps the place. Ask them to choose another time, or put more clerks on duty.",
        ),
        "bookings_ask": ("请他们改期", "Ask them to move"),
        "bookings_asked": ("已请改期", "asked to move"),
        "bookings_set": ("手动调整名额", "Set places by hand"),
        "bookings_slot": ("时段", "Time"),
        "bookings_places": ("名额", "Places"),
        "bookings_save": ("保存", "Save"),
        "bookings_set_how": (
            "填 0 即停止预约；不填则恢复自动计算。已有的预约不受影响。",
            "0 takes no more bookings; empty lets them follow from the rota again. Nobody loses a place.",
        ),
        "bookings_by_hand": ("手动设置", "set by hand"),
        "bookings_list": ("当天的预约", "Bookings of the day"),
        "bookings_empty": ("还没有人预约。", "Nobody has booked yet."),
        "bookings_terms": ("名额怎样计算", "How places are worked out"),
        "bookings_automatic": ("按排班自动开放今后 60 天", "Open the next 60 days from the rota, by itself"),
        "bookings_minutes": ("每个时段（分钟）", "Minutes of a slot"),
        "bookings_share": ("仅预约时段占用比例", "Share booked in appointment-only hours"),
        "bookings_terms_how": (
            "平时最多用能力的 {share}%（见叫号规则）；仅预约的时段用上面的比例。",
            "At most {share}% in ordinary hours (the posted order); the share above where only booked.",
        ),
        "rules_how": (
            "修改：在主机上运行 hall rules --set 名称=数字；打印上墙：hall rules --text。已取的号位置不变。",
            "To change a figure, run hall rules --set NAME=FIGURE on the hub; nobody loses a place.",
        ),
        "wall": ("上墙文字", "The text on the wall"),
        "figures": ("现行数字", "The figures now"),
        "history": ("修改记录", "History"),
        "founding": ("建厅时的规则", "The rules of the founding"),
        "no_rule": ("无", "none"),
        "hub": ("系统", "The hub"),
        "other_language": ("English", "中文"),
        "sign_out": ("退出登录", "Sign out"),
        "enrol_title": ("登记这个浏览器", "Enrol this browser"),
        "enrol_how": (
            "请在主机上运行 hall enrol --role manager --name 名称，然后在这里输入登记码。",
            "On the hub run hall enrol --role manager --name NAME, then type the code here.",
        ),
        "code": ("登记码", "Enrolment code"),
        "enrol": ("登记", "Enrol"),
        "sign_in_title": ("管理员登录", "Manager sign-in"),
        "number": ("工号", "Number"),
        "pin": ("密码", "PIN"),
        "sign_in": ("登录", "Sign in"),
        "managers_only": ("这个页面只供管理员使用。", "This page is for managers only."),
        "code_of_manager": (
            "这个登记码不是给管理员浏览器的，请用 --role manager 重新生成。",
            "This code is not for a manager's browser; make one with --role manager.",
        ),
        "form_old": ("页面已过期，请再试一次。", "The page was out of date; please try again."),
        "all_fine": ("全部 {count} 台设备正常", "All {count} devices are fine"),
        "wanting": ("{count} 台需要处理", "{count} need attention"),
        "of_all": ("共 {count} 台，{fine} 台正常", "{count} in all, {fine} fine"),
        "none": ("还没有登记任何设备", "No device is enrolled yet"),
        "none_how": (
            "在主机上运行 hall enrol，给取号机、窗口电脑和大屏各登记一次。",
            "On the hub run hall enrol once for each kiosk, counter and board.",
        ),
        "citizen-kiosk": ("取号机", "Kiosk"),
        "counter": ("窗口电脑", "Counter"),
        "display": ("显示屏", "Board"),
        "at_window": ("{window} 号窗口", "Window {window}"),
        "since": ("{time} 起", "since {time}"),
        "heard": ("在线", "Online"),
        "silent": ("没有联系，状态不明", "Not heard of, state unknown"),
        "silent_since": ("{time} 后没有联系，状态不明", "Not heard of since {time}, state unknown"),
        "never": ("还没有联系过，状态不明", "Never heard of, state unknown"),
        "revoked": ("已停用", "Taken out of use"),
        "no_parts": ("没有外接设备", "No devices attached"),
        "updated": ("更新于 {time}", "Updated {time}"),
        "stale": ("连接中断，下面是 {time} 的情况", "Connection lost. This was the state at {time}"),
        "details": ("给维护人员", "For the technician"),
    }
)

STATES: Mapping[PartState, tuple[str, str]] = MappingProxyType(
    {
        "ready": ("正常", "Fine"),
        "near_end": ("纸快用完", "Paper low"),
        "paper_out": ("缺纸", "Out of paper"),
        "cover_open": ("机盖未合", "Cover open"),
        "cutter": ("切刀卡住", "Cutter jammed"),
        "frozen": ("画面停住", "Picture frozen"),
        "black": ("画面全黑", "Picture black"),
        "error": ("故障", "Fault"),
        "silent": ("没有回应", "No answer"),
        "unknown": ("状态不明", "State unknown"),
    }
)

KINDS: Words = MappingProxyType(
    {
        "printer": ("打印机", "Printer"),
        "idcard": ("身份证阅读器", "Card reader"),
        "reader": ("身份证阅读器", "Card reader"),
        "socialcard": ("社保卡阅读器", "Social-security reader"),
        "scanner": ("扫码器", "Scanner"),
        "camera": ("摄像头", "Camera"),
        "document_camera": ("高拍仪", "Document camera"),
        "keypad": ("叫号键盘", "Keypad"),
        "evaluator": ("评价器", "Evaluator"),
        "ledbar": ("窗口屏", "LED bar"),
        "voice": ("语音", "Voice"),
    }
)


def word(key: str, language: Language, **fields: object) -> str:
    """The words for `key`, with their fields filled in. KeyError for a key that is not in the catalogue."""
    return _in(MANAGE[key], language).format(**fields)


def state_word(state: PartState, language: Language) -> str:
    """A part's state in a word or two."""
    return _in(STATES[state], language)


def kind_word(kind: str, language: Language) -> str:
    """What people call a part; one we have no word for keeps its own name."""
    return _in(KINDS.get(kind, (kind, kind)), language)


def _in(pair: tuple[str, str], language: Language) -> str:
    return pair[0 if language == "zh" else 1]
