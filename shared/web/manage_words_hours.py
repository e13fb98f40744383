"""The words of the managers' page of opening hours."""

from collections.abc import Mapping
from types import MappingProxyType

HOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "hours": ("服务时间", "Hours"),
        "hours_now": ("现在开放 {count} / {all} 条队列", "Open now: {count} of {all} lanes"),
        "hours_open_until": ("开放中，至 {time}", "open until {time}"),
        "hours_open": ("开放中", "open"),
        "hours_shut": ("未开放，{opens}", "closed; {opens}"),
        "hours_closed_by": ("管理员暂停：{reason}", "closed by a manager: {reason}"),
        "hours_edit": ("修改", "Change"),
        "hours_of": ("{lane} 的服务时间", "Hours of {lane}"),
        "hours_exceptions": ("另行安排", "Other dates"),
        "hours_lines": ("每行一组日子", "A group of days in each line"),
        "hours_how": (
            "星期写 Mon 至 Sun 或 Mon-Fri，时间写 09:00-12:00，后面可加下列词：",
            "Days are Mon to Sun, or Mon-Fri; times are 09:00-12:00, and behind them may stand:",
        ),
        "hours_lunch": ("午间", "lunch hours"),
        "hours_evening": ("晚间", "evening hours"),
        "hours_weekend": ("周末", "weekend hours"),
        "hours_by_booking": ("仅限预约", "appointments only"),
        "hours_how_days": (
            "单个日子、法定节假日各写一行；调休上班日按相邻工作日。",
            "Single dates and holidays have a line each; a make-up workday is as the weekday beside it.",
        ),
        "hours_see": ("预览", "Preview"),
        "hours_ahead": ("今后两周", "The next two weeks"),
        "hours_one_day": ("某一天另行安排", "Other hours on one date"),
        "hours_one_day_how": (
            "例如周六上午加开，或某天不开放（closed）；留空即取消那天的安排。",
            "A Saturday morning, or a day that is closed; empty takes that date's hours back.",
        ),
        "hours_date": ("日期", "Date"),
        "hours_times": ("时间", "Times"),
        "hours_lanes": ("队列", "Lanes"),
        "hours_preview": ("请核对，确认后立即生效", "Please check; it holds as soon as you confirm"),
        "hours_no_change": ("没有改动", "Nothing would change"),
        "hours_days_change": ("{count} 天有变化", "Days that change: {count}"),
        "hours_more_days": ("另有 {count} 天", "and {count} more"),
        "hours_none_booked": ("没有预约受影响", "No booking is affected"),
        "hours_booked": (
            "{count} 个预约将落在服务时间之外。预约不会自动取消，请确认后到预约页联系改期。",
            "Bookings outside the new hours: {count}. None is cancelled; ask them to move afterwards.",
        ),
        "hours_confirm": ("确认修改", "Confirm"),
        "hours_back": ("返回，不修改", "Back, change nothing"),
        "hours_history": ("修改记录", "History"),
        "hours_never_changed": ("还没有修改过。", "Nothing was changed yet."),
        "hours_windows": ("窗口", "Windows"),
        "hours_windows_how": (
            "窗口可另定在岗时间，号源和排班随之计算；未另定的，与所办队列相同。",
            "A window may have hours of its own: places and rotas follow. Others keep their lanes’.",
        ),
        "hours_windows_rest": ("{count} 个窗口与所办队列相同", "{count} windows are there as their lanes"),
        "hours_as_lanes": ("与所办队列相同", "as its lanes"),
        "hours_window": ("{no} 号窗口（{lanes}）", "Window {no} ({lanes})"),
        "hours_window_short": ("{no} 号窗口", "Window {no}"),
        "hours_window_how": (
            "只在所办队列开放时有效；清空表示与所办队列相同。不取消任何预约。",
            "They count within the hours of its lanes; empty is all of those. No booking is cancelled.",
        ),
        "hours_window_lines": (
            "星期写 Mon 至 Sun 或 Mon-Fri，时间写 09:00-12:00。",
            "Days as Mon to Sun or Mon-Fri, times as 09:00-12:00.",
        ),
        "hours_gone": ("取消", "no longer"),
        "hours_new": ("新增", "new"),
        "hours_bad_date": ("请选择今天或以后的日期。", "Please choose today or a later date."),
        "hours_no_lane": ("请至少选择一条队列。", "Please choose a lane at least."),
    }
)
