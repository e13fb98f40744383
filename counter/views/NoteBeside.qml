// A "no" in words, beside the key it belongs to.
import QtQuick
import Hall.Controls

Rectangle {
    id: note

    required property Ink ink
    property string text
    // Which side of the note its key is on: left, top or right.
    property string side: "left"

    visible: text !== ""
    width: Math.min(words.implicitWidth + 64, 380)
    height: words.height + 24
    radius: Theme.radius
    color: Theme.refusalSoft
    border { width: 2; color: Theme.refusal }

    Accessible.role: Accessible.AlertMessage
    Accessible.name: note.text

    Rectangle {
        width: 14
        height: 14
        rotation: 45
        color: Theme.refusal
        z: -1
        x: note.side === "top" ? note.width - 40 : note.side === "right" ? note.width - 7 : -7
        y: note.side === "top" ? -7 : (note.height - height) / 2
    }
    Rectangle {
        anchors { fill: parent; margins: 2 }
        radius: note.radius - 2
        color: Theme.refusalSoft
    }
    Rectangle {
        id: mark
        x: 12
        y: 13
        width: 24
        height: 24
        radius: 12
        color: Theme.refusal

        Words { ink: note.ink; text: "!"; color: "#FFFFFF"; font { pixelSize: 17; weight: Font.Bold } anchors.centerIn: parent }
    }
    Words {
        id: words
        ink: note.ink
        text: note.text
        color: "#5E100A"
        wrapMode: Text.Wrap
        maximumLineCount: 4
        x: 46
        y: 12
        width: note.width - 58
    }
}
