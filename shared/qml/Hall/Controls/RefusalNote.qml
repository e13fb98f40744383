// A "no" in words, beside the key that caused it; it goes away by itself. `tell` shows a sentence.
import QtQuick

Rectangle {
    id: note

    property string text: ""
    // Milliseconds; longer sentences stay longer.
    readonly property int stays: 4000 + 120 * text.length

    function tell(sentence: string): void {
        text = sentence;
        away.restart();
    }

    function hush(): void {
        away.stop();
        text = "";
    }

    implicitWidth: row.implicitWidth + 2 * Theme.gap
    implicitHeight: row.implicitHeight + 2 * Theme.grid
    radius: Theme.radius
    color: Theme.refusalSoft
    border.width: Theme.hairline
    border.color: Theme.refusal
    visible: opacity > 0
    opacity: text === "" ? 0 : 1

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Behavior on opacity {
        NumberAnimation { duration: Theme.quick; easing.type: Theme.easing }
    }

    Timer {
        id: away

        interval: note.stays
        onTriggered: note.text = ""
    }

    Row {
        id: row

        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.gap }
        spacing: Theme.gap

        Rectangle {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            width: Theme.body * 1.25
            height: width
            radius: width / 2
            color: Theme.refusal

            Text {
                anchors.centerIn: parent
                text: "!"
                textFormat: Text.PlainText
                color: Theme.inkOnRefusal
                font.family: Theme.family
                font.pixelSize: Theme.body * 0.9
                font.weight: Font.Black
            }
        }

        PlainText {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, note.width > 0 ? note.width - sign.width - 3 * Theme.gap : implicitWidth)
            text: note.text
            color: Theme.refusalInk
        }
    }
}
