"""The words of the managers' page of calls by hand."""

from collections.abc import Mapping
from types import MappingProxyType

MANUAL: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "manual": ("手动叫号", "Calls by hand"),
        "manual_none": ("手动叫号没有待裁定的", "No call by hand waits for a decision"),
        "manual_open": ("{count} 个手动叫号待裁定", "Calls by hand that wait for a decision: {count}"),
        "manual_how": (
            "窗口在断线时手动记下的号，凡与大厅记录不符的都列在这里，两边都不改。请问过两个窗口后裁定。",
            "Noted by windows while cut off, and not fitting the hall's record. Ask both, then decide.",
        ),
        "manual_noted": ("窗口手动记录", "Noted by the window"),
        "manual_hall": ("大厅记录", "The hall's record"),
        "manual_by": ("{window} 号窗口 · {clerk}", "Window {window} · {clerk}"),
        "manual_unproved": ("工号未核验", "clerk not checked"),
        "manual_carried": ("已办", "carried out"),
        "manual_unknown": ("没有这个号", "No such number"),
        "manual_known": ("{state}，自 {time}", "{state} since {time}"),
        "manual_known_at": (
            "{window} 号窗口 · {clerk} · {state}，自 {time}",
            "Window {window} · {clerk} · {state} since {time}",
        ),
        "manual_reason": ("裁定理由", "Reason"),
        "manual_reason_missing": ("请写明裁定理由。", "Please give the reason."),
        "manual_as_noted": ("以手动记录为准", "As noted by hand"),
        "manual_as_hall": ("以大厅记录为准", "As the hall has it"),
        "manual_effect": (
            "以手动记录为准：号仍在等候、窗口又空着时，按记录补办；已经结束的号不再改动，只留下裁定。",
            "As noted: carried out if the number still waits and the window is free; else kept as a record.",
        ),
        "manual_waits": ("等待取号机恢复", "Waiting for a kiosk"),
        "manual_waits_how": (
            "这些号借给了还没有恢复连接的取号机，取号机恢复后自动核对。",
            "These numbers were lent to a kiosk that is still away; they are judged when it is back.",
        ),
        "manual_settled": ("已裁定", "Decided"),
        "manual_more": ("另有 {count} 个", "And {count} more"),
        "step_called": ("叫号 {time}", "called {time}"),
        "step_started": ("开始 {time}", "started {time}"),
        "step_finished": ("完成 {time}", "done {time}"),
        "step_missed": ("过号 {time}", "missed {time}"),
        "step_withdrawn": ("撤回 {time}", "taken back {time}"),
    }
)
