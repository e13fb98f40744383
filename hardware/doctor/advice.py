"""The one table of what can be wrong: what it means, and what to do next, Chinese first.

Sentences are templates; the fields in braces come with the finding. A sentence has only fields of FIELDS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hardware.device import DeviceState, Sentence
from hardware.faults import (
    DeviceCannotOpen,
    DeviceError,
    DeviceFailed,
    DeviceTimedOut,
    DeviceUnavailable,
)

FIELDS = frozenset({"line", "user", "group", "who", "baud", "percent", "minutes", "hub", "missing"})


class Fault(StrEnum):
    """What was found. FINE alone needs nobody."""

    FINE = "fine"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    FROZEN = "frozen"
    BLACK = "black"
    REPORTED = "reported"
    SILENT = "silent"
    UNTOLD = "untold"
    UNKNOWN_DEVICE = "unknown_device"
    CANNOT_OPEN = "cannot_open"
    BROKE_OFF = "broke_off"
    ANY = "any"
    NO_PORT = "no_port"
    NO_PERMISSION = "no_permission"
    BUSY = "busy"
    NOBODY_LISTENS = "nobody_listens"
    NO_WAY = "no_way"
    GARBAGE = "garbage"
    WRONG_BAUD = "wrong_baud"
    NO_LIBRARY = "no_library"
    SLIP_UNPROVED = "slip_unproved"
    NOT_SEEN = "not_seen"
    NOTHING_SCANNED = "nothing_scanned"
    NOTHING_PRESSED = "nothing_pressed"
    CARD_UNREAD = "card_unread"
    PCSCD_DOWN = "pcscd_down"
    PACK_MISSING = "pack_missing"
    CLIPS_MISSING = "clips_missing"
    NO_SOUND = "no_sound"
    FONT_MISSING = "font_missing"
    DISK_FULL = "disk_full"
    NOT_ENROLLED = "not_enrolled"
    HUB_UNREACHABLE = "hub_unreachable"
    HUB_FOREIGN = "hub_foreign"
    REVOKED = "revoked"
    CLOCK_OFF = "clock_off"
    SKIPPED = "skipped"

    @property
    def advice(self) -> "Advice":
        return ADVICE[self]


@dataclass(frozen=True, slots=True)
class Advice:
    """What a fault means, and the next step of whoever stands before the machine."""

    meaning: Sentence
    step: Sentence


def _advice(meaning_zh: str, meaning: str, step_zh: str, step: str) -> Advice:
    return Advice(Sentence(meaning_zh, meaning), Sentence(step_zh, step))


ADVICE: Mapping[Fault, Advice] = MappingProxyType(
    {
        Fault.FINE: _advice("正常", "Fine", "不用处理", "Nothing to do"),
        Fault.NEAR_END: _advice(
            "纸快用完了", "The paper is running low", "准备一卷新纸，今天换上", "Put in a new roll today"
        ),
        Fault.PAPER_OUT: _advice(
            "打印纸用完了",
            "The printer is out of paper",
            "打开机盖，放入新纸卷，热敏面朝打印头，合上机盖后再试",
            "Open the cover, put in a new roll with its coated side to the print head, close it, try again",
        ),
        Fault.COVER_OPEN: _advice(
            "打印机盖没有合上",
            "The printer's cover is open",
            "把机盖两边都按到有咔嗒声",
            "Press the cover down on both sides until it clicks",
        ),
        Fault.CUTTER: _advice(
            "切纸刀卡住了",
            "The cutter is jammed",
            "关电源，打开机盖取出碎纸，再开电源",
            "Switch the printer off, open it, take the scraps out, switch it on again",
        ),
        Fault.FROZEN: _advice(
            "摄像头画面停住了",
            "The camera's picture stands still",
            "拔下摄像头的线再插上；仍不动就换一个 USB 口",
            "Pull the camera's cable and plug it in again; if it still stands, use another USB port",
        ),
        Fault.BLACK: _advice(
            "摄像头画面全黑",
            "The camera's picture is black",
            "取下镜头盖或遮挡物，打开灯，再试",
            "Take off the lens cap or whatever covers the lens, switch the light on, try again",
        ),
        Fault.REPORTED: _advice(
            "设备自己报告有故障",
            "The device says that it has a fault",
            "关电源等十秒再开；仍不行请联系设备供应商",
            "Switch it off for ten seconds and on again; if that does not help, call its supplier",
        ),
        Fault.SILENT: _advice(
            "设备没有回应",
            "The device does not answer",
            "看电源灯亮不亮，两头的线插紧没有，再试；还不回应就换一根线",
            "See that its power light is on and both ends of the cable sit tight; then try another cable",
        ),
        Fault.UNTOLD: _advice(
            "设备不能说明自己的状态",
            "The device cannot tell its state",
            "用 --interactive 亲眼确认它能工作",
            "Run with --interactive and see with your own eyes that it works",
        ),
        Fault.UNKNOWN_DEVICE: _advice(
            "设备名称写错了，或没有这种驱动",
            "The device's name is wrong, or there is no such driver",
            "对照操作手册改正设备名称：{line}",
            "Correct the device's name after the operator guide: {line}",
        ),
        Fault.CANNOT_OPEN: _advice(
            "打不开设备的线路",
            "The line to the device cannot be opened",
            "检查连线和设备名称：{line}",
            "Check the cable and the device's name: {line}",
        ),
        Fault.BROKE_OFF: _advice(
            "线路中途断开",
            "The line broke while it was in use",
            "把线插紧再试；常断就换线或换口",
            "Plug the cable in tight and try again; if it happens often, change the cable or the port",
        ),
        Fault.ANY: _advice(
            "设备出错",
            "The device failed",
            "重新插拔设备再试；仍不行请把这段文字发给维护人员",
            "Unplug the device, plug it in and try again; else send this text to whoever maintains it",
        ),
        Fault.NO_PORT: _advice(
            "这台机器上没有 {line}",
            "There is no {line} on this machine",
            "插好设备，再运行 hall doctor 看看它叫什么名字",
            "Plug the device in, and run hall doctor to see what it is called now",
        ),
        Fault.NO_PERMISSION: _advice(
            "用户 {user} 没有权限使用 {line}",
            "The user {user} may not use {line}",
            "运行 sudo usermod -aG {group} {user}，然后注销再登录",
            "Run: sudo usermod -aG {group} {user}   then log out and in again",
        ),
        Fault.BUSY: _advice(
            "{line} 正被别的程序占用：{who}",
            "{line} is in use by another program: {who}",
            "关掉那个程序（取号机正在运行时先停它），再试",
            "End that program (stop the kiosk first if it is running), then try again",
        ),
        Fault.NOBODY_LISTENS: _advice(
            "网络通，但 {line} 没有打开端口",
            "The address answers, but nothing listens at {line}",
            "看设备的网址和端口是否正确，设备是否开机，重启设备",
            "Check address and port, see that the device is on, and restart it",
        ),
        Fault.NO_WAY: _advice(
            "网络上找不到 {line}",
            "{line} cannot be reached on the network",
            "检查网线、设备电源和网址；用 ping 试一试",
            "Check network cable, power and address; try ping",
        ),
        Fault.GARBAGE: _advice(
            "设备有回应，但内容看不懂",
            "Something answers, but not as this kind of device does",
            "核对波特率（设备背面或手册），例如加上 ?baud=9600；或插错了设备",
            "Check the speed (label or manual), for example ?baud=9600; or another device is plugged in here",
        ),
        Fault.WRONG_BAUD: _advice(
            "波特率不对：设备用的是 {baud}",
            "The speed is wrong: the device speaks at {baud}",
            "在设备名称后加上 ?baud={baud}",
            "Add ?baud={baud} to the device's name",
        ),
        Fault.NO_LIBRARY: _advice(
            "缺少程序库：{missing}",
            "A library is missing: {missing}",
            "重新运行安装步骤（make setup）",
            "Run the set-up again (make setup)",
        ),
        Fault.SLIP_UNPROVED: _advice(
            "测试小票没有得到打印机确认",
            "The printer did not confirm the test slip",
            "看小票是否完整；不完整就检查纸和线路。这种打印机从不确认的，在名称后加 proof=no",
            "Is the slip whole? If not, check paper and cable. If it never confirms, add proof=no",
        ),
        Fault.NOT_SEEN: _advice(
            "现场的人说没有做到",
            "The person at the machine says it did not work",
            "检查纸的正反面、音量或连线，再试",
            "Check the paper's coated side, the volume or the cable, and try again",
        ),
        Fault.NOTHING_SCANNED: _advice(
            "线路打开了，但没有扫到码",
            "The line is open, but no code was scanned",
            "看扫码器灯亮不亮，用 --interactive 扫屏幕上的码；乱码就核对波特率",
            "See that its light is on, scan the code that --interactive shows; else check the speed",
        ),
        Fault.NOTHING_PRESSED: _advice(
            "线路打开了，但没有收到按键",
            "The line is open, but no key was heard",
            "用 --interactive 再按一次；仍没有就查地址（address=）、波特率和 485 的 A、B 两线",
            "Press again with --interactive; else check address=, the speed, and wires A and B of the bus",
        ),
        Fault.CARD_UNREAD: _advice(
            "读卡器正常，但这张卡没有读到",
            "The reader works, but this card was not read",
            "擦净卡片平放，换一张卡再试",
            "Wipe the card, lay it flat, try another card",
        ),
        Fault.PCSCD_DOWN: _advice(
            "智能卡服务 pcscd 没有运行",
            "The smart-card service pcscd is not running",
            "运行 sudo systemctl enable --now pcscd.socket",
            "Run: sudo systemctl enable --now pcscd.socket",
        ),
        Fault.PACK_MISSING: _advice(
            "没有语音包",
            "There is no voice pack",
            "运行 hall voice build",
            "Run: hall voice build",
        ),
        Fault.CLIPS_MISSING: _advice(
            "语音包缺少：{missing}",
            "The voice pack lacks: {missing}",
            "补录，或运行 hall voice build",
            "Record them, or run: hall voice build",
        ),
        Fault.NO_SOUND: _advice(
            "这台机器没有能出声的设备",
            "This machine has nothing to play sound with",
            "接好音箱，安装 alsa-utils，再试",
            "Connect the loudspeaker, install alsa-utils, try again",
        ),
        Fault.FONT_MISSING: _advice(
            "缺少中文字体 Noto Sans CJK SC",
            "The font Noto Sans CJK SC is missing",
            "运行 sudo apt-get install fonts-noto-cjk",
            "Run: sudo apt-get install fonts-noto-cjk",
        ),
        Fault.DISK_FULL: _advice(
            "磁盘快满了，只剩 {percent}%",
            "The disk is nearly full: {percent} % left",
            "清理磁盘，先看日志：journalctl --vacuum-size=200M",
            "Make room, logs first: journalctl --vacuum-size=200M",
        ),
        Fault.NOT_ENROLLED: _advice(
            "这台机器还没有登记",
            "This machine is not enrolled",
            "在主机上运行 hall enrol，再把登记码填到这里",
            "On the hub run: hall enrol; then start the app here with --enrol CODE",
        ),
        Fault.HUB_UNREACHABLE: _advice(
            "连不上主机 {hub}",
            "The hub at {hub} does not answer",
            "检查网线；在主机上看 hall hub 是否在运行",
            "Check the network cable; on the hub see that hall hub is running",
        ),
        Fault.HUB_FOREIGN: _advice(
            "在 {hub} 应答的不是这台机器登记过的主机",
            "What answers at {hub} is not the hub that this machine enrolled at",
            "检查地址和网络；主机重装过就重新登记：hall enrol",
            "Check the address and the network; if the hub was set up anew, enrol again: hall enrol",
        ),
        Fault.REVOKED: _advice(
            "主机 {hub} 已不认这台机器的凭证",
            "The hub at {hub} takes this machine's credential no longer",
            "请管理员重新登记：hall enrol",
            "Ask a manager to enrol it again: hall enrol",
        ),
        Fault.CLOCK_OFF: _advice(
            "这台机器的时钟与主机相差 {minutes} 分钟",
            "This machine's clock is {minutes} minutes from the hub's",
            "运行 sudo timedatectl set-ntp true",
            "Run: sudo timedatectl set-ntp true",
        ),
        Fault.SKIPPED: _advice(
            "已跳过，没有测试", "Skipped, not tested", "有空时再测", "Test it another time"
        ),
    }
)

BY_STATE: Mapping[DeviceState, Fault] = MappingProxyType(
    {
        DeviceState.READY: Fault.FINE,
        DeviceState.NEAR_END: Fault.NEAR_END,
        DeviceState.PAPER_OUT: Fault.PAPER_OUT,
        DeviceState.COVER_OPEN: Fault.COVER_OPEN,
        DeviceState.CUTTER: Fault.CUTTER,
        DeviceState.FROZEN: Fault.FROZEN,
        DeviceState.BLACK: Fault.BLACK,
        DeviceState.ERROR: Fault.REPORTED,
        DeviceState.SILENT: Fault.SILENT,
        DeviceState.UNKNOWN: Fault.UNTOLD,
    }
)

BY_ERROR: Mapping[type[DeviceError], Fault] = MappingProxyType(
    {
        DeviceUnavailable: Fault.UNKNOWN_DEVICE,
        DeviceCannotOpen: Fault.CANNOT_OPEN,
        DeviceFailed: Fault.BROKE_OFF,
        DeviceTimedOut: Fault.SILENT,
        DeviceError: Fault.ANY,
    }
)
"""The plain advice of each fault class; `hardware.doctor.diagnosis` finds the closer one behind it."""
