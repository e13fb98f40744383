// One lane: letter, name, people, wait; a closed one says when it opens.
import QtQuick
import Hall.Controls

Item {
    id: row

    required property Ink ink
    required property var lane
    readonly property real unit: tall ? 1.5 : Math.min(1, height / 72)
    // With room to spare the wait stands below the people, and English beside the Chinese.
    readonly property bool tall: height >= 110
    readonly property string wait: lane.open ? lane.wait : lane.opening
    readonly property string waitEn: lane.open ? lane.waitEn : lane.openingEn

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
        color: row.ink.stale ? row.ink.quiet : Theme.laneHue(letter)
        anchors { left: parent.left; leftMargin: 24; verticalCenter: parent.verticalCenter }
    }
    Column {
        anchors { left: badge.right; leftMargin: 14; verticalCenter: parent.verticalCenter }
        width: row.width * (row.tall ? 0.5 : 0.36) - badge.width

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
            font.pixelSize: 30
            width: parent.width
        }
    }
    BoardText {
        ink: row.ink
        visible: row.lane.open || row.lane.waiting > 0
        text: row.lane.waiting
        numeral: true
        color: row.ink.text
        font { pixelSize: 46 * row.unit; weight: Font.Bold; features: { "tnum": 1 } }
        horizontalAlignment: Text.AlignRight
        x: row.tall ? row.width * 0.7 - 24 : row.width * 0.42
        width: row.width * (row.tall ? 0.3 : 0.14)
        height: row.tall ? row.height * 0.5 : row.height
    }
    BoardText {
        ink: row.ink
        text: row.wait
        color: row.lane.open ? row.ink.text : row.ink.quiet
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 20
        font.pixelSize: row.tall ? 40 : 30 * row.unit
        horizontalAlignment: Text.AlignRight
        y: row.tall ? row.height * 0.48 : 0
        height: row.tall ? row.height * 0.28 : row.height
        anchors { right: parent.right; rightMargin: 24 }
        width: row.width * (row.tall ? 0.46 : 0.38)
    }
    BoardText {
        ink: row.ink
        visible: row.tall && row.waitEn !== ""
        text: row.waitEn
        color: row.ink.quiet
        font.pixelSize: 30
        horizontalAlignment: Text.AlignRight
        y: row.height * 0.74
        height: row.height * 0.2
        anchors { right: parent.right; rightMargin: 24 }
        width: row.width * 0.46
    }
}
