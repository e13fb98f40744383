"""The words of the pages: Chinese is the source, English complete. One catalogue, no sentence elsewhere."""

from typing import Literal, Protocol

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "your_number": ("您的号码", "Your number"),
    "waiting": ("等候中", "Waiting"),
    "called": ("请到窗口", "Please come"),
    "serving": ("办理中", "Being served"),
    "held": ("办理暂停，请稍候", "On hold, please wait"),
    "missed": ("已过号", "Missed"),
    "done": ("已办结，感谢您的到来", "Done. Thank you for coming"),
    "cancelled": ("已取消", "Cancelled"),
    "expired": ("已失效，请重新取号", "Expired, please take a new number"),
    "ahead": ("前面还有", "People ahead"),
    "people": ("人", ""),
    "next": ("下一位就是您，请在附近等候", "You are next, please stay near"),
    "wait": ("预计等候", "Likely wait"),
    "minutes": ("约 {low}-{high} 分钟", "about {low} to {high} min"),
    "long": ("等候时间较长，可先离开大厅，临近时再回来", "A long wait: you may leave and come back later"),
    "go_to": ("请到 {window} 号窗口", "Please go to window {window}"),
    "place": ("地点", "Where"),
    "lane": ("队列", "Line"),
    "matter": ("事项", "Matter"),
    "promise": ("承诺时限", "Promise"),
    "bring": ("请准备", "Please have ready"),
    "missed_how": (
        "过号可在本日内回到窗口或取号机恢复一次",
        "If you miss your call, come to a window or a kiosk today; your place is restored once",
    ),
    "why": ("前面有谁，为什么", "Who is ahead, and why"),
    "why_none": ("前面没有人。", "Nobody is ahead of you."),
    "why_more": ("另有 {count} 人", "and {count} more"),
    "why_beside": ("这些窗口还要叫的其他队列", "Other lines that the same windows call"),
    "why_called": ("您等候时先被叫到的", "Called first while you waited"),
    "why_windows": ("窗口怎样叫号", "How the windows call"),
    "why_at": ("{time} 的情况；规则见大厅公示", "As of {time}; the rules hang in the hall"),
    "cancel": ("不办了，取消号码", "Cancel my number"),
    "cancel_sure": (
        "确定取消 {number} 吗？取消后需要重新取号。",
        "Cancel {number}? You would need a new number.",
    ),
    "cancel_yes": ("确定取消", "Yes, cancel"),
    "cancel_no": ("不取消，继续等候", "No, keep waiting"),
    "remind": ("快到我时短信提醒", "Text me when it is nearly my turn"),
    "remind_known": ("前面剩 3 人时将短信提醒 {masked}", "We will text {masked} when three are ahead"),
    "remind_change": ("修改或取消提醒", "Change or stop"),
    "remind_how": (
        "前面剩 3 人时给您发一条短信。号码只用于这条短信，发出后即删除。",
        "One message when three people are ahead. Your number is used for it alone, and deleted afterwards.",
    ),
    "remind_told": ("快到您了，请到指定地点等候", "It is nearly your turn; please come to the place above"),
    "remind_phone": ("手机号码", "Mobile number"),
    "remind_yes": ("确定", "Remind me"),
    "remind_no": ("不用提醒", "No reminder"),
    "back_to_number": ("返回我的号", "Back to my number"),
    "remind_in_clear": (
        "当前网络连接未加密，请在自助机上登记提醒。",
        "This connection is not encrypted. Please ask for the reminder at a kiosk.",
    ),
    "remind_bad": ("请填写 11 位手机号码。", "Please give a mobile number of 11 digits."),
    "sound": ("叫号时响铃", "Ring when called"),
    "sound_on": ("叫号时会响铃", "Will ring when called"),
    "other_language": ("English", "中文"),
    "stale": ("连接中断，数据更新于 {time}", "Connection lost. Updated at {time}"),
    "live": ("更新于 {time}", "Updated {time}"),
    "no_script": ("请刷新页面查看最新进度", "Reload the page to see the latest state"),
    "unknown_title": ("没有找到这张号票", "No such ticket"),
    "unknown": (
        "链接不完整或号票已失效。请重新扫描小票上的二维码，或到服务台询问。",
        "The link is incomplete or the ticket has ended. Scan the code on your slip again, or ask the staff.",
    ),
    "sample": ("示例数据", "Sample data"),
    "back_soon": ("办完后请回到 {window} 号窗口", "Afterwards please return to window {window}"),
}


class InBoth(Protocol):
    """Something that says itself in both languages, a refusal for one."""

    @property
    def zh(self) -> str:
        """In Chinese."""

    @property
    def en(self) -> str:
        """In English."""


def said_in(told: InBoth, language: Language) -> str:
    """What it says, in the language."""
    return told.zh if language == "zh" else told.en


def word(key: str, language: Language, **fields: object) -> str:
    """The words for `key`, with their fields filled in. KeyError for a key that is not in the catalogue."""
    return WORDS[key][0 if language == "zh" else 1].format(**fields)
