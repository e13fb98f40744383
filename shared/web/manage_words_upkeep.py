"""The words of the managers' page of backups."""

from collections.abc import Mapping
from types import MappingProxyType

UPKEEP: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "upkeep": ("备份", "Backup"),
        "needs_a_look": ("需要处理", "needs a look"),
        "upkeep_fine": ("备份正常", "The hall is backed up"),
        "upkeep_first": ("正在做第一次备份", "The first backup is being made"),
        "upkeep_none": ("没有备份：主机的硬盘一坏，数据就没了", "No backup: a broken disk takes everything"),
        "upkeep_none_how": (
            "请运维人员接上第二块盘，在主机上运行 hall backup --use 文件夹，再重启主机程序。",
            "Attach a second disk, run on the hub: hall backup --use FOLDER, then restart the hub.",
        ),
        "upkeep_mistake": (
            "备份的配置有误，现在没有备份",
            "The configuration is wrong: nothing is backed up",
        ),
        "upkeep_away": ("备份盘用不了；叫号照常", "The backup disk cannot be used; calling goes on"),
        "upkeep_backup_failed": ("备份没有做成；叫号照常", "The last backup failed; calling goes on"),
        "upkeep_journal_failed": (
            "最近的变动写不到备份盘；叫号照常",
            "The latest changes do not reach the backup disk; calling goes on",
        ),
        "upkeep_drill_failed": ("恢复演练没有通过", "The restore drill failed"),
        "upkeep_purge_failed": ("个人信息没有清除成功", "People could not be forgotten"),
        "upkeep_check_failed": ("数据检查发现问题", "The check of the data found something"),
        "upkeep_old": ("最近一次备份太旧了", "The last backup is too old"),
        "upkeep_call": ("请马上告诉运维人员。", "Tell your IT person now."),
        "upkeep_last": ("最近一次好的备份：{time}", "Last good backup: {time}"),
        "upkeep_never": ("还没有备份", "none yet"),
        "upkeep_work_backup": ("每日备份", "Daily backup"),
        "upkeep_work_drill": ("恢复演练", "Restore drill"),
        "upkeep_work_check": ("数据检查", "Check of the data"),
        "upkeep_work_purge": ("清除个人信息", "Forgetting people"),
        "upkeep_work_journal": ("实时日志", "Journal"),
        "upkeep_good": ("正常", "well"),
        "upkeep_bad": ("未通过", "failed"),
        "upkeep_not_yet": ("还没有做过", "not done yet"),
        "upkeep_up_to_date": ("已跟上，最多晚一秒", "up to date, a second behind at most"),
        "upkeep_behind": ("落后 {minutes} 分钟", "{minutes} min behind"),
        "upkeep_good_at": ("上次正常 {time}", "last well {time}"),
        "upkeep_kept": ("备份盘上的备份", "Backups on the disk"),
        "upkeep_kept_unseen": ("现在看不到备份盘。", "The disk cannot be seen now."),
        "upkeep_kept_how": (
            "保留最近 {keep} 天，每天一份；全部加密，没有 hall.key 打不开。",
            "One a day, the last {keep} days; sealed: without hall.key nobody can open them.",
        ),
        "upkeep_people": (
            "个人信息在办事日 {days} 天后从数据库清除，再过 {more} 天从备份盘消失。",
            "People are forgotten {days} days after their day, and {more} days later on the backup disk too.",
        ),
        "upkeep_people_alone": (
            "个人信息在办事日 {days} 天后清除。",
            "People are forgotten {days} days after their day.",
        ),
        "upkeep_restore": ("数据坏了怎么恢复", "If the data are damaged"),
        "upkeep_restore_how": (
            "停下主机程序，在主机上运行下面的命令，它会说明恢复到哪一刻、有没有缺号；然后再启动。",
            "Stop the hub, run this on its machine (it says up to which moment, and what lacks), start it.",
        ),
    }
)
