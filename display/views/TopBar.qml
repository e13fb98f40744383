// The hall's name, the date and the clock. Old data says so here, in words, beside the clock.
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
        color: bar.ink.onStructure
        font.pixelSize: 40
        font.weight: Font.Bold
        anchors { left: parent.left; leftMargin: 32; verticalCenter: parent.verticalCenter }
    }
    BoardText {
        ink: bar.ink
        text: bar.status.hallNameEn
        visible: bar.width > 1400
        color: bar.ink.onStructure
        font.pixelSize: 24
        anchors { left: hall.right; leftMargin: 24; right: notes.left; rightMargin: 24; baseline: hall.baseline }
    }
    Row {
        id: notes
        spacing: 16
        anchors { right: date.left; rightMargin: 32; verticalCenter: parent.verticalCenter }

        Note {
            objectName: "soundNote"
            ink: bar.ink
            symbol: "mute"
            text: bar.status.soundNote
        }
        Note {
            objectName: "ageNote"
            ink: bar.ink
            symbol: "age"
            text: bar.status.ageNote
            loud: true
        }
    }
    BoardText {
        id: date
        ink: bar.ink
        text: bar.status.today
        color: bar.ink.onStructure
        font.pixelSize: 32
        anchors { right: clock.left; rightMargin: 24; verticalCenter: parent.verticalCenter }
    }
    BoardText {
        id: clock
        objectName: "clock"
        ink: bar.ink
        text: bar.status.clock
        color: bar.ink.onStructure
        font { pixelSize: 56; weight: Font.Bold; features: { "tnum": 1 } }
        anchors { right: parent.right; rightMargin: 32; verticalCenter: parent.verticalCenter }
    }
}
