"""The one table of routes. Server, OpenAPI document, client and the access test are derived from it."""

from dataclasses import dataclass
from enum import StrEnum

from shared.protocol import booking as b
from shared.protocol import leases as n
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.protocol import rota


class Permission(StrEnum):
    """Who may use a route."""

    OPEN = "open"
    """Anyone: health, the OpenAPI document, enrolment (which needs a code)."""
    HALL = "hall"
    """Any enrolled device or signed-in clerk: what the hall's screens show."""
    TAKE = "take"
    """A kiosk, or a clerk for a citizen."""
    SIGN_IN = "sign_in"
    """An enrolled counter."""
    RATE = "rate"
    """An enrolled counter itself, for the citizen before it; no clerk's session."""
    NOTE = "note"
    """An enrolled counter itself, for what was noted at it while the hub was away."""
    SERVE = "serve"
    """A signed-in clerk."""
    MANAGE = "manage"
    """A signed-in manager, or the operator on the hub's own machine."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the hub.

    `changes` marks commands: they need a request id in `Idempotency-Key`, and a repeat gets the first
    answer. `answer` None is an empty 204. `query` names the query parameters with their meaning.
    """

    name: str
    method: str
    path: str
    permission: Permission
    summary: str
    answer: type[m.Answer] | None
    body: type[m.Request] | None = None
    status: int = 200
    changes: bool = False
    may_be_empty: bool = False
    """True when 204 stands beside the answer: nothing to give."""
    query: tuple[tuple[str, str], ...] = ()
    refusals: tuple[str, ...] = ()


def _get(
    name: str,
    path: str,
    permission: Permission,
    answer: type[m.Answer],
    summary: str,
    *refusals: str,
    query: tuple[tuple[str, str], ...] = (),
) -> Route:
    return Route(name, "GET", path, permission, summary, answer, query=query, refusals=refusals)


def _post(
    name: str,
    path: str,
    permission: Permission,
    body: type[m.Request],
    answer: type[m.Answer] | None,
    summary: str,
    *refusals: str,
    status: int = 200,
    may_be_empty: bool = False,
) -> Route:
    return Route(
        name,
        "POST",
        path,
        permission,
        summary,
        answer,
        body,
        status if answer else 204,
        True,
        may_be_empty,
        refusals=refusals,
    )


def _move(verb: str, body: type[m.Request], summary: str, *refusals: str) -> Route:
    return _post(
        f"{verb}_ticket",
        f"/api/v1/tickets/{{id}}/{verb}",
        Permission.SERVE,
        body,
        m.Ticket,
        summary,
        "unknown_ticket",
        "illegal_move",
        "held_elsewhere",
        "window_not_open",
        *refusals,
    )


P = Permission

