// A small picture with words: the screen cannot be heard, or its data is old.
import QtQuick

Rectangle {
    id: note

    required property Ink ink
    required property string symbol
    required property string text
    property bool loud: false

    visible: note.text !== ""
    width: row.width + 40
    height: note.loud ? 64 : 56
    radius: height / 2
    color: note.loud ? "#FFFFFF" : "transparent"
    border { width: 2; color: "#FFFFFF" }

    readonly property color mark: note.loud ? "#14213D" : "#FFFFFF"

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 12

        Canvas {
            width: 32
            height: 32
            anchors.verticalCenter: parent.verticalCenter
            onPaint: {
                const c = getContext("2d")
                c.reset()
                c.strokeStyle = note.mark
                c.fillStyle = note.mark
                c.lineWidth = 3
                c.lineCap = "round"
                c.beginPath()
                if (note.symbol === "mute") {
                    c.moveTo(3, 12); c.lineTo(9, 12); c.lineTo(17, 5); c.lineTo(17, 27); c.lineTo(9, 20)
                    c.lineTo(3, 20); c.closePath(); c.fill()
                    c.beginPath(); c.moveTo(21, 11); c.lineTo(30, 21); c.moveTo(30, 11); c.lineTo(21, 21)
                } else {
                    c.arc(16, 16, 13, 0, 2 * Math.PI)
                    c.moveTo(16, 8); c.lineTo(16, 16); c.lineTo(22, 20)
                }
                c.stroke()
            }
        }
        BoardText {
            ink: note.ink
            text: note.text
            color: note.mark
            font.pixelSize: note.loud ? 38 : 28
            font.weight: note.loud ? Font.Bold : Font.Normal
        }
    }
}
