// One place in a line.
import QtQuick
import Hall.Controls

Item {
    id: row

    required property Ink ink
    required property int index
    required property string number
    required property string lane
    required property string holder
    required property string matter
    required property int waited
    required property string why
    required property bool forUs
    property bool chosen: false
    property bool ringed: false

    Rectangle {
        anchors { fill: parent; leftMargin: 8; rightMargin: 8; topMargin: 1; bottomMargin: 1 }
        radius: Theme.radius
        color: row.chosen || row.forUs ? row.ink.accentSoft : "transparent"
        border { width: row.ringed ? 3 : 0; color: Theme.focus }
    }
    Rectangle {
        visible: row.index > 0
        x: 20
        width: parent.width - 40
        height: 1
        color: row.ink.line
    }
    LaneBadge {
        id: badge
        letter: row.lane
        size: 30
        x: 20
        anchors.verticalCenter: parent.verticalCenter
    }
    Words {
        id: numberText
        ink: row.ink
        text: row.number
        font { pixelSize: 24; weight: Font.Bold; features: { "tnum": 1 } }
        anchors { left: badge.right; leftMargin: 10 }
        width: 82
        height: parent.height
    }
    Column {
        anchors { left: numberText.right; leftMargin: 8; right: wait.left; rightMargin: 8; verticalCenter: parent.verticalCenter }

        Row {
            width: parent.width
            spacing: 10
            Words { id: who; ink: row.ink; text: row.holder || "—"; width: Math.min(implicitWidth, parent.width * 0.5) }
            Words {
                ink: row.ink
                visible: text !== ""
                text: row.why
                color: row.ink.accent
                font { pixelSize: 16; weight: Font.Bold }
                width: Math.min(implicitWidth, parent.width - who.width - 10)
            }
        }
        Words {
            ink: row.ink
            visible: text !== "" && row.height >= 46
            text: row.matter
            color: row.ink.quiet
            font.pixelSize: 16
            width: parent.width
        }
    }
    Words {
        id: wait
        ink: row.ink
        text: qsTr("%1 分").arg(row.waited)
        color: row.ink.quiet
        font.features: { "tnum": 1 }
        horizontalAlignment: Text.AlignRight
        width: 72
        height: parent.height
        anchors { right: parent.right; rightMargin: 20 }
    }
}
