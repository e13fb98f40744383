// One lane: letter, name, people, wait; a closed one says when it opens.
import QtQuick
import Hall.Controls

Item {
    id: row

    required property Ink ink
    required property var lane
    readonly property real unit: Math.min(1.5, height / 72)
    readonly property bool tall: height >= 100

    Rectangle {
        width: parent.width - 48
        height: 1
        x: 24
        color: row.ink.line
    }
    LaneBadge {
        id: badge
        letter: row.lane.letter
        size: 48 * row.unit
        opacity: row.lane.open && !row.ink.stale ? 1 : 0.55
        anchors { left: parent.left; leftMargin: 24; verticalCenter: parent.verticalCenter }
    }
    Column {
        anchors { left: badge.right; leftMargin: 14; verticalCenter: parent.verticalCenter }
        width: row.width * 0.36 - badge.width

        BoardText {
            ink: row.ink
            text: row.lane.name
            color: row.lane.open ? row.ink.text : row.ink.quiet
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            font { pixelSize: 34 * row.unit; weight: Font.Medium }
            width: parent.width
        }
        BoardText {
            ink: row.ink
            text: row.lane.nameEn
            visible: row.tall && text !== ""
            color: row.ink.quiet
            font.pixelSize: 26
            width: parent.width
        }
    }
    BoardText {
        ink: row.ink
        visible: row.lane.open || row.lane.waiting > 0
        text: row.lane.waiting
        color: row.ink.text
        font { pixelSize: 46 * row.unit; weight: Font.Bold; features: { "tnum": 1 } }
        horizontalAlignment: Text.AlignRight
        x: row.width * 0.42
        width: row.width * 0.14
        height: row.height
    }
    BoardText {
        id: wait
        ink: row.ink
        text: row.lane.open ? row.lane.wait : row.lane.opening
        color: row.lane.open ? row.ink.text : row.ink.quiet
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 20
        font.pixelSize: 30 * row.unit
        horizontalAlignment: Text.AlignRight
        height: row.tall && waitEn.text !== "" ? row.height * 0.6 : row.height
        anchors { right: parent.right; rightMargin: 24 }
        width: row.width * 0.38
    }
    BoardText {
        id: waitEn
        ink: row.ink
        visible: row.tall && text !== ""
        text: row.lane.open ? row.lane.waitEn : row.lane.openingEn
        color: row.ink.quiet
        font.pixelSize: 26
        horizontalAlignment: Text.AlignRight
        y: row.height * 0.52
        anchors { right: parent.right; rightMargin: 24 }
        width: row.width * 0.44
    }
}
