pragma ComponentBehavior: Bound
// A state as people read it: a sign, a word and a colour, never the colour alone.
// `kind` is open, paused, closed, done or refused.
import QtQuick

Rectangle {
    id: mark

    required property string kind
    required property string text
    property real size: Theme.small

    readonly property color _ink: kind === "open" || kind === "done" ? Theme.inkOnDoneSoft
        : kind === "paused" ? Theme.inkOnCallSoft
        : kind === "refused" ? Theme.refusalInk : Theme.inkOnOff

    implicitWidth: row.implicitWidth + 1.4 * size
    implicitHeight: size * 2
    radius: implicitHeight / 2
    color: kind === "open" || kind === "done" ? Theme.doneSoft
        : kind === "paused" ? Theme.callSoft
        : kind === "refused" ? Theme.refusalSoft : Theme.off
    border.width: Theme.isContrast ? Theme.hairline : 0
    border.color: _ink

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: mark.size * 0.4

        Item {
            anchors.verticalCenter: parent.verticalCenter
            width: mark.size * 0.8
            height: width

            // open: a disc; paused: two bars; closed: an empty ring; done: a tick; refused: a bar.
            Rectangle {
                anchors.fill: parent
                visible: mark.kind === "open" || mark.kind === "closed" || mark.kind === "refused"
                radius: width / 2
                color: mark.kind === "closed" ? "transparent" : mark._ink
                border.width: mark.size * 0.12
                border.color: mark._ink
            }
            Rectangle {
                anchors.centerIn: parent
                visible: mark.kind === "refused"
                width: parent.width * 0.55
                height: parent.height * 0.16
                color: Theme.refusalSoft
            }
            Repeater {
                model: mark.kind === "paused" ? 2 : 0
                delegate: Rectangle {
                    required property int index
                    x: parent.width * (0.12 + 0.48 * index)
                    width: parent.width * 0.28
                    height: parent.height
                    color: mark._ink
                }
            }
            Text {
                anchors.centerIn: parent
                visible: mark.kind === "done"
                text: "✓"
                textFormat: Text.PlainText
                color: mark._ink
                font.family: Theme.family
                font.pixelSize: mark.size
                font.weight: Font.Black
            }
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: mark.text
            textFormat: Text.PlainText
            color: mark._ink
            font.family: Theme.family
            font.pixelSize: mark.size
            font.weight: Font.Medium
        }
    }
}
