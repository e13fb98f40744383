// The foot of every board: notices, how old the data is when it is old, and the hub's clock.
import QtQuick
import Display

Rectangle {
    id: foot

    required property StatusModel status
    required property NoticesModel notices
    required property Ink ink

    color: foot.ink.structure
    height: 84

    Notices {
        notices: foot.notices
        ink: foot.ink
        height: parent.height
        anchors { left: parent.left; right: age.visible ? age.left : clock.left; rightMargin: 24 }
    }
    Note {
        id: age
        objectName: "ageNote"
        ink: foot.ink
        symbol: "age"
        text: foot.status.ageNote
        loud: true
        anchors { right: clock.left; rightMargin: 32; verticalCenter: parent.verticalCenter }
    }
    BoardText {
        id: clock
        objectName: "clock"
        ink: foot.ink
        text: foot.status.clock
        numeral: true
        color: foot.ink.light
        font { pixelSize: 60; weight: Font.Bold; features: { "tnum": 1 } }
        height: parent.height
        anchors { right: parent.right; rightMargin: 32 }
    }
}
