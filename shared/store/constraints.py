"""The schema's word becomes a refusal here, by the name of the constraint, and nowhere else.

Services ask before they write, so these are the last line: what a bug or a race would otherwise break.
"""

from shared.domain.refusals import Refused

_BY_MESSAGE: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("tickets.person, tickets.lane", "has_live_ticket", {"number": "…"}),
    ("tickets.window", "window_has_ticket", {"number": "…"}),
    ("ratings.ticket, ratings.leg", "already_rated", {"number": "…"}),
    (
        "one_place_at_a_time",
        "rota_change_refused",
        {"zh": "同一时间有两个岗位", "en": "two places at a time"},
    ),
    ("nobody_on_leave_works", "rota_change_refused", {"zh": "此人当天请假", "en": "on leave that day"}),
    ("rotas_do_not_overlap", "rota_overlaps", {"first": "…", "last": "…"}),
    ("never_oversold", "slot_full", {}),
    ("bookings.person, bookings.matter", "booked_twice", {"day_zh": "…", "day": "…", "time": "…"}),
    ("bookings.person", "reservation_open", {"day_zh": "…", "day": "…", "time": "…"}),
    ("wishes.person, wishes.matter", "already_waiting", {}),
    ("windows.clerk", "clerk_at_other_window", {"window": "…"}),
)


def refusal_of(error: Exception) -> Refused:
    """The refusal that a broken constraint means; Refused("internal") when it means a bug."""
    message = str(error)
    for needle, code, fields in _BY_MESSAGE:
        if needle in message:
            return Refused(code, **fields)
    return Refused("internal")
