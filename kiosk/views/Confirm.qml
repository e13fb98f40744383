import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The last look: what for, how many people ahead, slip or screen. Then the one great key.
Item {
    id: confirm

    required property ConfirmModel model
    required property LaneModel lane
    required property bool isOnline
    property bool isCompact: false
    property bool isWide: false

    // Without the system there is no page that a code could open.
    readonly property string carried: model.isOffline ? qsTr("请记住或拍照带走") : qsTr("可用手机扫码带走")
    readonly property string paper: switch (model.printer) {
    case "ready":
    case "asking":
        return "";
    case "blind":
        return qsTr("这台打印机不能确认出票，号码也会显示在屏幕上");
    case "paper_out":
        return qsTr("打印纸用完了：号码会显示在屏幕上，%1").arg(carried);
    case "cover_open":
        return qsTr("打印机盖开着：号码会显示在屏幕上，%1").arg(carried);
    default:
        return qsTr("打印机现在不能用：号码会显示在屏幕上，%1").arg(carried);
    }
    readonly property string no: switch (model.trouble) {
    case "unreachable":
        return qsTr("联系不上系统，没有取到号。请再试一次，或找工作人员");
    case "unknown":
        return qsTr("还不知道号取到没有。请再点一次，不会重复取号");
    case "no_paper":
        return qsTr("打印机刚刚停了，还没有取号");
    case "refused":
        return model.sentence;
    default:
        return isOnline ? "" : model.isOffline ? qsTr("离线取号：等候人数以现场叫号为准") : qsTr("联系不上系统，暂时不能取号");
    }

    Title {
        id: title

        width: parent.width
        text: qsTr("请核对，然后取号")
    }

    Flickable {
        anchors.top: title.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: keys.top
        anchors.bottomMargin: Theme.space
        width: parent.width
        contentHeight: body.implicitHeight
        interactive: contentHeight > height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: body

            width: parent.width
            spacing: (confirm.isCompact ? 14 : 24) * Look.unit

            Note {
                objectName: "trouble"
                width: parent.width
                mood: confirm.model.isOffline && confirm.model.trouble === "" ? "warning" : "refusal"
                icon: confirm.isOnline ? "warning" : "offline"
                text: confirm.no
            }

            Note {
                objectName: "paper-note"
                width: parent.width
                icon: "print"
                text: confirm.paper
            }

            LaneCard {
                width: parent.width
                lane: confirm.lane
                matter: confirm.model.matterName
                isTight: confirm.isCompact
            }

            Note {
                objectName: "holder"
                width: parent.width
                mood: "plain"
                icon: "card"
                visible: confirm.model.holder !== "" && !(confirm.isCompact && confirm.model.priority !== "none")
                text: confirm.model.holder === "" ? "" : qsTr("取号人：%1").arg(confirm.model.holder)
            }

            Note {
                objectName: "priority-note"
                width: parent.width
                mood: "good"
                icon: "heart"
                text: confirm.model.priority === "none" ? "" : qsTr("优先照顾：%1（排队时间提前 %2 分钟）").arg(Words.priority(confirm.model.priority)).arg(confirm.model.creditMinutes)
            }
        }
    }

    Row {
        id: keys

        readonly property bool isSplit: confirm.isWide || confirm.isCompact

        anchors.bottom: parent.bottom
        width: parent.width
        height: isSplit ? 136 * Look.unit : 124 * Look.unit + Theme.gap + 184 * Look.unit
        spacing: Theme.gap

        Key {
            objectName: "priority"
            visible: !confirm.model.isIssuing
            y: 0
            width: keys.isSplit ? keys.width * 0.36 : keys.width
            height: keys.isSplit ? keys.height : 124 * Look.unit
            icon: "heart"
            size: keys.isSplit ? 30 * Look.unit * (Look.isElder ? 1.2 : 1) : Theme.body
            text: confirm.model.priority === "none" ? (keys.isSplit ? qsTr("我可以优先") : qsTr("我可以优先（残疾人、军人、消防、孕妇）")) : qsTr("更改优先照顾")
            onTapped: confirm.model.askPriority()
        }
    }

    Key {
        objectName: "take"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: keys.isSplit && !confirm.model.isIssuing ? keys.width * 0.64 - Theme.gap : keys.width
        height: keys.isSplit ? keys.height : 184 * Look.unit
        look: "main"
        icon: confirm.model.isIssuing ? "clock" : confirm.model.givesSlip || confirm.model.printer === "asking" ? "print" : "phone"
        size: (keys.isSplit ? 52 : 64) * Look.unit
        enabled: confirm.model.canTake
        isBusy: confirm.model.isIssuing
        text: confirm.model.isIssuing ? qsTr("正在取号，请稍候") : confirm.model.trouble === "unknown" || confirm.model.trouble === "unreachable" ? qsTr("再试一次") : confirm.model.givesSlip || confirm.model.printer === "asking" ? qsTr("取号") : qsTr("在屏幕上取号")
        onTapped: confirm.model.take()
    }
}