ROUTES: tuple[Route, ...] = (
    # State of the hall
    _get("health", "/api/v1/health", P.OPEN, m.Health, "How the hub is."),
    _get("board", "/api/v1/board", P.HALL, m.Board, "The hall as its screens show it."),
    _get("queue", "/api/v1/queue", P.HALL, m.Queue, "All live tickets."),
    _get("lanes", "/api/v1/lanes", P.HALL, m.Lanes, "All lanes, with people waiting and the wait."),
    _get("windows", "/api/v1/windows", P.HALL, m.Windows, "All windows."),
    _get(
        "matters",
        "/api/v1/matters",
        P.HALL,
        m.Matters,
        "Search matters by Chinese, pinyin or initials.",
        query=(("q", "search text; empty lists all"), ("lane", "only this lane's matters")),
    ),
    _get(
        "workdays",
        "/api/v1/workdays/{year}",
        P.OPEN,
        m.Workdays,
        "Public holidays and make-up workdays of a year.",
        "not_yet_published",
    ),
    _get("rules", "/api/v1/rules", P.OPEN, m.RulesPosted, "The posted order, as it hangs on the wall."),
    # Tickets
    _post(
        "take_ticket",
        "/api/v1/tickets",
        P.TAKE,
        m.TakeTicket,
        m.TakenTicket,
        "Take a number.",
        "unknown_lane",
        "unknown_matter",
        "lane_outside_hours",
        "lane_closed",
        "has_live_ticket",
        "bad_id_number",
        status=201,
    ),
    _post(
        "find_tickets",
        "/api/v1/tickets/find",
        P.TAKE,
        m.FindTickets,
        m.FoundTickets,
        "Find a person's live tickets, to print one again.",
        "bad_id_number",
    ),
    _post(
        "read_code",
        "/api/v1/codes/read",
        P.TAKE,
        m.ReadCode,
        m.TakenTicket,
        "How the ticket is whose code was scanned.",
        "unknown_code",
    ),
    _get("ticket", "/api/v1/tickets/{id}", P.HALL, m.Ticket, "One ticket.", "unknown_ticket"),
    _get(
        "ticket_numbered",
        "/api/v1/tickets",
        P.HALL,
        m.Ticket,
        "The ticket with a number of a day.",
        "unknown_ticket",
        query=(("number", "as printed: A017"), ("day", "the business day; today's when left out")),
    ),
    _get(
        "why",
        "/api/v1/tickets/{id}/why",
        P.HALL,
        m.Why,
        "Why a ticket waits: who goes before it, who was called meanwhile, each in one sentence.",
        "unknown_ticket",
        query=(("at", "any moment of its day, with its offset; now when left out"),),
    ),
    _post(
        "record_slip",
        "/api/v1/tickets/{id}/slip",
        P.TAKE,
        m.RecordSlip,
        m.Ticket,
        "Say what became of the slip.",
        "unknown_ticket",
    ),
    _post(
        "void_ticket",
        "/api/v1/tickets/{id}/void",
        P.TAKE,
        m.VoidTicket,
        m.Ticket,
        "Give up a waiting number that was taken here and that nobody holds.",
        "unknown_ticket",
        "illegal_move",
        "slip_in_hand",
        "taken_elsewhere",
    ),
    # Numbers lent to kiosks
    _post(
        "lease_blocks",
        "/api/v1/leases",
        P.TAKE,
        n.LeaseNumbers,
        n.LeasedNumbers,
        "Numbers of today and the next three days, to give while the hub is away.",
    ),
    _post(
        "reconcile_number",
        "/api/v1/leases/{id}/tickets",
        P.TAKE,
        n.ReconcileNumber,
        m.Ticket,
        "Bring in a number that was given while the hub was away, in the order of issue.",
        "unknown_lease",
        "number_given",
    ),
    # Calls by hand
    _post(
        "note_manual_call",
        "/api/v1/windows/{no}/manual-calls",
        P.NOTE,
        h.NoteManualCall,
        h.ManualCall,
        "Bring in what was noted of a call by hand while the hub was away; nothing is judged yet.",
        "unknown_window",
        "device_of_other_window",
        "manual_call_differs",
    ),
    _post(
        "judge_manual_calls",
        "/api/v1/manual-calls/judge",
        P.NOTE,
        h.JudgeManualCalls,
        h.JudgedManualCalls,
        "Carry out, in the order in which it happened, what all windows noted; tell what came of some calls.",
    ),
    _get(
        "manual_calls",
        "/api/v1/manual-calls",
        P.MANAGE,
        h.ManualCalls,
        "Calls by hand that contradict the hall, those that wait for their number, and what was settled.",
    ),
    _post(
        "settle_manual_call",
        "/api/v1/manual-calls/{id}/settle",
        P.MANAGE,
        h.SettleManualCall,
        h.ManualCall,
        "Decide a call by hand that contradicts the hall.",
        "unknown_manual_call",
        "manual_call_settled",
    ),
    # Calling and serving
    _post(
        "call_next",
        "/api/v1/windows/{no}/call-next",
        P.SERVE,
        m.CallNext,
        m.Ticket,
        "Call the next ticket this window may call.",
        "unknown_window",
        "window_not_open",
        "window_of_other_clerk",
        "window_has_ticket",
        may_be_empty=True,
    ),
    _move(
        "call",
        m.CallTicket,
        "Call one chosen ticket, with a reason.",
        "window_has_ticket",
        "not_for_this_window",
        "lane_not_served",
    ),
    _move("recall", m.Nothing, "Call the same ticket again (counted)."),
    _move("start", m.Nothing, "The citizen is here."),
    _move("finish", m.Nothing, "Service is done; a ticket sent 'and back' returns to its window."),
    _move("miss", m.Nothing, "The citizen did not come."),
    _post(
        "return_ticket",
        "/api/v1/tickets/{id}/return",
        P.TAKE,
        m.Nothing,
        m.Ticket,
        "A missed ticket comes back to the line, once; at a window or at the kiosk.",
        "unknown_ticket",
        "illegal_move",
        "return_used",
    ),
    _move("hold", m.Nothing, "Interrupt service."),
    _move("resume", m.Nothing, "Go on with an interrupted service.", "window_has_ticket"),
    _move(
        "transfer",
        m.Transfer,
        "Send the ticket to a lane or a window; it keeps its place in time.",
        "unknown_lane",
        "unknown_window",
        "transfer_needs_target",
        "transfer_to_self",
        "has_live_ticket",
    ),
    _move("cancel", m.Reason, "Give the ticket up."),
    _post(
        "reveal_name",
        "/api/v1/tickets/{id}/name",
        P.SERVE,
        m.Nothing,
        m.FullName,
        "Show the serving clerk the full name; each look is a fact.",
        "unknown_ticket",
        "held_elsewhere",
        "name_not_yours",
    ),
    _post(
        "rate_ticket",
        "/api/v1/tickets/{id}/rating",
        P.RATE,
        m.RateTicket,
        None,
        "Say how the service at a window was; once, at the counter where it was given.",
        "unknown_ticket",
        "not_yet_served",
        "already_rated",
        "rating_too_late",
        "reasons_not_asked",
    ),
    # Windows
    _post(
        "open_window",
        "/api/v1/windows/{no}/open",
        P.SERVE,
        m.Nothing,
        m.Window,
        "Open a window.",
        "unknown_window",
        "window_open_already",
        "clerk_at_other_window",
        "device_of_other_window",
    ),
    _post(
        "pause_window",
        "/api/v1/windows/{no}/pause",
        P.SERVE,
        m.Reason,
        m.Window,
        "Pause, with a reason.",
        "unknown_window",
        "window_not_open",
        "window_of_other_clerk",
        "window_has_ticket",
    ),
    _post(
        "resume_window",
        "/api/v1/windows/{no}/resume",
        P.SERVE,
        m.Nothing,
        m.Window,
        "Go on after a pause.",
        "unknown_window",
        "window_not_open",
        "window_of_other_clerk",
    ),
    _post(
        "close_window",
        "/api/v1/windows/{no}/close",
        P.SERVE,
        m.Nothing,
        m.Window,
        "Close a window.",
        "unknown_window",
        "window_not_open",
        "window_of_other_clerk",
        "window_has_ticket",
    ),
    _get("my_day", "/api/v1/my-day", P.SERVE, m.MyDay, "The clerk's own figures of today."),
    # People and devices
    _post(
        "enrol",
        "/api/v1/devices",
        P.OPEN,
        m.Enrol,
        m.Enrolled,
        "Enrol a device with a code.",
        "bad_enrolment_code",
        "locked_out",
        status=201,
    ),
    Route(
        "report_parts",
        "PUT",
        "/api/v1/devices/mine/parts",
        P.HALL,
        "The heartbeat of a device, with the state of its parts; only changes are written.",
        None,
        m.ReportParts,
        204,
    ),
    _post(
        "sign_in",
        "/api/v1/sessions",
        P.SIGN_IN,
        m.SignIn,
        m.SignedIn,
        "Sign a clerk in.",
        "bad_sign_in",
        "locked_out",
        status=201,
    ),
    _post(
        "sign_out", "/api/v1/sessions/end", P.SERVE, m.Nothing, None, "End the session.", "window_has_ticket"
    ),
    # Managing
    _get("devices", "/api/v1/devices", P.MANAGE, m.Devices, "All enrolled devices."),
    _get("devices_state", "/api/v1/devices/state", P.MANAGE, m.Units, "How every device and its parts are."),
    _get("advice", "/api/v1/advice", P.MANAGE, m.AdviceNow, "Which window to open, close or move."),
    _post(
        "offer_device",
        "/api/v1/devices/offers",
        P.MANAGE,
        m.OfferDevice,
        m.DeviceOffer,
        "Make a short-lived enrolment code.",
        "unknown_window",
        status=201,
    ),
    _post(
        "revoke_device",
        "/api/v1/devices/{id}/revoke",
        P.MANAGE,
        m.Nothing,
        m.Device,
        "Take a device's credential away, at once.",
        "unknown_device",
    ),
    _post(
        "close_lane",
        "/api/v1/lanes/{letter}/close",
        P.MANAGE,
        m.Reason,
        m.Lane,
        "Give no more numbers.",
        "unknown_lane",
    ),
    _post(
        "open_lane",
        "/api/v1/lanes/{letter}/open",
        P.MANAGE,
        m.Nothing,
        m.Lane,
        "Give numbers again.",
        "unknown_lane",
    ),
    _post(
        "post_notice",
        "/api/v1/notices",
        P.MANAGE,
        m.PostNotice,
        m.Notice,
        "Put a notice on the boards.",
        status=201,
    ),
    _post(
        "withdraw_notice",
        "/api/v1/notices/{id}/withdraw",
        P.MANAGE,
        m.Nothing,
        None,
        "Take a notice off the boards.",
    ),
    _post(
        "change_rules",
        "/api/v1/rules",
        P.MANAGE,
        m.ChangeRules,
        m.RulesPosted,
        "Change figures of the posted order; tickets keep their places.",
        "impossible_rule",
    ),
    _post(
        "change_workdays",
        "/api/v1/workdays",
        P.MANAGE,
        m.ChangeWorkdays,
        None,
        "Change the work calendar against the published one.",
        "impossible_workdays",
    ),
    # The rota
    _post(
        "draft_rota",
        "/api/v1/rota/drafts",
        P.MANAGE,
        rota.DraftRota,
        rota.RotaTold,
        "Keep a draft of the rota; it holds nobody.",
        "impossible_rota",
        "not_yet_published",
        "rota_breaks_rule",
        status=201,
    ),
    _post(
        "publish_rota",
        "/api/v1/rota/drafts/{id}/publish",
        P.MANAGE,
        m.Nothing,
        rota.RotaTold,
        "Let a draft hold; one that it covers is replaced.",
        "unknown_rota",
        "rota_not_draft",
        "rota_overlaps",
        "rota_breaks_rule",
    ),
    _post(
        "swap_days",
        "/api/v1/rota/swap",
        P.MANAGE,
        rota.SwapDays,
        rota.RotaTold,
        "Two clerks exchange days of the rota.",
        "no_rota",
        "rota_change_refused",
    ),
    _post(
        "take_leave",
        "/api/v1/rota/leave",
        P.MANAGE,
        rota.TakeLeave,
        rota.LeaveTold,
        "Note a clerk's leave, or take it back; says what is short then and who could stand in.",
        "unknown_clerk",
    ),
    _post(
        "stand_in",
        "/api/v1/rota/stand-in",
        P.MANAGE,
        rota.StandInFor,
        rota.RotaTold,
        "A clerk takes over a shift that nobody has.",
        "no_rota",
        "rota_change_refused",
    ),
    _post(
        "set_rota_clerk",
        "/api/v1/rota/clerks",
        P.MANAGE,
        rota.SetRotaClerk,
        None,
        "What a clerk can do in the rota, from the next draft on.",
        "unknown_clerk",
        "unknown_lane",
    ),
    _post(
        "roll_day",
        "/api/v1/day/roll",
        P.MANAGE,
        m.RollDay,
        m.DayRolled,
        "Move the business day on.",
        "day_not_later",
    ),
    # Booking
    _get(
        "booking_calendar",
        "/api/v1/bookings/calendar",
        P.HALL,
        b.BookingCalendar,
        "Days with places for a matter, and full ones.",
        "unknown_matter",
        "invalid_query",
        query=(("matter", "id of the matter"),),
    ),
    _get(
        "booking_times",
        "/api/v1/bookings/times",
        P.HALL,
        b.BookingTimes,
        "Slots of a day with places for a matter.",
        "unknown_matter",
        "invalid_query",
        query=(("matter", "id of the matter"), ("day", "a date like 2026-11-28")),
    ),
    _post(
        "reserve",
        "/api/v1/bookings",
        P.TAKE,
        b.Reserve,
        b.Booking,
        "Hold a place for a few minutes.",
        "unknown_slot",
        "unknown_matter",
        "bad_id_number",
        "bad_contact",
        "slot_full",
        "slot_past",
        "slot_withdrawn",
        "lane_closed",
        "booking_closed",
        "booked_twice",
        "reservation_open",
        "too_many_bookings",
        status=201,
    ),
    _post(
        "confirm_booking",
        "/api/v1/bookings/{token}/confirm",
        P.TAKE,
        m.Nothing,
        b.Booking,
        "Make a reservation a promise.",
        "unknown_booking",
        "booking_moved",
        "booking_over",
    ),
    _post(
        "change_booking",
        "/api/v1/bookings/{token}/change",
        P.TAKE,
        b.ChangeBooking,
        b.Booking,
        "Move a booking to another slot, in one step.",
        "unknown_booking",
        "booking_moved",
        "booking_over",
        "unknown_slot",
        "slot_full",
        "slot_past",
        "slot_withdrawn",
        "lane_closed",
        "booking_closed",
    ),
    _post(
        "cancel_booking",
        "/api/v1/bookings/{token}/cancel",
        P.TAKE,
        m.Nothing,
        b.Booking,
        "Give a booking up.",
        "unknown_booking",
        "booking_moved",
        "booking_over",
    ),
    _post(
        "find_bookings",
        "/api/v1/bookings/find",
        P.TAKE,
        b.Whose,
        b.Bookings,
        "The live bookings of a card, or the one of a code.",
        "unknown_booking",
        "booking_moved",
        "bad_id_number",
    ),
    _post(
        "wait_for_place",
        "/api/v1/bookings/wait",
        P.TAKE,
        b.WaitForPlace,
        b.Wish,
        "Join the waiting list of a full day.",
        "unknown_slot",
        "unknown_matter",
        "bad_id_number",
        "bad_contact",
        "day_not_full",
        "already_waiting",
        status=201,
    ),
    _post(
        "check_in",
        "/api/v1/bookings/check-in",
        P.TAKE,
        b.Whose,
        m.TakenTicket,
        "Join the line with a booking of today.",
        "unknown_booking",
        "booking_moved",
        "booking_over",
        "booking_other_day",
        "no_booking_today",
        "bad_id_number",
        "lane_closed",
        "has_live_ticket",
        status=201,
    ),
    _get(
        "booked_day",
        "/api/v1/bookings/day",
        P.MANAGE,
        b.BookedDay,
        "Slots and bookings of a day, and those over capacity.",
        "invalid_query",
        query=(("day", "a date like 2026-11-28"),),
    ),
    _post(
        "ask_to_move",
        "/api/v1/bookings/ask-to-move",
        P.MANAGE,
        b.AskToMove,
        b.Asked,
        "Ask who is over capacity to choose another time.",
    ),
    _post(
        "set_places",
        "/api/v1/slots/{id}/places",
        P.MANAGE,
        b.SetPlaces,
        b.SlotNow,
        "Let a slot offer so many places; nobody loses one.",
        "unknown_slot",
    ),
    _get("place_terms", "/api/v1/bookings/terms", P.MANAGE, b.PlaceTerms, "How places are worked out."),
    _post(
        "set_place_terms",
        "/api/v1/bookings/terms",
        P.MANAGE,
        b.SetPlaceTerms,
        b.PlaceTerms,
        "Change how places are worked out.",
    ),
    # Messages to citizens
    _post(
        "leave_contact",
        "/api/v1/tickets/{id}/contact",
        P.TAKE,
        o.LeaveContact,
        None,
        "Be told when three are ahead, or of the result.",
        "unknown_ticket",
        "taken_elsewhere",
        "bad_contact",
        "no_gateway",
        "too_late_to_remind",
    ),
    _post(
        "tell_result",
        "/api/v1/tickets/{id}/result",
        P.SERVE,
        m.Nothing,
        None,
        "Tell the holder that the result can be fetched.",
        "unknown_ticket",
        "no_gateway",
        "no_contact",
    ),
    _get("outbox_now", "/api/v1/messages", P.MANAGE, o.Outbox, "Messages to citizens, and their gateway."),
    _post(
        "send_again",
        "/api/v1/messages/{id}/send-again",
        P.MANAGE,
        m.Nothing,
        None,
        "Try a message that failed again.",
        "unknown_message",
        "message_over",
    ),
    _post(
        "drop_message",
        "/api/v1/messages/{id}/drop",
        P.MANAGE,
        m.Nothing,
        None,
        "Give a message that failed up.",
        "unknown_message",
        "message_over",
    ),
    Route(
        "gateway_tried",
        "POST",
        "/api/v1/messages/test",
        P.MANAGE,
        "Send a test message to the gateway, and say what came of it.",
        o.GatewayTried,
        refusals=("no_gateway",),
    ),
)

BY_NAME: dict[str, Route] = {route.name: route for route in ROUTES}

EVENTS_PATH = "/api/v1/events"
"""Server-sent events (permission HALL); see shared.protocol.events."""
OPENAPI_PATH = "/api/v1/openapi.json"
AUTHORITY_PATH = "/authority.crt"
"""The certificate of the hall's own authority (PEM), for anyone: its fingerprint tells if it is the one."""
PHONE_PATH = "/t/{token}"
"""The citizen's page; the token is the credential. Below it, `/events` streams, `/why`
says who goes before, `/remind` takes a telephone to be told at, and `/cancel` gives up."""
REQUEST_ID_HEADER = "Idempotency-Key"
MAX_BODY_BYTES = 64 * 1024
