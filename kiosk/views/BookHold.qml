import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The place that is held for a few minutes: what it is, what to bring, and the one great key.
Item {
    id: hold

    required property BookHoldModel model
    required property BookModel book
    required property bool isOnline
    property bool isCompact: false
    property bool isWide: false

    signal ended

    readonly property bool isReady: model.state === "ready"
    readonly property bool isGone: model.state === "lapsed" || model.state === "failed"
    readonly property bool isBeside: isWide || isCompact
    readonly property bool hasMine: ["booked_twice", "reservation_open", "too_many_bookings", "already_waiting"].includes(model.refusal)
    readonly property bool canRetry: model.refusal === "unreachable"
    readonly property string no: model.state === "lapsed" ? qsTr("时间到了，这个位置已让给别人，请重新选择") : model.sentence !== "" ? model.sentence : !isOnline ? qsTr("联系不上系统，请稍候") : ""

    Title {
        id: title

        width: parent.width
        text: hold.isGone ? qsTr("还没有约上") : !hold.isReady && !hold.model.isAsking ? qsTr("正在预留位置，请稍候") : hold.model.isMoving ? qsTr("请核对，然后改到这个时间") : qsTr("请核对，然后确认预约")
    }

    Note {
        id: trouble

        objectName: "hold-note"
        anchors.top: title.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        width: parent.width
        mood: "refusal"
        text: hold.no
    }

    Flickable {
        anchors.top: trouble.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: keys.top
        anchors.bottomMargin: Theme.space
        width: parent.width
        contentHeight: body.height
        interactive: contentHeight > height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        visible: hold.model.matterName !== ""

        Grid {
            id: body

            readonly property real each: hold.isBeside ? (width - Theme.space) / 2 : width

            width: parent.width
            columns: hold.isBeside ? 2 : 1
            spacing: Theme.space

            Column {
                width: body.each
                spacing: Theme.gap

                BookingCard {
                    width: parent.width
                    month: hold.model.month
                    dayOfMonth: hold.model.dayOfMonth
                    weekday: hold.model.weekday
                    time: hold.model.time
                    matter: hold.model.matterName
                    letter: hold.model.letter
                    laneName: hold.model.laneName
                    place: hold.model.place
                    isTight: hold.isBeside
                }

                Note {
                    objectName: "hold-before"
                    width: parent.width
                    mood: "plain"
                    icon: "calendar"
                    size: hold.isBeside ? 28 * Look.tightType : Theme.body
                    text: hold.model.timeBefore === "" ? "" : qsTr("原来的时间：%1 %2").arg(Words.day(hold.model.monthBefore, hold.model.dayBefore, hold.model.weekdayBefore)).arg(hold.model.timeBefore)
                }

                Note {
                    objectName: "holder"
                    width: parent.width
                    mood: "plain"
                    icon: "card"
                    size: hold.isBeside ? 28 * Look.tightType : Theme.body
                    text: hold.model.holder === "" || hold.isCompact && hold.model.isMoving ? "" : qsTr("预约人：%1").arg(hold.model.holder)
                }
            }

            Column {
                width: body.each
                spacing: Theme.gap

                Note {
                    objectName: "hold-materials"
                    width: parent.width
                    mood: "plain"
                    icon: "papers"
                    size: hold.isBeside ? 28 * Look.tightType : Theme.body
                    text: hold.model.materials.length > 0 ? qsTr("请准备：%1").arg(hold.model.materials.join("、")) : ""
                }

                Row {
                    visible: hold.isReady && !hold.model.isMoving
                    width: parent.width
                    spacing: Theme.space

                    Ring {
                        id: ring

                        width: (hold.isCompact ? 110 : 150) * Look.unit
                        height: width
                        remaining: hold.model.remaining
                        total: hold.model.total
                        label: Math.floor(Math.ceil(remaining) / 60) + ":" + String(Math.ceil(remaining) % 60).padStart(2, "0")
                    }

                    Say {
                        objectName: "hold-time"
                        width: parent.width - ring.width - parent.spacing
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("位置为您保留，请在 %1 分钟内确认").arg(Math.max(1, Math.ceil(hold.model.remaining / 60)))
                        size: hold.isBeside ? 30 * Look.tightType : Theme.body
                    }
                }
            }
        }
    }

    Row {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        height: (hold.isCompact ? 124 : 168) * Look.unit
        spacing: Theme.gap
        visible: hold.isReady || hold.isGone || hold.model.isAsking

        Key {
            id: other

            objectName: "choose-again"
            visible: !hold.model.isAsking && !hold.canRetry
            width: !visible ? 0 : hold.isReady || hold.hasMine ? parent.width * 0.38 : parent.width
            height: parent.height
            look: hold.isGone && !hold.hasMine ? "main" : "plain"
            icon: "calendar"
            size: 36 * Look.tightType
            text: qsTr("选别的时间")
            onTapped: hold.book.chooseAgain()
        }

        Key {
            objectName: hold.hasMine ? "hold-mine" : hold.isGone ? "hold-retry" : "hold-confirm"
            visible: hold.isReady || hold.model.isAsking || hold.hasMine || hold.canRetry
            width: parent.width - (other.visible ? other.width + parent.spacing : 0)
            height: parent.height
            look: "main"
            icon: hold.hasMine ? "card" : hold.model.isAsking ? "clock" : "check"
            size: 48 * Look.unit
            isBusy: hold.model.isAsking
            enabled: !hold.model.isAsking && (hold.isOnline || hold.isGone)
            text: hold.hasMine ? qsTr("看我的预约") : hold.model.isAsking ? qsTr("请稍候") : hold.canRetry ? qsTr("再试一次") : hold.model.isMoving ? qsTr("改到这个时间") : qsTr("确认预约")
            onTapped: hold.hasMine ? hold.model.findMine() : hold.isGone ? hold.model.tryAgain() : hold.model.confirm()
        }
    }
}
