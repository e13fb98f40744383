import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The ticket whose code was scanned: how it stands now, and what to do.
Item {
    id: code

    required property CodeModel model
    required property ReasonsModel reasons
    required property bool isOnline
    property bool isCompact: false
    property bool isWide: false

    signal ended

    readonly property string wait: Words.wait(model.waitKind, model.waitLow, model.waitHigh)
    readonly property bool isUrgent: model.standing === "called" || model.canReturn
    readonly property real textSize: isCompact ? 30 * Look.tightType : Theme.body
    readonly property string todo: switch (model.standing) {
    case "waiting":
        return model.waitKind === "long" ? qsTr("等候较长，可先离开，用手机扫码看进度") : qsTr("请在大厅等候，留意叫号");
    case "called":
        return qsTr("正在叫您，请到 %1 号窗口").arg(model.window);
    case "serving":
    case "held":
        return Words.ticketState(model.standing, model.window, -1);
    case "missed":
        return model.canReturn ? qsTr("已过号。可以在这里恢复一次，重新排队") : qsTr("这个号已恢复过一次又过号了，请重新取号");
    case "done":
        return qsTr("这个号已经办完了");
    case "cancelled":
        return qsTr("这个号已经取消，需要的话请重新取号");
    case "expired":
        return qsTr("这个号已经失效，请重新取号");
    default:
        return "";
    }

    Panel {
        id: ticket

        anchors.top: parent.top
        anchors.bottom: advice.top
        anchors.bottomMargin: Theme.space
        width: parent.width
        border.color: Theme.structure
        border.width: 3 * Look.unit

        Column {
            id: face

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            spacing: (code.isCompact ? 4 : 20) * Look.unit

            Say {
                width: parent.width
                visible: !code.isCompact
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("您的号码")
                color: Theme.quiet
            }

            Say {
                objectName: "code-number"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: code.model.number
                size: code.isCompact ? Math.min(130 * Look.unit, ticket.height * 0.38) : Theme.number
                font.bold: true
                font.features: Theme.tabular
                color: Theme.structure
                lineHeight: 1
            }

            Say {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: [code.model.laneName, code.isCompact ? code.model.place : ""].filter(part => part !== "").join("  ·  ")
                size: code.isCompact ? 40 * Look.tightType : Theme.large
                font.bold: true
                maximumLineCount: 2
            }

            Flow {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, (people.visible ? people.implicitWidth : 0) + (minutes.visible ? minutes.implicitWidth + spacing : 0))
                spacing: Theme.space

                Fact {
                    id: people

                    objectName: "code-ahead"
                    visible: code.model.ahead >= 0
                    icon: "people"
                    isBold: true
                    text: Words.ahead(code.model.ahead)
                    most: face.width
                    size: code.isCompact && code.isWide ? code.textSize : code.textSize * 1.2
                }

                Fact {
                    id: minutes

                    visible: code.wait !== ""
                    icon: "clock"
                    isBold: true
                    text: code.wait
                    most: face.width
                    size: code.isCompact && code.isWide ? code.textSize : code.textSize * 1.2
                }
            }

            Fact {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: code.model.place !== "" && !code.isCompact
                icon: "place"
                text: code.model.place
                most: face.width
                size: code.textSize
            }
        }
    }

    Note {
        id: advice

        objectName: "code-advice"
        anchors.bottom: explain.top
        anchors.bottomMargin: Theme.space
        width: parent.width
        readonly property string printed: code.isUrgent ? "" : code.reasons.sentence
        mood: code.isUrgent ? "warning" : "plain"
        icon: code.isUrgent ? "warning" : printed !== "" ? "print" : "help"
        size: code.textSize
        text: printed || code.todo
    }

    Key {
        id: explain

        objectName: "code-why"
        anchors.bottom: keys.top
        anchors.bottomMargin: visible ? Theme.gap : 0
        visible: code.model.standing === "waiting" && (code.reasons.canPrint || code.reasons.isPrinting)
        width: parent.width
        height: visible ? (code.isCompact ? 96 : 128) * Look.unit : 0
        icon: "papers"
        text: qsTr("为什么还没轮到我：打印排队说明")
        isBusy: code.reasons.isPrinting
        enabled: !code.reasons.isPrinting
        onTapped: code.reasons.printForCode()
    }

    Row {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        height: (code.isCompact ? 124 : 152) * Look.unit
        spacing: Theme.gap

        Key {
            id: again

            objectName: "code-print"
            visible: code.model.canPrintAgain
            width: visible ? parent.width * 0.36 : 0
            height: parent.height
            icon: "print"
            text: qsTr("补打号票")
            enabled: code.isOnline
            onTapped: code.model.printAgain()
        }

        Key {
            objectName: code.model.canReturn || code.model.isReturning ? "code-return" : "code-ended"
            width: parent.width - (again.visible ? again.width + parent.spacing : 0)
            height: parent.height
            look: "main"
            icon: code.model.canReturn ? "people" : "check"
            size: 44 * Look.unit
            enabled: !code.model.isReturning && (code.isOnline || !code.model.canReturn)
            isBusy: code.model.isReturning
            text: code.model.canReturn || code.model.isReturning ? qsTr("恢复排队") : qsTr("好了")
            onTapped: code.model.canReturn ? code.model.giveBack() : code.ended()
        }
    }
}
