"""The words of the managers' page about the hub itself: Chinese is the source, English complete."""

from collections.abc import Mapping
from types import MappingProxyType

STATE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "state": ("系统状态", "System"),
        "state_fine": ("主机一切正常", "The hub is well"),
        "state_fine_how": (
            "以下各项刚刚都检查过。",
            "Everything below was looked at just now.",
        ),
        "state_unknown": ("有项目还没有检查", "Not everything was looked at yet"),
        "state_soon": ("有项目需要留意", "Something needs attention"),
        "state_broken": ("主机有故障，请联系运维人员", "The hub has a fault: call the operator"),
        "alarm_more": ("查看系统状态", "See the state of the system"),
        "about_store": ("保存数据", "Saving"),
        "about_disk": ("硬盘空间", "Disk space"),
        "about_log": ("写入日志", "Write-ahead log"),
        "about_writer": ("写入速度", "Writing speed"),
        "about_self_check": ("自检", "Self-check"),
        "about_clock": ("时钟", "Clock"),
        "about_devices": ("设备", "Devices"),
        "not_looked": ("还没有检查", "Not looked at yet"),
        "store_fine": ("数据能正常保存", "The hall is saved as it goes on"),
        "store_fails": (
            "主机存不进数据：暂时不能叫号和办理，屏幕仍显示最后情况。请立即腾出硬盘空间，或联系运维人员",
            "The hub cannot save: no calls just now, screens show what was. Make room on its disk at once",
        ),
        "disk_fine": ("还剩 {free}", "{free} left"),
        "disk_soon": (
            "硬盘空间不多了，还剩 {free}，请安排清理或扩容",
            "The disk is filling up: {free} left. Have room made",
        ),
        "disk_full": (
            "硬盘快满了，只剩 {free}，请立即清理",
            "The disk is nearly full: {free} left. Make room at once",
        ),
        "disk_silent": ("硬盘没有响应", "The disk does not answer"),
        "log_fine": ("{size}，正常", "{size}, as it should be"),
        "log_long": (
            "{size}，过大：有程序一直占着数据库不放",
            "{size}, too long: some program holds the database without end",
        ),
        "writer_fine": ("及时", "In time"),
        "writer_slow": (
            "变慢，最早的一条已等 {seconds} 秒",
            "Slow: the oldest command has waited {seconds} s",
        ),
        "writer_stuck": (
            "卡住，最早的一条已等 {seconds} 秒",
            "Stuck: the oldest command has waited {seconds} s",
        ),
        "self_check_fine": ("{seconds} 秒前通过", "Passed {seconds} s ago"),
        "self_check_failed": ("没有通过：存不进数据", "Failed: nothing can be saved"),
        "self_check_old": (
            "{seconds} 秒前通过，之后没有再通过",
            "Passed {seconds} s ago, and not since",
        ),
        "clock_fine": ("{now}，已与时间服务器同步", "{now}, follows a time server"),
        "clock_alone": (
            "{now}，没有与时间服务器同步，请核对时间",
            "{now}, follows no time server: please compare it",
        ),
        "clock_back": (
            "现在是 {now}，但最近一条记录是 {newest}：时钟倒退了，请校准",
            "It says {now}, but the newest record is of {newest}: the clock went back, set it right",
        ),
        "clock_rehearsal": ("{now}，演练用的时钟", "{now}, a clock for rehearsals"),
        "devices_fine": ("全部 {count} 台正常", "All {count} are well"),
        "devices_wanting": ("{count} 台需要处理", "{count} need attention"),
        "devices_none": ("还没有登记", "None enrolled yet"),
    }
)
