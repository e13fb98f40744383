import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Booked, moved, or in the waiting list: when to come, the code to keep, and what became of the paper.
Item {
    id: done

    required property BookHoldModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    readonly property bool isBeside: isWide || isCompact
    // Across and low there is height for the least only.
    readonly property bool isFlat: isWide && isCompact
    readonly property bool isWaiting: model.state === "waiting"
    readonly property string paper: switch (model.slip) {
    case "printing":
        return qsTr("正在打印预约凭证，请稍候");
    case "printed":
        return qsTr("请在下方出票口取预约凭证");
    case "unconfirmed":
        return qsTr("没能确认凭证是否打印完整，请看一下出票口，也可以用手机扫码带走");
    default:
        return qsTr("没有打印凭证：请用手机扫码带走，或记下预约码");
    }

    Title {
        id: title

        width: done.isFlat ? implicitWidth : parent.width
        color: Theme.done
        text: done.isWaiting ? qsTr("已登记候补") : done.model.isMoving ? qsTr("已改期") : qsTr("预约成功")
    }

    Say {
        visible: done.isFlat && !done.isWaiting
        anchors.left: title.right
        anchors.leftMargin: Theme.space
        anchors.right: parent.right
        anchors.verticalCenter: title.verticalCenter
        text: done.paper
        size: 28 * Look.tightType
        maximumLineCount: 2
        fontSizeMode: Text.HorizontalFit
    }

    Flickable {
        anchors.top: title.bottom
        anchors.topMargin: done.isCompact ? Theme.gap : Theme.space
        anchors.bottom: keys.top
        anchors.bottomMargin: Theme.gap
        width: parent.width
        contentHeight: body.height
        interactive: contentHeight > height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Grid {
            id: body

            readonly property real each: done.isBeside ? (width - Theme.space) / 2 : width

            width: parent.width
            columns: done.isBeside ? 2 : 1
            spacing: Theme.space

            Column {
                width: body.each
                spacing: done.isFlat ? 8 * Look.unit : Theme.gap

                BookingCard {
                    width: parent.width
                    month: done.model.month
                    dayOfMonth: done.model.dayOfMonth
                    weekday: done.model.weekday
                    time: done.model.time
                    matter: done.model.matterName
                    letter: done.model.letter
                    laneName: done.model.laneName
                    place: done.model.place
                    isTight: done.isBeside
                }

                Note {
                    objectName: "wish-note"
                    width: parent.width
                    mood: "plain"
                    icon: "people"
                    text: done.isWaiting ? (done.model.ahead > 0 ? qsTr("候补排在您前面的有 %1 人").arg(done.model.ahead) : qsTr("您排在候补第一位")) + "\n" + qsTr("有空位时会为您保留 60 分钟，可在自助机“我的预约”里查看并确认") : ""
                }

                Note {
                    objectName: "booked-paper"
                    width: parent.width
                    visible: !done.isWaiting && !done.isFlat
                    mood: done.model.slip === "printed" || done.model.slip === "printing" ? "good" : "warning"
                    icon: done.model.slip === "shown" ? "phone" : "print"
                    size: done.isBeside ? 28 * Look.tightType : Theme.body
                    text: done.paper
                }

                Note {
                    width: parent.width
                    mood: "plain"
                    icon: "card"
                    size: done.isBeside ? 28 * Look.tightType : Theme.body
                    visible: text !== "" && !done.isFlat
                    text: done.model.leavesCard ? qsTr("请别忘了取回身份证") : ""
                }
            }

            Column {
                width: body.each
                visible: !done.isWaiting
                spacing: 8 * Look.unit

                QrCode {
                    objectName: "booked-qr"
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.max(160 * Look.unit, Math.min(parent.width, keys.y - title.height - 3 * Theme.space - caption.height - code.height - (done.isBeside ? 0 : 640 * Look.unit), 460 * Look.unit))
                    height: width
                    content: done.model.url
                    Accessible.role: Accessible.Graphic
                    Accessible.name: caption.text
                }

                Say {
                    id: code

                    objectName: "booked-code"
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: done.model.code
                    size: 56 * Look.unit
                    font.bold: true
                    font.features: Theme.tabular
                    color: Theme.structure
                    fontSizeMode: Text.HorizontalFit
                    maximumLineCount: 1
                }

                Say {
                    id: caption

                    visible: !done.isFlat
                    height: visible ? implicitHeight : 0
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("预约码：来时扫码、刷身份证或输入它签到")
                    size: Theme.small
                    color: Theme.quiet
                }
            }
        }
    }

    Row {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        height: (done.isCompact ? 124 : 140) * Look.unit
        spacing: Theme.gap

        Key {
            id: again

            objectName: "booked-print"
            visible: done.model.canPrint
            width: visible ? parent.width * 0.38 : 0
            height: parent.height
            icon: "print"
            size: 36 * Look.tightType
            text: done.model.slip === "shown" ? qsTr("试着打印") : qsTr("再打印一张")
            onTapped: done.model.printAgain()
        }

        Key {
            objectName: "finish"
            width: parent.width - (again.visible ? again.width + parent.spacing : 0)
            height: parent.height
            look: "main"
            icon: "check"
            size: 44 * Look.unit
            enabled: done.model.slip !== "printing"
            isBusy: !enabled
            text: done.model.slip === "printing" ? qsTr("正在打印") : qsTr("好了")
            onTapped: done.ended()
        }
    }
}
