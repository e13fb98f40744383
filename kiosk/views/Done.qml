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
    readonly property bool hasSlip: model.slip === "printed" || model.slip === "printing"
    readonly property string wait: Words.wait(model.waitKind, model.waitLow, model.waitHigh)
    readonly property string paper: switch (model.slip) {
    case "printing":
        return qsTr("正在出票，请稍候");
    case "printed":
        return model.isAgain ? qsTr("已补打，请在下方出票口取票") : qsTr("请在下方出票口取票");
    case "unconfirmed":
        return qsTr("不能确认号票已打出：没有拿到也有效，请记住号码或扫码");
    default:
        return qsTr("没有号票：请记住号码，或用手机扫码带走");
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
                color: Theme.structure
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

            Fact {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: done.model.place !== ""
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
        height: parent.height - y - keys.height - Theme.space

        Note {
            id: paperNote

            objectName: "paper-note"
            width: parent.width
            mood: done.hasSlip ? "good" : "warning"
            icon: done.hasSlip ? "print" : "phone"
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
            text: done.model.leavesCard ? qsTr("请别忘了取回身份证") : ""
        }

        Item {
            id: pictures

            readonly property real each: done.hasSlip && !done.isCompact && !done.isWide ? (width - Theme.space) / 2 : width

            anchors.top: paperNote.bottom
            anchors.topMargin: Theme.space
            anchors.bottom: cardNote.visible ? cardNote.top : parent.bottom
            anchors.bottomMargin: cardNote.visible ? Theme.space : 0
            width: parent.width

            SlipPicture {
                visible: done.hasSlip && !done.isCompact && (!done.isWide || height > 200 * Look.unit)
                width: pictures.each
                height: done.isWide ? parent.height * 0.4 : parent.height
                isComing: done.model.slip === "printing"
            }

            Item {
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
            visible: done.model.canPrintAgain || done.model.slip === "printing"
            enabled: done.model.canPrintAgain
            width: visible ? parent.width * 0.36 : 0
            height: parent.height
            icon: "print"
            text: done.model.slip === "shown" || done.model.slip === "unconfirmed" ? qsTr("试着打印") : qsTr("补打号票")
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
            text: done.model.slip === "printing" ? qsTr("正在出票") : done.stillness.isEnding ? qsTr("好了（%1 秒后返回首页）").arg(Math.ceil(done.stillness.remaining)) : qsTr("好了")
            onTapped: done.ended()
        }
    }
}
