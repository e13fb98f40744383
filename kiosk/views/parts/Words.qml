pragma Singleton
import QtQuick

// Sentences made of a value, said the same way on every step.
QtObject {
    function weekday(day: string): string {
        switch (day) {
        case "mon":
            return qsTr("周一");
        case "tue":
            return qsTr("周二");
        case "wed":
            return qsTr("周三");
        case "thu":
            return qsTr("周四");
        case "fri":
            return qsTr("周五");
        case "sat":
            return qsTr("周六");
        case "sun":
            return qsTr("周日");
        default:
            return "";
        }
    }

    // A day as a calendar names it.
    function day(month: int, day: int, week: string): string {
        return month > 0 ? qsTr("%1月%2日 %3").arg(month).arg(day).arg(weekday(week)) : "";
    }

    // The interval that was measured, or nothing.
    function wait(kind: string, low: int, high: int): string {
        if (kind === "long")
            return qsTr("等候较长");
        if (kind !== "minutes")
            return "";
        return low === high ? qsTr("约 %1 分钟").arg(low) : qsTr("约 %1–%2 分钟").arg(low).arg(high);
    }

    function opening(day: string, time: string): string {
        if (time === "")
            return "";
        if (day === "today")
            return qsTr("今天 %1 开始取号").arg(time);
        if (day === "tomorrow")
            return qsTr("明天 %1 开始取号").arg(time);
        return qsTr("%1 %2 开始取号").arg(weekday(day)).arg(time);
    }

    function priority(code: string): string {
        switch (code) {
        case "elderly":
            return qsTr("65 岁以上老年人");
        case "disabled":
            return qsTr("残疾人");
        case "soldier":
            return qsTr("现役或退役军人");
        case "firefighter":
            return qsTr("消防救援人员");
        case "pregnant":
            return qsTr("孕妇");
        default:
            return qsTr("都不是");
        }
    }

    function ahead(people: int): string {
        return people > 0 ? qsTr("前面 %1 人").arg(people) : qsTr("前面没有人");
    }

    function ticketState(state: string, window: int, ahead: int): string {
        switch (state) {
        case "waiting":
            return Words.ahead(ahead);
        case "called":
            return qsTr("请到 %1 号窗口").arg(window);
        case "serving":
            return qsTr("%1 号窗口正在办理").arg(window);
        case "held":
            return qsTr("%1 号窗口已暂挂").arg(window);
        case "missed":
            return qsTr("已过号，请到 %1 号窗口恢复").arg(window);
        default:
            return "";
        }
    }
}
