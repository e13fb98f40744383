"""Every "no" of the hall: a stable code, an HTTP status, and a sentence for the person who reads it.

Sentences are templates; the fields in braces come with the refusal. There is no other list.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of "no": its HTTP status (RFC 9110) and its sentence in both languages."""

    status: int
    zh: str
    en: str


REFUSALS: dict[str, Refusal] = {
    # The request itself
    "malformed_json": Refusal(400, "请求内容不是有效的 JSON。", "The request body is not valid JSON."),
    "invalid_body": Refusal(
        422, "请求内容不符合要求：{detail}。", "The request body does not fit: {detail}."
    ),
    "invalid_query": Refusal(
        422, "查询参数不符合要求：{detail}。", "A query parameter does not fit: {detail}."
    ),
    "body_too_large": Refusal(413, "请求内容过大。", "The request body is too large."),
    "unknown_route": Refusal(404, "没有这个地址。", "There is no such address."),
    "method_not_allowed": Refusal(405, "该地址不支持此操作。", "This address does not take that method."),
    "request_id_missing": Refusal(
        400, "缺少请求编号（Idempotency-Key）。", "The request id (Idempotency-Key) is missing or not a UUID."
    ),
    "request_id_reused": Refusal(
        409, "这个请求编号已用于另一个请求。", "This request id was already used for a different request."
    ),
    # Access
    "unauthenticated": Refusal(401, "请先登记设备或登录。", "Enrol the device or sign in first."),
    "revoked": Refusal(401, "此凭证已停用，请联系管理员。", "This credential was revoked; ask the manager."),
    "forbidden": Refusal(403, "此设备或人员无权进行该操作。", "This device or person may not do that."),
    "bad_enrolment_code": Refusal(
        403,
        "登记码不正确或已过期，请重新获取。",
        "The enrolment code is wrong or has expired; ask for a new one.",
    ),
    "enrolment_code_short": Refusal(
        422,
        "登记码不完整：共 {length} 位，只输入了 {typed} 位。请完整输入 hall enrol 显示的登记码。",
        "The enrolment code is not whole: it has {length} characters, {typed} were typed. "
        "Type all that hall enrol printed.",
    ),
    "enrolment_code_mistyped": Refusal(
        422,
        "登记码输入有误，请核对后重新输入；没有发送任何内容。",
        "The enrolment code has a typing mistake; check it and try again. Nothing was sent.",
    ),
    "tls_required": Refusal(
        403,
        "此地址只接受加密连接，请使用 {address}。",
        "This address is answered over TLS only: use {address}.",
    ),
    "too_many_requests": Refusal(
        429,
        "请求太频繁，请 {seconds} 秒后再试。",
        "That was too often; try again in {seconds} seconds.",
    ),
    "bad_sign_in": Refusal(403, "工号或密码不正确。", "The clerk number or the PIN is wrong."),
    "locked_out": Refusal(
        429,
        "连续输错，请 {minutes} 分钟后再试。",
        "Too many wrong attempts; try again in {minutes} minutes.",
    ),
    "weak_pin": Refusal(422, "密码须为 4 至 12 位数字。", "A PIN has 4 to 12 digits."),
    # Unknown things
    "unknown_ticket": Refusal(404, "没有这张号票。", "There is no such ticket."),
    "unknown_code": Refusal(
        404,
        "没有查到这个码对应的号。请扫今天号票上的码，或到咨询台询问。",
        "No number of today belongs to this code. Scan the code of today's slip, or ask at the desk.",
    ),
    "unknown_lease": Refusal(404, "没有借给本机的这段号码。", "No such numbers were lent to this machine."),
    "number_given": Refusal(
        409,
        "号码 {number} 已经发出，不能重复登记。",
        "Number {number} was brought in already.",
    ),
    "unknown_manual_call": Refusal(404, "没有这条手动叫号记录。", "There is no such call by hand."),
    "manual_call_differs": Refusal(
        409,
        "{number} 的这条手动叫号记录已存在，内容不同。",
        "Another call by hand ({number}) was brought in under the same key.",
    ),
    "manual_call_settled": Refusal(
        409,
        "{number} 的手动叫号不在待裁定之列，或已有裁定。",
        "The call by hand of {number} is not open for a decision, or was settled already.",
    ),
    "unknown_window": Refusal(404, "没有 {window} 号窗口。", "There is no window {window}."),
    "unknown_lane": Refusal(404, "没有队列 {lane}。", "There is no lane {lane}."),
    "unknown_matter": Refusal(404, "没有这个事项。", "There is no such matter."),
    "unknown_clerk": Refusal(404, "没有工号 {clerk}。", "There is no clerk {clerk}."),
    "unknown_device": Refusal(404, "没有这台设备。", "There is no such device."),
    # Taking a number
    "lane_outside_hours": Refusal(
        409, "{lane_name}现在不在服务时间，{opens_zh}。", "{lane_name_en} is outside its hours; {opens_en}."
    ),
    "lane_closed": Refusal(
        409, "{lane_name}暂停取号：{reason}。", "{lane_name_en} gives no numbers now: {reason}."
    ),
    "has_live_ticket": Refusal(
        409,
        "您在该队列已有号 {number}，无需重复取号。",
        "You already hold {number} in this line; no second one is needed.",
    ),
    "bad_id_number": Refusal(
        422, "身份证号码不正确，请核对。", "The ID number is not right; please check it."
    ),
    # Moves of a ticket
    "illegal_move": Refusal(
        409, "{number} 现在是“{state_zh}”，不能{move_zh}。", "{number} is {state} now and cannot {move}."
    ),
    "held_elsewhere": Refusal(
        409,
        "{number} 已由 {window} 号窗口 {clerk} 办理。",
        "{number} is with window {window}, {clerk}.",
    ),
    "name_not_yours": Refusal(
        403,
        "只有正在办理 {number} 的窗口可以查看姓名。",
        "Only the window that serves {number} may see the name.",
    ),
    "return_used": Refusal(
        409, "{number} 已恢复过一次，请重新取号。", "{number} was already restored once; take a new number."
    ),
    "slip_in_hand": Refusal(
        409,
        "{number} 的号票已在持票人手中，不能在这里作废。",
        "Somebody holds the slip of {number}; it cannot be voided here.",
    ),
    "taken_elsewhere": Refusal(403, "{number} 不是在这里取的号。", "{number} was not taken here."),
    "not_for_this_window": Refusal(
        409, "{number} 指定由 {window} 号窗口办理。", "{number} is meant for window {window}."
    ),
    "lane_not_served": Refusal(409, "本窗口不办理队列 {lane}。", "This window does not serve lane {lane}."),
    "transfer_needs_target": Refusal(
        422,
        "请选择转往的队列或窗口（只选其一）。",
        "Choose the lane or the window to transfer to, one of them.",
    ),
    "transfer_to_self": Refusal(
        422, "不能转给本窗口自己。", "A ticket cannot be transferred to its own window."
    ),
    # Rating
    "not_yet_served": Refusal(
        409, "{number} 还没有办结，办完后再评价。", "{number} is not finished; please rate it afterwards."
    ),
    "already_rated": Refusal(409, "{number} 已经评价过，谢谢。", "{number} was rated already, thank you."),
    "rating_too_late": Refusal(
        409,
        "评价在办结后 {hours} 小时内有效。",
        "A rating is taken within {hours} hours after the service.",
    ),
    "reasons_not_asked": Refusal(
        422, "只有不满意时才填写原因。", "Reasons go with the two lower levels only."
    ),
    # Windows
    "window_not_open": Refusal(409, "{window} 号窗口未开放。", "Window {window} is not open."),
    "window_open_already": Refusal(
        409, "{window} 号窗口已由 {clerk} 开放。", "Window {window} is already open with {clerk}."
    ),
    "window_of_other_clerk": Refusal(
        409, "{window} 号窗口现由 {clerk} 使用。", "Window {window} is in use by {clerk}."
    ),
    "clerk_at_other_window": Refusal(
        409,
        "您已在 {window} 号窗口上岗，请先关闭。",
        "You are already on duty at window {window}; close it first.",
    ),
    "device_of_other_window": Refusal(
        403, "这台电脑登记在 {window} 号窗口。", "This computer is enrolled for window {window}."
    ),
    "window_has_ticket": Refusal(
        409, "请先处理 {number}（完成、过号或转移）。", "Deal with {number} first (finish, miss or transfer)."
    ),
    # The posted order
    "impossible_rule": Refusal(
        422,
        "“{name_zh}”须是 {least} 至 {most} 的整数，不能是 {value}。",
        "The {name} must be a whole number from {least} to {most}, not {value}.",
    ),
    "not_yet_published": Refusal(
        404,
        "{year} 年放假安排尚未公布。",
        "The public holidays of {year} are not yet published.",
    ),
    "impossible_workdays": Refusal(
        422,
        "工作日历文件有误：{detail}。",
        "The file of workdays has a mistake: {detail}.",
    ),
    # Opening hours
    "hours_unreadable": Refusal(422, "“{line}”看不懂，请按示例书写。", "“{line}” cannot be read: {detail}."),
    "hours_overlap": Refusal(422, "“{line}”里的时段互相重叠。", "In “{line}”, {detail}."),
    "hours_backwards": Refusal(422, "“{line}”：每段的结束须晚于开始，不过 24:00。", "“{line}”: {detail}."),
    "hours_twice": Refusal(422, "“{line}”这一天写了两次，请写在一行。", "“{line}”: {detail}."),
    "hours_contradict": Refusal(422, "“{line}”与另一行矛盾：一行开放，一行不开放。", "“{line}”: {detail}."),
    "hours_not_weekend": Refusal(422, "“{line}”：weekend（周末）只能用于周六、周日。", "“{line}”: {detail}."),
    "hours_never_open": Refusal(
        422, "一周七天都不开放，请至少写一天。", "No weekday is ever open; write one at least."
    ),
    "hours_over_day_change": Refusal(
        422,
        "{time} 换日时还开放，排队的号会全部失效。",
        "At {time} the day changes and ends every ticket that waits; no span may hold it.",
    ),
    "hours_changed_meanwhile": Refusal(
        409,
        "{whose_zh}的时间刚被别人修改过，请重新预览。",
        "The hours of {whose_en} were changed by somebody else meanwhile; look at them again.",
    ),
    # Messages
    "bad_contact": Refusal(422, "请填写 11 位手机号码。", "Please give a mobile number of 11 digits."),
    "no_gateway": Refusal(
        409,
        "本厅没有开通消息提醒，请留意手机页面。",
        "This hall sends no messages; please watch the phone page.",
    ),
    "no_contact": Refusal(409, "{number} 没有留下联系方式。", "{number} left no contact for that."),
    "too_late_to_remind": Refusal(
        409,
        "{number} 已经不在等候，不用提醒了。",
        "{number} does not wait any more; there is nothing to remind of.",
    ),
    "unknown_message": Refusal(404, "没有这条消息。", "There is no such message."),
    "message_over": Refusal(
        409, "这条消息已经不在失败清单里。", "This message is no longer among those that failed."
    ),
    # The rota
    "unknown_rota": Refusal(404, "没有编号为 {rota} 的排班。", "There is no rota {rota}."),
    "no_rota": Refusal(409, "{day} 没有已发布的排班。", "No rota is published for {day}."),
    "impossible_rota": Refusal(
        422, "排班的要求有误：{detail}。", "This cannot be made into a rota: {detail}."
    ),
    "rota_breaks_rule": Refusal(
        409,
        "排班不符合规则：{zh}。请重新生成草稿。",
        "The rota breaks a rule: {en}. Make a new draft.",
    ),
    "rota_not_draft": Refusal(
        409, "编号为 {rota} 的排班不是草稿，不能发布。", "Rota {rota} is no draft and cannot be published."
    ),
    "rota_overlaps": Refusal(
        409,
        "{first} 至 {last} 已有排班，新的排班须完全包含它，或与它不重叠。",
        "A rota from {first} to {last} holds; a new one must cover all of it, or none.",
    ),
    "rota_change_refused": Refusal(409, "不能这样调整：{zh}。", "This change cannot be: {en}."),
    # Booking
    "unknown_slot": Refusal(404, "没有这个预约时段。", "There is no such time to book."),
    "slot_full": Refusal(
        409, "这个时段刚刚约满，请选其他时间。", "This time has just filled up; please choose another."
    ),
    "slot_past": Refusal(
        409, "这个时段已经开始或已过，请选其他时间。", "This time has passed; please choose another."
    ),
    "slot_withdrawn": Refusal(
        409,
        "这个时段已不再开放预约，请选其他时间。",
        "This time is no longer offered; please choose another.",
    ),
    "booking_closed": Refusal(
        409,
        "{lane_name}{day_zh} {time} 不开放，请选其他时间。",
        "{lane_name_en} is not open on {day} at {time}; please choose another time.",
    ),
    "booked_twice": Refusal(
        409,
        "您已预约这个事项：{day_zh} {time}。可以改期，不必再约。",
        "You have booked this already: {day}, {time}. You can move it instead.",
    ),
    "reservation_open": Refusal(
        409,
        "您还有一个预约待确认：{day_zh} {time}。请先确认或取消。",
        "You have a place to confirm or cancel first: {day}, {time}.",
    ),
    "too_many_bookings": Refusal(
        409, "每人最多同时预约 {most} 个事项。", "A person can hold {most} bookings at a time."
    ),
    "too_many_from_here": Refusal(
        429,
        "操作太频繁，请稍后再试，或到自助机、服务台预约。",
        "That was too often; try again later, or book at a kiosk or the desk.",
    ),
    "unknown_booking": Refusal(
        404, "没有找到这个预约，请核对预约码。", "No booking was found; please check the code."
    ),
    "booking_over": Refusal(409, "这个预约{state_zh}。", "This booking is {state}."),
    "booking_moved": Refusal(
        409,
        "这是改期前的凭证，预约现在是 {day_zh} {time}。",
        "This code is from before the booking was moved to {day}, {time}.",
    ),
    "booking_other_day": Refusal(
        409,
        "您预约的是 {day_zh} {time}，请当天来签到。",
        "Your booking is for {day}, {time}; please check in on that day.",
    ),
    "no_booking_today": Refusal(
        404,
        "没有找到您今天的预约，可以直接取号。",
        "No booking of yours is for today; you can take a number.",
    ),
    "code_wrong": Refusal(
        403,
        "验证码不对或已过期，请核对或重新获取。",
        "The code is wrong or too old; check it or ask for a new one.",
    ),
    "day_not_full": Refusal(
        409, "{day} 还有空位，可以直接预约。", "There are places on {day}; you can book one."
    ),
    "already_waiting": Refusal(409, "您已在候补名单中。", "You are on the waiting list already."),
    # The day, the store, the process
    "day_not_later": Refusal(
        409, "业务日只能往后：现在是 {day}。", "The business day only moves on; it is {day} now."
    ),
    "busy": Refusal(503, "系统繁忙，请稍候再试。", "The hall is busy; try again in a moment."),
    "store_unavailable": Refusal(
        503, "系统暂时无法保存，请联系工作人员。", "The hall cannot save just now; ask the staff."
    ),
    "outcome_unknown": Refusal(
        503,
        "系统无法确认刚才的操作是否已保存，请再试一次；仍不行请联系工作人员。",
        "The hall cannot tell whether that was saved. Try once more; if that fails, ask the staff.",
    ),
    "internal": Refusal(500, "系统出错，已记录。", "Something went wrong; it has been recorded."),
}


class Refused(Exception):
    """A coded "no". `code` is a key of REFUSALS; `fields` fill its sentences."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.refusal = REFUSALS[code]
        self.fields = fields
        super().__init__(code, fields)

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.refusal.zh.format(**self.fields)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.refusal.en.format(**self.fields)

    def __str__(self) -> str:
        return f"{self.code}: {self.en}"
