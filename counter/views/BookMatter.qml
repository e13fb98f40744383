// A matter that fits what was typed.
import QtQuick

Rectangle {
    id: row

    required property Ink ink
    required property string key
    required property string title
    required property string detail
    property bool isCurrent: false
    signal pressed

    objectName: "matter-" + key
    height: 48
    radius: 6
    color: isCurrent ? ink.accent : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: row.title

    Words {
        ink: row.ink
        text: row.title
        color: row.isCurrent ? row.ink.light : row.ink.text
        font { pixelSize: 18; weight: Font.Medium }
        x: 12
        width: parent.width - 24
        height: 27
    }
    Words {
        ink: row.ink
        text: row.detail
        color: row.isCurrent ? row.ink.light : row.ink.quiet
        font.pixelSize: row.ink.small
        x: 12
        y: 25
        width: parent.width - 24
        height: 21
    }
    MouseArea {
        anchors.fill: parent
        onClicked: row.pressed()
    }
}
