// The hall's name, whether the screen can be heard, and the date.
import QtQuick
import Display

Rectangle {
    id: bar

    required property StatusModel status
    required property Ink ink

    color: bar.ink.structure
    height: 88

    BoardText {
        id: hall
        objectName: "hallName"
        ink: bar.ink
        text: bar.status.hallName
        color: bar.ink.light
        font.pixelSize: 40
        font.weight: Font.Bold
        anchors { left: parent.left; leftMargin: 32; verticalCenter: parent.verticalCenter }
    }
    BoardText {
        ink: bar.ink
        text: bar.status.hallNameEn
        visible: bar.width > 1400 && bar.status.soundNote === ""
        color: bar.ink.light
        font.pixelSize: 24
        anchors { left: hall.right; leftMargin: 24; right: notes.left; rightMargin: 24; baseline: hall.baseline }
    }
    Note {
        id: notes
        objectName: "soundNote"
        ink: bar.ink
        symbol: "mute"
        text: bar.status.soundNote
        anchors { right: date.left; rightMargin: 32; verticalCenter: parent.verticalCenter }
    }
    BoardText {
        id: date
        ink: bar.ink
        text: bar.status.today
        color: bar.ink.light
        font.pixelSize: 36
        anchors { right: parent.right; rightMargin: 32; verticalCenter: parent.verticalCenter }
    }
}
