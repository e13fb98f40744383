import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The number, very large; where to go; the slip on its way out, or the QR instead of it.
Item {
    id: done

    required property DoneModel model
    required property StillnessModel stillness
    property bool isCompact: false
    property bool isWide: false

    signal ended

    readonly property bool isBeside: isWide || isCompact
    readonly property bool hasSlip: model.slip === "printed" || model.slip === "printing" || model.slip === "received"
    readonly property bool isAsking: model.slip === "unconfirmed"
    readonly property bool isVoid: model.slip === "voided"
    readonly property string wait: Words.wait(model.waitKind, model.waitLow, model.waitHigh)
    readonly property string arrival: switch (done.model.arrival) {
    case "early":
        return qsTr("已签到。您约在 %1，到时间优先叫号").arg(done.model.bookedFor);
    case "on_time":
        return qsTr("已按时签到（约在 %1），优先叫号").arg(done.model.bookedFor);
    case "late":
        return qsTr("已签到。约在 %1，已迟到，按签到时间排队").arg(done.model.bookedFor);
    default:
        return "";
    }
    readonly property string paper: switch (model.slip) {
    case "printing":
        return qsTr("正在出票，请稍候");
    case "printed":
        return model.isAgain ? qsTr("已补打，请在下方出票口取票") : qsTr("请在下方出票口取票");
    case "received":
        return qsTr("好的，请凭号票等候叫号");
    case "voided":
        return qsTr("这个号已取消，需要时请重新取号");
    case "unconfirmed":
        return qsTr("没能确认号票是否打印完整，请看一下出票口");
    default:
        return model.isLocal ? qsTr("没有号票：请记住号码，或拍照带走") : qsTr("没有号票：请记住号码，或用手机扫码带走");
    }

    Panel {
        id: ticket

        width: done.isBeside ? (parent.width - Theme.space) * 0.56 : parent.width
        height: done.isBeside ? parent.height - keys.height - Theme.space : face.implicitHeight + 2 * Theme.margin
        border.color: Theme.structure
        border.width: 3 * Look.unit

        Column {
            id: face

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            spacing: (done.isCompact ? 4 : 12) * Look.unit

            Say {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("您的号码")
                color: Theme.quiet
                visible: !done.isCompact
            }

            Say {
                objectName: "number"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: done.model.number
                size: done.isCompact ? 150 * Look.unit : Theme.number
                font.bold: true
                font.features: Theme.tabular
                font.strikeout: done.isVoid
                color: done.isVoid ? Theme.quiet : Theme.structure
                lineHeight: 1
            }

            Say {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: done.model.laneName
                size: done.isCompact ? 40 * Look.tightType : Theme.large
                font.bold: true
                maximumLineCount: 2
            }

            Flow {
                id: facts

                visible: !done.isAsking && !done.isVoid
                readonly property real size: done.isCompact ? 30 * Look.tightType : Theme.body

                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, people.implicitWidth + (wait.visible ? wait.implicitWidth + spacing : 0))
                spacing: Theme.space

                Fact {
                    id: people

                    icon: "people"
                    isBold: true
                    text: done.model.ahead >= 0 ? Words.ahead(done.model.ahead) : done.model.window > 0 ? qsTr("请到 %1 号窗口").arg(done.model.window) : qsTr("请留意叫号")
                    most: face.width
                    size: facts.size
                }

                Fact {
                    id: wait

                    visible: done.wait !== ""
                    icon: "clock"
                    isBold: true
                    text: done.wait
                    size: facts.size
                }
            }

            Say {
                objectName: "offline-mark"
                visible: done.model.isLocal && facts.visible
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("离线取号：等候人数以现场叫号为准")
                size: facts.size
                font.bold: true
                color: "#7A4B00"
            }

            Say {
                objectName: "arrival"
                visible: text !== "" && facts.visible
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: done.arrival
                size: facts.size
                font.bold: true
                color: Theme.done
            }

            Fact {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: done.model.place !== "" && facts.visible
                icon: "place"
                text: done.model.place
                most: face.width
                size: facts.size
            }
        }
    }

    Item {
        id: paperSide

        x: done.isBeside ? ticket.width + Theme.space : 0
        y: done.isBeside ? 0 : ticket.height + Theme.space
        width: parent.width - x
        height: parent.height - y - (done.isAsking ? 0 : keys.height + Theme.space)

        Note {
            id: paperNote

            objectName: "paper-note"
            width: parent.width
            mood: done.hasSlip ? "good" : done.isVoid ? "plain" : "warning"
            icon: done.hasSlip || done.isAsking ? "print" : done.isVoid ? "check" : "phone"
            text: done.paper
            size: done.isCompact ? 26 * Look.tightType : Theme.body
        }

        Note {
            id: cardNote

            anchors.bottom: parent.bottom
            width: parent.width
            mood: "plain"
            icon: "card"
            size: done.isCompact ? 26 * Look.tightType : Theme.body
            text: done.model.leavesCard && !done.isAsking ? qsTr("请别忘了取回身份证") : ""
        }

        Column {
            id: answers

            readonly property real each: Math.min(190 * Look.unit, (height - question.height - warning.height - 4 * spacing) / 3)

            visible: done.isAsking
            anchors.top: paperNote.bottom
            anchors.topMargin: Theme.space
            anchors.bottom: parent.bottom
            width: parent.width
            spacing: (done.isCompact ? 10 : 20) * Look.unit

            Title {
                id: question

                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("号票拿到了吗？")
            }

            Key {
                objectName: "have-slip"
                width: parent.width
                height: answers.each
                look: "main"
                icon: "check"
                size: done.isCompact ? 32 * Look.tightType : Theme.large
                text: qsTr("拿到了，号码清楚")
                onTapped: done.model.haveSlip()
            }

            Key {
                objectName: done.model.canPrintAgain ? "print-copy" : "use-screen"
                width: parent.width
                height: answers.each
                icon: done.model.canPrintAgain ? "print" : "phone"
                size: done.isCompact ? 32 * Look.tightType : Theme.large
                text: done.model.canPrintAgain ? qsTr("没有，补打一张") : done.model.isLocal ? qsTr("没有，我记住号码") : qsTr("没有，改用手机扫码")
                onTapped: done.model.canPrintAgain ? done.model.printAgain() : done.model.useScreen()
            }

            Key {
                objectName: "give-up"
                visible: done.model.isNew
                width: parent.width
                height: answers.each
                icon: "closed"
                size: done.isCompact ? 32 * Look.tightType : Theme.large
                text: qsTr("不要这个号了")
                onTapped: done.model.giveUp()
            }

            Say {
                id: warning

                objectName: "void-warning"
                visible: done.model.isNew
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                size: done.isCompact ? 26 * Look.tightType : Theme.body
                color: Theme.refusal
                text: done.stillness.isEnding ? qsTr("%1 秒后仍未选择，此号将取消").arg(Math.ceil(done.stillness.remaining)) : qsTr("请选一项；不选就离开，此号将取消")
            }
        }

        Item {
            id: pictures

            visible: !done.isAsking && !done.isVoid
            readonly property real each: done.hasSlip && !done.isCompact && !done.isWide ? (width - Theme.space) / 2 : width

            anchors.top: paperNote.bottom
            anchors.topMargin: Theme.space
            anchors.bottom: cardNote.visible ? cardNote.top : parent.bottom
            anchors.bottomMargin: cardNote.visible ? Theme.space : 0
            width: parent.width

            SlipPicture {
                visible: done.hasSlip && !done.isCompact && (!done.isWide || height > 200 * Look.unit)
                width: done.model.isLocal ? parent.width : pictures.each
                height: done.isWide && !done.model.isLocal ? parent.height * 0.4 : parent.height
                isComing: done.model.slip === "printing"
            }

            Item {
                visible: !done.model.isLocal
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                width: pictures.each
                height: done.isWide && done.hasSlip && !done.isCompact ? parent.height * 0.6 - Theme.gap : parent.height

                QrCode {
                    id: qr

                    objectName: "qr"
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, parent.height - caption.implicitHeight - Theme.gap)
                    height: width
                    content: done.model.url
                    Accessible.role: Accessible.Graphic
                    Accessible.name: caption.text
                }

                Say {
                    id: caption

                    anchors.top: qr.bottom
                    anchors.topMargin: 8 * Look.unit
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("扫码看进度")
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

            objectName: "print-again"
            visible: !done.isAsking && (done.model.canPrintAgain || done.model.slip === "printing")
            enabled: done.model.canPrintAgain
            width: visible ? parent.width * 0.36 : 0
            height: parent.height
            icon: "print"
            text: done.model.slip === "shown" ? qsTr("试着打印") : qsTr("补打号票")
            onTapped: done.model.printAgain()
        }

        Key {
            objectName: "finish"
            visible: !done.isAsking
            width: parent.width - (again.visible ? again.width + parent.spacing : 0)
            height: parent.height
            look: "main"
            icon: "check"
            size: 44 * Look.unit
            enabled: done.model.slip !== "printing"
            isBusy: !enabled
            text: done.model.slip === "printing" ? qsTr("正在出票") : done.stillness.isEnding ? qsTr("好了（%1 秒后返回首页）").arg(Math.ceil(done.stillness.remaining)) : qsTr("好了")
            onTapped: done.ended()
        }
    }
}
